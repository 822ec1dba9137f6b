import type { ArmError } from "../../simulator/arm/armError";
import { type Cloud, createCloud, putRules } from "../../simulator/arm/cloud";
import type { Inputs } from "../../simulator/arm/inputs";
import { type Limits, noLimits } from "../../simulator/arm/limits";
import { tokens } from "../../simulator/arm/resourceTypes";
import { deletionRules } from "../../simulator/arm/rules/deletionRules";
import { allCores } from "../../simulator/arm/rules/quotaRules";
import { bodies, bodyWith, deploy, ids, type Key } from "./arm";

/** A request that Azure refuses: a write, or the deletion of what has an id. */
export interface Refused {
  readonly title: string;
  readonly cloud: () => Cloud;
  readonly request:
    | { readonly write: readonly [token: string, inputs: Inputs] }
    | { readonly remove: string };
}

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

type Change = readonly [title: string, key: Key, path: string, value: unknown];

/** A new resource whose body has something else at one path, where everything that comes before it stands. */
const made = ([title, key, path, value]: Change): Refused => ({
  title,
  cloud: () => deploy(undefined, key),
  request: { write: bodyWith(key, path, value) },
});

/** The same change of a resource, or another of its name, where everything stands. */
const changed = ([title, key, path, value]: Change): Refused => ({
  title,
  cloud: deploy,
  request: { write: bodyWith(key, path, value) },
});

/** A new resource of a subscription that may not have everything. */
const limited = ([title, key, limits]: readonly [
  title: string,
  key: Key,
  limits: Partial<Limits>,
]): Refused => ({
  title,
  cloud: () => createCloud({ state: deploy(undefined, key).state, limits: { ...noLimits, ...limits } }),
  request: { write: bodies[key] },
});

const deleted = ([title, key]: readonly [title: string, key: Key]): Refused => ({
  title,
  cloud: deploy,
  request: { remove: ids[key] },
});

/** A cloud in which something was done first. */
function after(act: (cloud: Cloud) => void): () => Cloud {
  return () => {
    const cloud = deploy();
    act(cloud);
    return cloud;
  };
}

const size = { size: "Standard_D4s_v5", region: "northeurope" };
const image = "p:WindowsServer:2019-datacenter-gensecond";

const peeringBack = {
  resourceGroupName: "rg",
  virtualNetworkName: "other",
  virtualNetworkPeeringName: "to-net",
  remoteVirtualNetwork: { id: ids.network },
};
const [machineToken, machine] = bodies.machine;
const withoutDisk = { storageProfile: { imageReference: { sku: "x-gen2" } } };
const { zones: _, ...unplaced } = machine as Inputs & { readonly zones: unknown };

/** What the simulated Azure refuses, by subject. */
export const refused: Readonly<Record<string, readonly Refused[]>> = {
  "Of any type": (
    [
      ["a name that is too long", "nic", "networkInterfaceName", "n".repeat(81)],
      ["a name with a space", "disk", "diskName", "a disk"],
      ["a body without a location", "network", "location", undefined],
      ["a body without what its type needs", "disk", "diskSizeGB", undefined],
      ["a body with an empty list where one is needed", "nic", "ipConfigurations", []],
      ["a resource group that does not exist", "network", "resourceGroupName", "nowhere"],
      ["a parent that does not exist", "subnet", "virtualNetworkName", "nowhere"],
      ["a reference to what does not exist", "schedule", "targetResourceId", `${ids.machine}2`],
      ["a reference into another region", "natGateway", "location", "swedencentral"],
      ["a child in another region than its parent", "runCommand", "location", "swedencentral"],
      ["a zone in a region without any", "disk", "location", "westus"],
      [
        "more than 50 tags",
        "network",
        "tags",
        Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, ""])),
      ],
    ] satisfies readonly Change[]
  ).map(made),
  Networks: (
    [
      ["a public address of the retired SKU", "publicIp", "sku.name", "Basic"],
      ["a public address that is dynamic", "publicIp", "publicIPAllocationMethod", "Dynamic"],
      ["a security rule's priority out of range", "securityGroup", "securityRules", [rule({ priority: 99 })]],
      [
        "two security rules of one priority",
        "securityGroup",
        "securityRules",
        [rule({}), rule({ name: "b" })],
      ],
      [
        "a security rule without a source",
        "securityGroup",
        "securityRules",
        [rule({ sourceAddressPrefixes: [] })],
      ],
      [
        "a service tag among addresses",
        "securityGroup",
        "securityRules",
        [rule({ sourceAddressPrefixes: ["VirtualNetwork"] })],
      ],
      [
        "a security rule with too many addresses",
        "securityGroup",
        "securityRules",
        [rule({ sourceAddressPrefixes: new Array(4001).fill("10.0.0.1") })],
      ],
      [
        "too many security rules",
        "securityGroup",
        "securityRules",
        Array.from({ length: 1001 }, (_, n) => rule({ priority: 100 + n })),
      ],
      ["a Bastion host in another subnet", "bastion", "ipConfigurations", [{ subnet: { id: ids.subnet } }]],
    ] satisfies readonly Change[]
  ).map(made),
  "Ranges and addresses": (
    [
      ["an address space with host bits", "network", "addressSpace.addressPrefixes", ["10.0.0.1/16"]],
      ["an address space that is no range", "network", "addressSpace.addressPrefixes", ["ten"]],
      ["a subnet outside its network", "subnet", "addressPrefix", "10.9.0.0/24"],
      ["a subnet that overlaps another", "bastionSubnet", "addressPrefix", "10.0.0.128/26"],
      [
        "an address outside its subnet",
        "nic",
        "ipConfigurations",
        [{ privateIPAddress: "10.0.9.10", subnet: { id: ids.subnet } }],
      ],
      [
        "an address that Azure keeps for itself",
        "nic",
        "ipConfigurations",
        [{ privateIPAddress: "10.0.0.3", subnet: { id: ids.subnet } }],
      ],
      [
        "the broadcast address",
        "nic",
        "ipConfigurations",
        [{ privateIPAddress: "10.0.0.255", subnet: { id: ids.subnet } }],
      ],
    ] satisfies readonly Change[]
  ).map(made),
  "Machines, disks and schedules": (
    [
      ["a size that is none", "machine", "hardwareProfile.vmSize", "D4s_v5"],
      ["a computer name of 16 characters", "machine", "osProfile.computerName", "A-SQL0123456789X"],
      ["a computer name of digits", "machine", "osProfile.computerName", "0123"],
      ["an administrator with a reserved name", "machine", "osProfile.adminUsername", "Administrator"],
      ["an administrator's name of 21 characters", "machine", "osProfile.adminUsername", "a".repeat(21)],
      ["a weak password", "machine", "osProfile.adminPassword", "password"],
      [
        "an image that was removed",
        "machine",
        "storageProfile.imageReference",
        { offer: "WindowsServer", sku: "2012-R2-Datacenter" },
      ],
      [
        "trusted launch of an image of generation 1",
        "machine",
        "storageProfile.imageReference",
        { offer: "WindowsServer", sku: "2019-datacenter" },
      ],
      ["a zone and an availability set at once", "machine", "availabilitySet", { id: ids.availabilitySet }],
      ["an availability set that is not aligned", "availabilitySet", "sku.name", "Classic"],
      ["a disk in another zone", "machine", "zones", ["2"]],
      ["a disk in a zone, on a machine in none", "machine", "zones", undefined],
      ["two disks with one LUN", "machine", "storageProfile.dataDisks", [{ lun: 0 }, { lun: 0 }]],
      [
        "manual patches with automatic updates",
        "machine",
        "osProfile.windowsConfiguration.enableAutomaticUpdates",
        true,
      ],
      ["a shutdown schedule with a name of its own", "schedule", "name", "nightly"],
      ["a shutdown schedule without a time of day", "schedule", "dailyRecurrence.time", "25:00"],
      ["more cores than the region's quota", "machine", "hardwareProfile.vmSize", "Standard_D351s_v5"],
      [
        "Arm processors for an image that is for x64",
        "machine",
        "hardwareProfile.vmSize",
        "Standard_D4ps_v5",
      ],
      [
        "a size of generation 1 for an image of generation 2",
        "machine",
        "hardwareProfile.vmSize",
        "Standard_D2_v2",
      ],
    ] satisfies readonly Change[]
  ).map(made),
  "What the subscription may not have": (
    [
      ["a provider that it is not registered for", "schedule", { providers: ["Microsoft.DevTestLab"] }],
      [
        "an action without permission",
        "network",
        { deniedActions: ["Microsoft.Network/virtualNetworks/write"] },
      ],
      ["a size that the region does not give to it", "machine", { sizes: [size] }],
      ["a size that a zone does not give to it", "machine", { sizes: [{ ...size, zones: ["2", "1"] }] }],
      [
        "more vCPUs of a family than it may use in the region",
        "machine",
        { cores: [{ region: size.region, quota: "standardDSv5Family", limit: 3 }] },
      ],
      ["an image that is not there", "machine", { missingImages: [image] }],
      ["an image whose terms are not accepted", "machine", { openTerms: [image] }],
    ] as const
  ).map(limited),
  "Run commands": (
    [
      ["one without a source", "runCommand", "source", { scriptUriManagedIdentity: {} }],
      ["one with two sources", "runCommand", "source", { script: "exit 0", scriptUri: "https://x" }],
      ["a parameter that is no text", "runCommand", "parameters", [{ name: "Count", value: 3 }]],
    ] satisfies readonly Change[]
  ).map(made),
  "Changes of what stands": (
    [
      ["another zone", "machine", "zones", ["2"]],
      ["another computer name", "machine", "osProfile.computerName", "A-SQL02"],
      ["another password", "machine", "osProfile.adminPassword", "Correct-Horse-2"],
      ["another image", "machine", "storageProfile.imageReference", { sku: "other-gen2" }],
      ["another region", "machine", "location", "swedencentral"],
      ["another region of a resource group", "group", "location", "swedencentral"],
      [
        "a size with a temporary disk for a machine without one",
        "machine",
        "hardwareProfile.vmSize",
        "Standard_D4ds_v5",
      ],
      [
        "an address space without a subnet that stands in it",
        "network",
        "addressSpace.addressPrefixes",
        ["10.9.0.0/16"],
      ],
      ["another range of a subnet in use", "subnet", "addressPrefix", "10.0.2.0/24"],
      ["a smaller data disk", "disk", "diskSizeGB", 16],
      ["another source of a disk", "disk", "creationData", { createOption: "Copy" }],
      ["another zone of a public address", "publicIp", "zones", ["1"]],
      ["another network of a peering", "peering", "remoteVirtualNetwork", { id: ids.network }],
      ["an address that another interface has", "nic", "networkInterfaceName", "nic2"],
    ] satisfies readonly Change[]
  ).map(changed),
  "What else stands": [
    {
      title: "a second machine with the disk of the first",
      cloud: deploy,
      request: { write: [machineToken, { ...machine, vmName: "vm2" }] },
    },
    {
      title: "a second machine with the interface of the first",
      cloud: deploy,
      request: { write: [machineToken, { ...machine, vmName: "vm2", ...withoutDisk }] },
    },
    {
      title: "a larger system disk of a machine",
      cloud: after((cloud) =>
        cloud.put(...bodyWith("machine", "storageProfile.osDisk", { diskSizeGB: 128 })),
      ),
      request: { write: bodyWith("machine", "storageProfile.osDisk", { diskSizeGB: 256 }) },
    },
    {
      title: "a peering of networks that overlap",
      cloud: () => {
        const cloud = deploy(undefined, "otherNetwork");
        cloud.put(...bodyWith("otherNetwork", "addressSpace.addressPrefixes", ["10.0.128.0/17"]));
        return cloud;
      },
      request: { write: bodies.peering },
    },
    {
      title: "a peering with a network whose peering lost this one",
      cloud: after((cloud) => {
        cloud.put(tokens.peering, peeringBack);
        cloud.delete(ids.otherNetwork);
        cloud.put(...bodies.otherNetwork);
      }),
      request: { write: [tokens.peering, peeringBack] },
    },
    {
      title: "a 26th run command of a machine",
      cloud: after((cloud) => {
        for (let n = 2; n <= 25; n++) cloud.put(...bodyWith("runCommand", "runCommandName", `step${n}`));
      }),
      request: { write: bodyWith("runCommand", "runCommandName", "step26") },
    },
    {
      title: "a run command of a stopped machine",
      cloud: after((cloud) => cloud.setRunning(ids.machine, false)),
      request: { write: bodies.runCommand },
    },
  ],
  Deletions: [
    ...(
      [
        ["an interface of a machine", "nic"],
        ["a disk of a machine", "disk"],
        ["a subnet with interfaces", "subnet"],
        ["the subnet of a Bastion host", "bastionSubnet"],
        ["the security group of a subnet", "securityGroup"],
        ["the NAT gateway of a subnet", "natGateway"],
        ["the address of a NAT gateway", "publicIp"],
        ["the address of a Bastion host", "bastionIp"],
        ["a network with interfaces", "network"],
      ] as const
    ).map(deleted),
    {
      title: "an availability set with a machine",
      cloud: () => {
        const cloud = deploy(undefined, "machine");
        const set = { availabilitySet: { id: ids.availabilitySet } };
        cloud.put(machineToken, { ...unplaced, ...withoutDisk, ...set });
        return cloud;
      },
      request: { remove: ids.availabilitySet },
    },
    {
      title: "a run command of a stopped machine",
      cloud: after((cloud) => cloud.setRunning(ids.machine, false)),
      request: { remove: ids.runCommand },
    },
  ],
};

/** The name of the rule that refuses a request, and what Azure answers. */
export function answerTo({ cloud: cloudOf, request }: Refused): readonly [rule: string, answer: ArmError] {
  const cloud = cloudOf();
  const [token, inputs] =
    "write" in request
      ? request.write
      : [cloud.get(request.remove)?.token ?? "", cloud.get(request.remove)?.inputs ?? {}];
  const id = "write" in request ? cloud.idOf(token, inputs) : request.remove;
  const asked = {
    id,
    token,
    inputs,
    existing: cloud.get(id),
    find: cloud.get,
    all: cloud.all,
    cores: { [allCores]: 350 },
    limits: cloud.limits,
  };
  for (const [name, one] of Object.entries("write" in request ? putRules : deletionRules)) {
    const answer = one(asked);
    if (answer !== undefined) return [name, answer];
  }
  throw new Error("Azure refuses nothing here.");
}
