import { describe, expect, it } from "vitest";
import { ArmError } from "../../simulator/arm/armError";
import { createCloud } from "../../simulator/arm/cloud";
import { bodies, bodyWith, deploy, ids, type Key, keys } from "../support/arm";

const rule = (changes: object) => ({
  name: "a",
  priority: 100,
  direction: "Inbound",
  sourceAddressPrefixes: ["10.0.0.1"],
  destinationAddressPrefix: "*",
  sourcePortRange: "*",
  destinationPortRange: "*",
  ...changes,
});

/** ARM's answer to a request, ids below the resource group shortened; nothing when it was accepted. */
function refusal(request: () => unknown): readonly unknown[] | undefined {
  try {
    request();
    return undefined;
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    return [error.status, error.code, error.message.replaceAll(ids.group, "~")];
  }
}

describe("a request that Azure accepts", () => {
  it("creates one resource of every type, and changes nothing when it comes again", () => {
    const cloud = deploy();
    for (const key of keys) {
      expect(cloud.get(ids[key])?.inputs).toEqual(bodies[key][1]);
      expect(cloud.put(...bodies[key])).toEqual({ id: ids[key], created: false, executed: false });
    }
  });
});

/** Resource, path in its body, the value there, and the answer: status, code and sentence. */
type Case = readonly [
  title: string,
  key: Key,
  path: string,
  value: unknown,
  answer: readonly [number, string, string],
];

const ofAnyType: readonly Case[] = [
  [
    "a name that is too long",
    "nic",
    "networkInterfaceName",
    "n".repeat(81),
    [
      400,
      "InvalidResourceName",
      '"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" (81 characters) is no valid name for Microsoft.Network/networkInterfaces: at most 80, matching ^[A-Za-z0-9](?:[\\w.-]*\\w)?$.',
    ],
  ],
  [
    "a name with a space",
    "disk",
    "diskName",
    "a disk",
    [
      400,
      "InvalidResourceName",
      '"a disk" (6 characters) is no valid name for Microsoft.Compute/disks: at most 80, matching ^[A-Za-z0-9](?:[\\w.-]*\\w)?$.',
    ],
  ],
  [
    "a body without a location",
    "network",
    "location",
    undefined,
    [
      400,
      "LocationRequired",
      "The location property is required for ~/providers/Microsoft.Network/virtualNetworks/net.",
    ],
  ],
  [
    "a body without what its type needs",
    "disk",
    "diskSizeGB",
    undefined,
    [
      400,
      "InvalidRequestContent",
      "The property diskSizeGB is required for ~/providers/Microsoft.Compute/disks/disk.",
    ],
  ],
  [
    "a body with an empty list where one is needed",
    "nic",
    "ipConfigurations",
    [],
    [
      400,
      "InvalidRequestContent",
      "The property ipConfigurations is required for ~/providers/Microsoft.Network/networkInterfaces/nic.",
    ],
  ],
  [
    "a resource group that does not exist",
    "network",
    "resourceGroupName",
    "nowhere",
    [404, "ResourceGroupNotFound", "Resource group 'nowhere' could not be found."],
  ],
  [
    "a parent that does not exist",
    "subnet",
    "virtualNetworkName",
    "nowhere",
    [
      404,
      "ParentResourceNotFound",
      "Failed to perform the write on ~/providers/Microsoft.Network/virtualNetworks/nowhere/subnets/sub: its parent ~/providers/Microsoft.Network/virtualNetworks/nowhere could not be found.",
    ],
  ],
  [
    "a reference to what does not exist",
    "schedule",
    "targetResourceId",
    `${ids.machine}2`,
    [
      400,
      "InvalidResourceReference",
      "Resource ~/providers/Microsoft.Compute/virtualMachines/vm2 referenced by targetResourceId of ~/providers/Microsoft.DevTestLab/schedules/shutdown-computevm-vm was not found.",
    ],
  ],
  [
    "a reference into another region",
    "natGateway",
    "location",
    "uksouth",
    [
      400,
      "InvalidResourceReference",
      "~/providers/Microsoft.Network/natGateways/nat is in uksouth, but publicIpAddresses.0.id refers to ~/providers/Microsoft.Network/publicIPAddresses/ip in northeurope.",
    ],
  ],
  [
    "a child in another region than its parent",
    "runCommand",
    "location",
    "uksouth",
    [
      409,
      "InvalidResourceLocation",
      "~/providers/Microsoft.Compute/virtualMachines/vm/runCommands/step cannot be in uksouth: its parent is in northeurope.",
    ],
  ],
  [
    "a zone in a region without any",
    "disk",
    "location",
    "ukwest",
    [
      400,
      "AvailabilityZoneNotSupported",
      "~/providers/Microsoft.Compute/disks/disk asks for zone 1, but ukwest has no availability zones.",
    ],
  ],
  [
    "more than 50 tags",
    "network",
    "tags",
    Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, ""])),
    [
      400,
      "InvalidTagCount",
      "~/providers/Microsoft.Network/virtualNetworks/net has 51 tags; at most 50 are allowed.",
    ],
  ],
];

const ofNetworks: readonly Case[] = [
  [
    "a public address of the retired SKU",
    "publicIp",
    "sku.name",
    "Basic",
    [
      400,
      "BasicSkuPublicIpNotAllowed",
      "~/providers/Microsoft.Network/publicIPAddresses/ip is of SKU Basic; only Standard is left.",
    ],
  ],
  [
    "a public address that is dynamic",
    "publicIp",
    "publicIPAllocationMethod",
    "Dynamic",
    [
      400,
      "PublicIPAddressMustBeStatic",
      "~/providers/Microsoft.Network/publicIPAddresses/ip must be allocated statically: its SKU is Standard.",
    ],
  ],
  [
    "a security rule's priority out of range",
    "securityGroup",
    "securityRules",
    [rule({ priority: 99 })],
    [
      400,
      "SecurityRuleInvalidPriority",
      "Rule a of ~/providers/Microsoft.Network/networkSecurityGroups/nsg has priority 99; allowed are 100 to 4096.",
    ],
  ],
  [
    "two security rules of one priority",
    "securityGroup",
    "securityRules",
    [rule({}), rule({ name: "b" })],
    [
      400,
      "SecurityRuleConflict",
      "Rules a and b of ~/providers/Microsoft.Network/networkSecurityGroups/nsg conflict: both are Inbound 100.",
    ],
  ],
  [
    "a security rule without a source",
    "securityGroup",
    "securityRules",
    [rule({ sourceAddressPrefixes: [] })],
    [
      400,
      "SecurityRuleParameterRequired",
      "Rule a of ~/providers/Microsoft.Network/networkSecurityGroups/nsg has neither sourceAddressPrefix nor sourceAddressPrefixes.",
    ],
  ],
  [
    "a service tag among addresses",
    "securityGroup",
    "securityRules",
    [rule({ sourceAddressPrefixes: ["VirtualNetwork"] })],
    [
      400,
      "SecurityRuleInvalidAddressPrefix",
      "Rule a of ~/providers/Microsoft.Network/networkSecurityGroups/nsg has a service tag in sourceAddressPrefixes, which takes addresses only.",
    ],
  ],
  [
    "a security rule with too many addresses",
    "securityGroup",
    "securityRules",
    [rule({ sourceAddressPrefixes: new Array(4001).fill("10.0.0.1") })],
    [
      400,
      "SecurityRuleAddressPrefixLimit",
      "Rule a of ~/providers/Microsoft.Network/networkSecurityGroups/nsg has more than 4000 addresses.",
    ],
  ],
  [
    "too many security rules",
    "securityGroup",
    "securityRules",
    Array.from({ length: 1001 }, (_, n) => rule({ priority: 100 + n })),
    [
      400,
      "NetworkSecurityGroupRuleLimit",
      "~/providers/Microsoft.Network/networkSecurityGroups/nsg has more than 1000 rules.",
    ],
  ],
  [
    "a Bastion host in another subnet",
    "bastion",
    "ipConfigurations",
    [{ subnet: { id: ids.subnet } }],
    [
      400,
      "BastionSubnetInvalid",
      "~/providers/Microsoft.Network/bastionHosts/bastion needs a subnet called AzureBastionSubnet of /26 or larger, not sub (10.0.0.0/24).",
    ],
  ],
];

const ofRanges: readonly Case[] = [
  [
    "an address space with host bits",
    "network",
    "addressSpace.addressPrefixes",
    ["10.0.0.1/16"],
    [
      400,
      "InvalidAddressPrefixFormat",
      "Address prefix 10.0.0.1/16 of ~/providers/Microsoft.Network/virtualNetworks/net is not valid.",
    ],
  ],
  [
    "an address space that is no range",
    "network",
    "addressSpace.addressPrefixes",
    ["ten"],
    [
      400,
      "InvalidAddressPrefixFormat",
      "Address prefix ten of ~/providers/Microsoft.Network/virtualNetworks/net is not valid.",
    ],
  ],
  [
    "a subnet outside its network",
    "subnet",
    "addressPrefix",
    "10.9.0.0/24",
    [400, "NetcfgInvalidSubnet", "Subnet sub with 10.9.0.0/24 is not within its virtual network."],
  ],
  [
    "a subnet that overlaps another",
    "bastionSubnet",
    "addressPrefix",
    "10.0.0.128/26",
    [400, "NetcfgSubnetRangesOverlap", "Subnet AzureBastionSubnet overlaps sub (10.0.0.0/24)."],
  ],
  [
    "an address outside its subnet",
    "nic",
    "ipConfigurations",
    [{ privateIPAddress: "10.0.9.10", subnet: { id: ids.subnet } }],
    [
      400,
      "PrivateIPAddressNotInSubnet",
      "Address 10.0.9.10 of ~/providers/Microsoft.Network/networkInterfaces/nic is not in ~/providers/Microsoft.Network/virtualNetworks/net/subnets/sub (10.0.0.0/24).",
    ],
  ],
  [
    "an address that Azure keeps for itself",
    "nic",
    "ipConfigurations",
    [{ privateIPAddress: "10.0.0.3", subnet: { id: ids.subnet } }],
    [
      400,
      "PrivateIPAddressInReservedRange",
      "Address 10.0.0.3 of ~/providers/Microsoft.Network/networkInterfaces/nic is one that Azure keeps for itself in 10.0.0.0/24.",
    ],
  ],
  [
    "the broadcast address",
    "nic",
    "ipConfigurations",
    [{ privateIPAddress: "10.0.0.255", subnet: { id: ids.subnet } }],
    [
      400,
      "PrivateIPAddressInReservedRange",
      "Address 10.0.0.255 of ~/providers/Microsoft.Network/networkInterfaces/nic is one that Azure keeps for itself in 10.0.0.0/24.",
    ],
  ],
];

const ofMachines: readonly Case[] = [
  [
    "a size that is none",
    "machine",
    "hardwareProfile.vmSize",
    "D4s_v5",
    [
      400,
      "InvalidParameter",
      "The value D4s_v5 provided for the VM size of ~/providers/Microsoft.Compute/virtualMachines/vm is not valid.",
    ],
  ],
  [
    "a computer name of 16 characters",
    "machine",
    "osProfile.computerName",
    "A-SQL0123456789X",
    [
      400,
      "InvalidParameter",
      "Windows computer name A-SQL0123456789X of ~/providers/Microsoft.Compute/virtualMachines/vm cannot be more than 15 characters long, be entirely numeric, or contain other characters than letters, digits and hyphens.",
    ],
  ],
  [
    "a computer name of digits",
    "machine",
    "osProfile.computerName",
    "0123",
    [
      400,
      "InvalidParameter",
      "Windows computer name 0123 of ~/providers/Microsoft.Compute/virtualMachines/vm cannot be more than 15 characters long, be entirely numeric, or contain other characters than letters, digits and hyphens.",
    ],
  ],
  [
    "an administrator with a reserved name",
    "machine",
    "osProfile.adminUsername",
    "Administrator",
    [
      400,
      "InvalidParameter",
      "The admin user name Administrator of ~/providers/Microsoft.Compute/virtualMachines/vm is not allowed.",
    ],
  ],
  [
    "an administrator's name of 21 characters",
    "machine",
    "osProfile.adminUsername",
    "a".repeat(21),
    [
      400,
      "InvalidParameter",
      `The admin user name ${"a".repeat(21)} of ~/providers/Microsoft.Compute/virtualMachines/vm is not allowed.`,
    ],
  ],
  [
    "a weak password",
    "machine",
    "osProfile.adminPassword",
    "password",
    [
      400,
      "InvalidParameter",
      "The admin password of ~/providers/Microsoft.Compute/virtualMachines/vm must be 8 to 123 characters long and satisfy at least 3 of the complexity requirements.",
    ],
  ],
  [
    "an image that was removed",
    "machine",
    "storageProfile.imageReference",
    { offer: "WindowsServer", sku: "2012-R2-Datacenter" },
    [
      404,
      "PlatformImageNotFound",
      "The platform image WindowsServer 2012-R2-Datacenter of ~/providers/Microsoft.Compute/virtualMachines/vm is not available.",
    ],
  ],
  [
    "trusted launch of an image of generation 1",
    "machine",
    "storageProfile.imageReference",
    { offer: "WindowsServer", sku: "2019-datacenter" },
    [
      400,
      "BadRequest",
      "~/providers/Microsoft.Compute/virtualMachines/vm asks for trusted launch, which its image 2019-datacenter of generation 1 does not support.",
    ],
  ],
  [
    "a zone and an availability set at once",
    "machine",
    "availabilitySet",
    { id: ids.availabilitySet },
    [
      400,
      "InvalidParameter",
      "~/providers/Microsoft.Compute/virtualMachines/vm cannot be in an availability zone and in an availability set.",
    ],
  ],
  [
    "an availability set that is not aligned",
    "availabilitySet",
    "sku.name",
    "Classic",
    [
      400,
      "InvalidParameter",
      "Availability set ~/providers/Microsoft.Compute/availabilitySets/set must be Aligned: machines with managed disks join no other.",
    ],
  ],
  [
    "a disk in another zone",
    "machine",
    "zones",
    ["2"],
    [
      400,
      "BadRequest",
      "Disk ~/providers/Microsoft.Compute/disks/disk in zone 1 cannot be attached to ~/providers/Microsoft.Compute/virtualMachines/vm in zone 2.",
    ],
  ],
  [
    "two disks with one LUN",
    "machine",
    "storageProfile.dataDisks",
    [{ lun: 0 }, { lun: 0 }],
    [
      400,
      "InvalidParameter",
      "Two data disks of ~/providers/Microsoft.Compute/virtualMachines/vm have the same LUN: 0, 0.",
    ],
  ],
  [
    "manual patches with automatic updates",
    "machine",
    "osProfile.windowsConfiguration.enableAutomaticUpdates",
    true,
    [
      400,
      "InvalidParameter",
      "~/providers/Microsoft.Compute/virtualMachines/vm cannot have patch mode Manual with automatic updates enabled.",
    ],
  ],
  [
    "a shutdown schedule with a name of its own",
    "schedule",
    "name",
    "nightly",
    [
      400,
      "InvalidScheduleName",
      "~/providers/Microsoft.DevTestLab/schedules/nightly must be called shutdown-computevm-vm.",
    ],
  ],
  [
    "a shutdown schedule without a time of day",
    "schedule",
    "dailyRecurrence.time",
    "25:00",
    [
      400,
      "InvalidScheduleTime",
      '~/providers/Microsoft.DevTestLab/schedules/shutdown-computevm-vm has time "25:00"; it must be HHmm.',
    ],
  ],
  [
    "more cores than the region's quota",
    "machine",
    "hardwareProfile.vmSize",
    "Standard_D351s_v5",
    [
      409,
      "OperationNotAllowed",
      "Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional details - Deployment Model: Resource Manager, Location: northeurope, Current Limit: 350, Current Usage: 0, Additional Required: 351, (Minimum) New Limit Required: 351.",
    ],
  ],
];

const ofSizes: readonly Case[] = [
  [
    "Arm processors for an image that is for x64",
    "machine",
    "hardwareProfile.vmSize",
    "Standard_D4ps_v5",
    [
      400,
      "BadRequest",
      "~/providers/Microsoft.Compute/virtualMachines/vm cannot be created: its size Standard_D4ps_v5 has Arm64 processors, its image is for x64.",
    ],
  ],
  [
    "a size of generation 1 for an image of generation 2",
    "machine",
    "hardwareProfile.vmSize",
    "Standard_D2_v2",
    [
      400,
      "BadRequest",
      "The VM size Standard_D2_v2 of ~/providers/Microsoft.Compute/virtualMachines/vm cannot boot Hypervisor Generation '2'.",
    ],
  ],
];

const ofRunCommands: readonly Case[] = [
  [
    "one without a source",
    "runCommand",
    "source",
    { other: 1 },
    [
      400,
      "InvalidParameter",
      "The source of ~/providers/Microsoft.Compute/virtualMachines/vm/runCommands/step must be exactly one of script, scriptUri and commandId; it has none.",
    ],
  ],
  [
    "one with two sources",
    "runCommand",
    "source",
    { script: "exit 0", scriptUri: "https://x" },
    [
      400,
      "InvalidParameter",
      "The source of ~/providers/Microsoft.Compute/virtualMachines/vm/runCommands/step must be exactly one of script, scriptUri and commandId; it has script and scriptUri.",
    ],
  ],
  [
    "a parameter that is no text",
    "runCommand",
    "parameters",
    [{ name: "Count", value: 3 }],
    [
      400,
      "InvalidParameter",
      "Parameter Count of ~/providers/Microsoft.Compute/virtualMachines/vm/runCommands/step is not a text; run commands take nothing else.",
    ],
  ],
];

for (const [subject, cases] of Object.entries({
  "any type": ofAnyType,
  networks: ofNetworks,
  ranges: ofRanges,
  machines: ofMachines,
  sizes: ofSizes,
  "run commands": ofRunCommands,
}))
  describe(`of ${subject}, Azure refuses`, () => {
    it.each(cases)("%s", (_, key, path, value, answer) => {
      const cloud = deploy(createCloud(), key);
      expect(refusal(() => cloud.put(...bodyWith(key, path, value)))).toEqual(answer);
      expect(cloud.get(ids[key])).toBeUndefined();
    });
  });
