import { type Cloud, createCloud } from "../../simulator/arm/cloud";
import type { Inputs } from "../../simulator/arm/inputs";
import { tokens } from "../../simulator/arm/resourceTypes";

const group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg";
const network = `${group}/providers/Microsoft.Network`;
const compute = `${group}/providers/Microsoft.Compute`;

/** Ids of the resources below. */
export const ids = {
  group,
  network: `${network}/virtualNetworks/net`,
  otherNetwork: `${network}/virtualNetworks/other`,
  peering: `${network}/virtualNetworks/net/virtualNetworkPeerings/to-other`,
  securityGroup: `${network}/networkSecurityGroups/nsg`,
  publicIp: `${network}/publicIPAddresses/ip`,
  natGateway: `${network}/natGateways/nat`,
  subnet: `${network}/virtualNetworks/net/subnets/sub`,
  bastionSubnet: `${network}/virtualNetworks/net/subnets/AzureBastionSubnet`,
  bastionIp: `${network}/publicIPAddresses/bastion-ip`,
  bastion: `${network}/bastionHosts/bastion`,
  nic: `${network}/networkInterfaces/nic`,
  disk: `${compute}/disks/disk`,
  availabilitySet: `${compute}/availabilitySets/set`,
  machine: `${compute}/virtualMachines/vm`,
  runCommand: `${compute}/virtualMachines/vm/runCommands/step`,
  schedule: `${group}/providers/Microsoft.DevTestLab/schedules/shutdown-computevm-vm`,
} as const;

export type Key = keyof typeof ids;

const place = { resourceGroupName: "rg", location: "northeurope" };

/** A body that Azure takes for a resource of each type, each after what it refers to. */
export const bodies: Readonly<Record<Key, readonly [token: string, inputs: Inputs]>> = {
  group: [tokens.group, place],
  network: [
    tokens.network,
    { ...place, virtualNetworkName: "net", addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
  ],
  otherNetwork: [
    tokens.network,
    { ...place, virtualNetworkName: "other", addressSpace: { addressPrefixes: ["10.1.0.0/16"] } },
  ],
  peering: [
    tokens.peering,
    {
      resourceGroupName: "rg",
      virtualNetworkName: "net",
      virtualNetworkPeeringName: "to-other",
      remoteVirtualNetwork: { id: ids.otherNetwork },
    },
  ],
  securityGroup: [
    tokens.securityGroup,
    {
      ...place,
      networkSecurityGroupName: "nsg",
      securityRules: [
        {
          name: "sql",
          priority: 100,
          direction: "Inbound",
          sourceAddressPrefixes: ["10.0.0.1"],
          destinationAddressPrefix: "*",
          sourcePortRange: "*",
          destinationPortRanges: ["1433"],
        },
      ],
    },
  ],
  publicIp: [
    tokens.publicIp,
    { ...place, publicIpAddressName: "ip", sku: { name: "Standard" }, publicIPAllocationMethod: "Static" },
  ],
  natGateway: [
    tokens.natGateway,
    { ...place, natGatewayName: "nat", sku: { name: "Standard" }, publicIpAddresses: [{ id: ids.publicIp }] },
  ],
  subnet: [
    tokens.subnet,
    {
      resourceGroupName: "rg",
      virtualNetworkName: "net",
      subnetName: "sub",
      addressPrefix: "10.0.0.0/24",
      networkSecurityGroup: { id: ids.securityGroup },
      natGateway: { id: ids.natGateway },
    },
  ],
  bastionSubnet: [
    tokens.subnet,
    {
      resourceGroupName: "rg",
      virtualNetworkName: "net",
      subnetName: "AzureBastionSubnet",
      addressPrefix: "10.0.1.0/26",
    },
  ],
  bastionIp: [
    tokens.publicIp,
    {
      ...place,
      publicIpAddressName: "bastion-ip",
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
    },
  ],
  bastion: [
    tokens.bastion,
    {
      ...place,
      bastionHostName: "bastion",
      sku: { name: "Basic" },
      ipConfigurations: [{ subnet: { id: ids.bastionSubnet }, publicIPAddress: { id: ids.bastionIp } }],
    },
  ],
  nic: [
    tokens.nic,
    {
      ...place,
      networkInterfaceName: "nic",
      ipConfigurations: [{ privateIPAddress: "10.0.0.10", subnet: { id: ids.subnet } }],
    },
  ],
  disk: [
    tokens.disk,
    { ...place, diskName: "disk", creationData: { createOption: "Empty" }, diskSizeGB: 32, zones: ["1"] },
  ],
  availabilitySet: [
    tokens.availabilitySet,
    { ...place, availabilitySetName: "set", sku: { name: "Aligned" }, platformFaultDomainCount: 2 },
  ],
  machine: [
    tokens.machine,
    {
      ...place,
      vmName: "vm",
      zones: ["1"],
      hardwareProfile: { vmSize: "Standard_D4s_v5" },
      osProfile: {
        computerName: "A-SQL01",
        adminUsername: "labadmin",
        adminPassword: "Correct-Horse-1",
        windowsConfiguration: {
          enableAutomaticUpdates: false,
          patchSettings: { patchMode: "Manual" },
        },
      },
      securityProfile: { securityType: "TrustedLaunch" },
      storageProfile: {
        imageReference: { publisher: "p", offer: "WindowsServer", sku: "2019-datacenter-gensecond" },
        dataDisks: [{ lun: 0, managedDisk: { id: ids.disk } }],
      },
      networkProfile: { networkInterfaces: [{ id: ids.nic }] },
    },
  ],
  runCommand: [
    tokens.runCommand,
    {
      ...place,
      vmName: "vm",
      runCommandName: "step",
      source: { script: "exit 0" },
      parameters: [{ name: "A", value: "1" }],
    },
  ],
  schedule: [
    tokens.schedule,
    {
      ...place,
      name: "shutdown-computevm-vm",
      taskType: "ComputeVmShutdownTask",
      targetResourceId: ids.machine,
      timeZoneId: "UTC",
      dailyRecurrence: { time: "1900" },
    },
  ],
};

export const keys = Object.keys(bodies) as Key[];

/** Puts resources in their order: all, or those before one of them. */
export function deploy(cloud: Cloud = createCloud(), before?: Key): Cloud {
  for (const key of before === undefined ? keys : keys.slice(0, keys.indexOf(before)))
    cloud.put(...bodies[key]);
  return cloud;
}

/** The body of a resource with the value at a path such as `osProfile.computerName` or `zones` replaced. */
export function bodyWith(key: Key, path: string, value: unknown): readonly [token: string, inputs: Inputs] {
  const [token, inputs] = bodies[key];
  const copy = structuredClone(inputs) as Record<string, unknown>;
  const names = path.split(".");
  const last = names.pop() ?? "";
  let group: Record<string, unknown> = copy;
  for (const name of names) group = group[name] as Record<string, unknown>;
  if (value === undefined) delete group[last];
  else group[last] = value;
  return [token, copy];
}
