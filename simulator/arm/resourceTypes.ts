/** Low, typical and high minutes that Azure takes to create a resource. */
export type Minutes = readonly [low: number, typical: number, high: number];

/** What the simulated Azure knows of a resource type. */
export interface ResourceType {
  /** ARM type, such as `Microsoft.Network/virtualNetworks/subnets`. */
  readonly armType: string;
  /** Input properties that hold the names of its parents and its own, from the outermost in. */
  readonly names: readonly string[];
  /** Token of the resource that its id continues; a resource group where there is none. */
  readonly parent?: string;
  /** Longest name, and what it may consist of. */
  readonly longestName: number;
  readonly namePattern: RegExp;
  /** Properties without which ARM refuses the body; the SDK's typings demand far fewer. */
  readonly required: readonly string[];
  /** Properties that ARM does not change on an existing resource. */
  readonly immutable: readonly string[];
  /**
   * Properties whose change azure-native replaces the resource for, besides its names. Everything else it tries to update, whether ARM
   * takes it or not: https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/gen/replacement.go
   */
  readonly forcesReplacement?: readonly string[];
  /** Properties that Azure takes and never gives back. */
  readonly writeOnly?: readonly string[];
  /**
   * Lists in its body whose items have `properties` of their own; azure-native leaves both levels out.
   * Source: the specifications of https://github.com/Azure/azure-rest-api-specs
   */
  readonly wraps?: readonly string[];
  /** Properties that Azure fills in and that nobody can send. */
  readonly readOnly?: readonly string[];
  /** Properties of its body that are resources of their own below it, and their types. */
  readonly inBody?: Readonly<Record<string, string>>;
  readonly minutes: Minutes;
}

/** azure-native's names for the types that labs use. */
export const tokens = {
  group: "azure-native:resources:ResourceGroup",
  network: "azure-native:network:VirtualNetwork",
  subnet: "azure-native:network:Subnet",
  peering: "azure-native:network:VirtualNetworkPeering",
  securityGroup: "azure-native:network:NetworkSecurityGroup",
  publicIp: "azure-native:network:PublicIPAddress",
  natGateway: "azure-native:network:NatGateway",
  bastion: "azure-native:network:BastionHost",
  nic: "azure-native:network:NetworkInterface",
  disk: "azure-native:compute:Disk",
  availabilitySet: "azure-native:compute:AvailabilitySet",
  machine: "azure-native:compute:VirtualMachine",
  runCommand: "azure-native:compute:VirtualMachineRunCommandByVirtualMachine",
  schedule: "azure-native:devtestlab:GlobalSchedule",
} as const;

type Token = (typeof tokens)[keyof typeof tokens];

/** Letters and digits at the ends, dots, hyphens and underscores between. */
const usual = /^[A-Za-z0-9](?:[\w.-]*\w)?$/;

/** Estimates, where no public log was found. */
const small: Minutes = [0.1, 0.3, 0.8];

const network = (
  type: string,
  name: string,
  required: readonly string[],
  minutes: Minutes = small,
  more: Partial<ResourceType> = {},
): ResourceType => ({
  armType: `Microsoft.Network/${type}`,
  names: [name],
  longestName: 80,
  namePattern: usual,
  required: ["location", ...required],
  immutable: ["location"],
  minutes,
  ...more,
});

const compute = (
  type: string,
  name: string,
  required: readonly string[],
  minutes: Minutes,
  more: Partial<ResourceType> = {},
): ResourceType => ({
  armType: `Microsoft.Compute/${type}`,
  names: [name],
  longestName: 80,
  namePattern: usual,
  required: ["location", ...required],
  immutable: ["location", "zones"],
  // Their specifications derive from TrackedResource v3, whose location is create-only; those of the network types do not.
  forcesReplacement: ["location"],
  minutes,
  ...more,
});

/**
 * One row for each type that labs use, by its azure-native token. Durations: logs of public labs for virtual machines, networks and
 * Bastion hosts, estimates for the others.
 */
const rows: Readonly<Record<Token, ResourceType>> = {
  [tokens.group]: {
    armType: "Microsoft.Resources/resourceGroups",
    names: ["resourceGroupName"],
    longestName: 90,
    namePattern: /^[-\w._()]*[-\w_()]$/,
    required: ["location"],
    immutable: ["location"],
    forcesReplacement: ["location"],
    minutes: [0.1, 0.1, 0.3],
  },
  [tokens.network]: network(
    "virtualNetworks",
    "virtualNetworkName",
    ["addressSpace.addressPrefixes"],
    [0.3, 0.5, 1],
    {
      longestName: 64,
      forcesReplacement: ["location"],
      inBody: { subnets: tokens.subnet, virtualNetworkPeerings: tokens.peering },
    },
  ),
  [tokens.subnet]: network("virtualNetworks/subnets", "subnetName", [], [0.1, 0.2, 0.5], {
    names: ["virtualNetworkName", "subnetName"],
    parent: tokens.network,
    required: ["addressPrefix"],
    immutable: [],
  }),
  [tokens.peering]: network(
    "virtualNetworks/virtualNetworkPeerings",
    "virtualNetworkPeeringName",
    [],
    [0.3, 0.5, 1],
    {
      names: ["virtualNetworkName", "virtualNetworkPeeringName"],
      parent: tokens.network,
      required: ["remoteVirtualNetwork.id"],
      immutable: ["remoteVirtualNetwork"],
      readOnly: [
        "peeringState",
        "peeringSyncLevel",
        "peerCompleteVnets",
        "remoteAddressSpace",
        "remoteVirtualNetworkAddressSpace",
      ],
    },
  ),
  [tokens.securityGroup]: network("networkSecurityGroups", "networkSecurityGroupName", [], small, {
    wraps: ["securityRules"],
  }),
  [tokens.publicIp]: network("publicIPAddresses", "publicIpAddressName", ["sku.name"], small, {
    immutable: ["location", "sku", "zones"],
    readOnly: ["ipAddress", "natGateway"],
    forcesReplacement: ["location", "sku", "publicIPAddressVersion", "publicIPPrefix"],
  }),
  [tokens.natGateway]: network(
    "natGateways",
    "natGatewayName",
    ["sku.name", "publicIpAddresses"],
    [0.2, 0.5, 1],
    { immutable: ["location", "sku", "zones"] },
  ),
  [tokens.bastion]: network(
    "bastionHosts",
    "bastionHostName",
    ["ipConfigurations", "sku.name"],
    [5, 10, 15],
    { wraps: ["ipConfigurations"] },
  ),
  [tokens.nic]: network("networkInterfaces", "networkInterfaceName", ["ipConfigurations"], small, {
    wraps: ["ipConfigurations"],
    readOnly: ["macAddress", "virtualMachine"],
  }),
  [tokens.disk]: compute("disks", "diskName", ["creationData.createOption", "diskSizeGB"], [0.2, 0.4, 0.8], {
    immutable: ["location", "zones", "creationData"],
  }),
  [tokens.availabilitySet]: compute("availabilitySets", "availabilitySetName", ["sku.name"], small, {
    immutable: ["location", "platformFaultDomainCount"],
    readOnly: ["virtualMachines"],
  }),
  [tokens.machine]: compute(
    "virtualMachines",
    "vmName",
    [
      "hardwareProfile.vmSize",
      "osProfile.computerName",
      "osProfile.adminUsername",
      "osProfile.adminPassword",
      "storageProfile.imageReference",
      "networkProfile.networkInterfaces",
    ],
    [2, 4, 8],
    {
      longestName: 64,
      immutable: [
        "location",
        "zones",
        "availabilitySet",
        "storageProfile.imageReference",
        "storageProfile.osDisk.name",
        "osProfile.computerName",
        "osProfile.adminUsername",
        "osProfile.adminPassword",
        "securityProfile.securityType",
      ],
      writeOnly: ["osProfile.adminPassword"],
      wraps: ["networkProfile.networkInterfaces"],
      readOnly: ["vmId", "instanceView", "timeCreated"],
    },
  ),
  [tokens.runCommand]: compute("virtualMachines/runCommands", "runCommandName", ["source"], [0.4, 0.7, 1.5], {
    names: ["vmName", "runCommandName"],
    parent: tokens.machine,
    immutable: ["location"],
    writeOnly: ["protectedParameters"],
    readOnly: ["instanceView"],
  }),
  [tokens.schedule]: {
    armType: "Microsoft.DevTestLab/schedules",
    names: ["name"],
    longestName: 260,
    namePattern: /^[\w.-]+$/,
    required: ["location", "taskType", "targetResourceId", "timeZoneId", "dailyRecurrence.time"],
    immutable: ["location", "targetResourceId"],
    forcesReplacement: ["location"],
    minutes: [0.2, 0.4, 0.8],
  },
};

/** The same, to be asked about any token. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = rows;

/** The token of a type as ARM calls it, in whatever case. */
export const tokenOf = (armType: string): string | undefined =>
  Object.keys(rows).find((token) => resourceTypes[token]?.armType.toLowerCase() === armType.toLowerCase());

/** A machine from an image with SQL Server takes longer: its first start configures the instance. */
export const sqlMachineMinutes: Minutes = [3, 5, 10];
