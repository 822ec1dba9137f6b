/**
 * The vocabulary of the lab: what a plan is made of. Types only.
 *
 * A plan is plain serialisable data. Everything is decided in it: components, guest steps, diagrams and runbooks only read it.
 * Entities refer to each other by name; names are unique within a plan.
 */

/** One of the two physical sites: an Azure region, an Active Directory site and a Skype for Business site. */
export type DataCenterId = "primary" | "secondary";

/** How the data centers are connected, as the source document distinguishes its two figures. It gives no figures in ms or Mbit/s. */
export type LinkProfile = "high-bandwidth-low-latency" | "low-bandwidth-high-latency";

/** The two databases of Persistent Chat: content (`mgc`) and compliance (`mgccomp`). */
export type DatabaseName = "mgc" | "mgccomp";

/** What a machine is in its database set. The first three stand in the primary data center, the others in the secondary one. */
export type DatabaseRole =
  | "primary"
  | "mirror"
  | "witness"
  | "secondary"
  | "secondary-mirror"
  | "secondary-witness";

/** What a machine is for; one machine may have several roles. Written to its `role` tag. */
export type Role =
  | "domain-controller"
  | "front-end"
  | "back-end"
  | "persistent-chat"
  | "file-server"
  | `${DatabaseName}-${DatabaseRole}`;

/** Machines of one kind share a size, an image and disks in the configuration. */
export type MachineKind =
  | "domainController"
  | "sqlServer"
  | "witness"
  | "fileServer"
  | "frontEnd"
  | "backEnd"
  | "persistentChat";

/** A subnet's name within its virtual network. */
export type SubnetName = "AzureBastionSubnet" | "directory" | "database" | "chat" | "front-end" | "file";

/** A secret that guest steps and machines need. Plans hold its name only; its value travels beside the plan. */
export type SecretName = "adminPassword";

export interface Subnet {
  readonly name: SubnetName;
  /** IPv4 range, such as `10.1.0.64/26`. */
  readonly prefix: string;
  /** Absent on the Bastion subnet, whose host fails to deploy unless every one of its own rules is there. */
  readonly securityGroup?: { readonly name: string; readonly rules: readonly SecurityRule[] };
}

/** A marketplace image, or an image of a gallery by its resource id. */
export type Image =
  | { readonly publisher: string; readonly offer: string; readonly sku: string; readonly version: string }
  | { readonly galleryImageId: string };

export interface DataDisk {
  /** Resource name, such as `A-SQL01-data`. */
  readonly name: string;
  /** What the guest calls the volume, such as `Data`. */
  readonly label: string;
  /** Drive letter in the guest, without a colon. */
  readonly letter: string;
  /** Logical unit number, unique on its machine. */
  readonly lun: number;
  readonly sizeGiB: number;
  /** Host caching: directory databases and SQL logs need write-through, hence `None`. */
  readonly caching: "None" | "ReadOnly";
}

/** Where Azure places a machine so that the parties of a mirroring session do not fail together. */
export type Placement =
  | { readonly kind: "zone"; readonly zone: 1 | 2 | 3 }
  | { readonly kind: "availability-set"; readonly set: string };

export interface Machine {
  /** Computer name and resource name: place and function, never a role that a failover changes (`A-SQL01`). */
  readonly name: string;
  readonly fqdn: string;
  readonly kind: MachineKind;
  readonly dataCenter: DataCenterId;
  readonly roles: readonly Role[];
  /** Position in the Persistent Chat pool, from 1; chat machines only. */
  readonly poolServer?: number;
  /** Whether the pool's topology lists it as active, for which the primary data center serves; chat machines only. */
  readonly active?: boolean;
  readonly subnet: SubnetName;
  readonly address: string;
  /** Name of the resource that has the address. */
  readonly networkInterface: string;
  /** DNS servers of its network interface, in order: the domain controllers. */
  readonly dnsServers: readonly string[];
  readonly placement: Placement;
  /** Azure VM size, such as `Standard_D4s_v5`. */
  readonly size: string;
  readonly image: Image;
  readonly trustedLaunch: boolean;
  /** Whether its network interface bypasses the host's switch, as its size can. */
  readonly acceleratedNetworking: boolean;
  readonly osDiskGiB: number;
  readonly osDiskName: string;
  /** SKU of all its disks. */
  readonly diskSku: "StandardSSD_LRS";
  readonly dataDisks: readonly DataDisk[];
  /** Resource id of a user-assigned managed identity, with which it may fetch the media. */
  readonly identity?: string;
  /** Replacing it would lose a directory, a database or files: protected when the lab says so. */
  readonly stateful: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Name of its daily stop, by which Azure looks for it. */
  readonly shutdownSchedule: string;
  /** Whether that is on. Where it is off the schedule stays: that of a machine with data is protected. */
  readonly stopsDaily: boolean;
  /** The key of the stack's configuration that this machine comes from. */
  readonly configPath: string;
}

export interface DataCenter {
  readonly id: DataCenterId;
  readonly region: string;
  /** Active Directory site name. */
  readonly site: string;
  readonly resourceGroup: string;
  readonly virtualNetwork: string;
  readonly addressSpace: string;
  readonly faultIsolation: "zones" | "availability-sets";
  readonly subnets: readonly Subnet[];
  readonly natGateway: string;
  /** Name of the NAT gateway's public address. */
  readonly natAddress: string;
  /** After how many idle minutes the NAT gateway forgets a connection. */
  readonly natIdleMinutes: number;
  /** Name of its Bastion host, where it has one. */
  readonly bastion?: string;
  readonly bastionAddress?: string;
  readonly bastionSku?: "Basic";
  /** Name of the peering from its network to the other one. */
  readonly peering: string;
  readonly availabilitySets: readonly string[];
  /** Racks and times of maintenance over which each of its availability sets spreads its machines. */
  readonly faultDomains: number;
  readonly updateDomains: number;
}

export interface Pool {
  readonly name: string;
  readonly fqdn: string;
  /** Machine names in pool order. */
  readonly servers: readonly string[];
  readonly active: readonly string[];
  readonly idle: readonly string[];
  /** Front End pool through which the pool is reached; absent in a lab without Front Ends. */
  readonly nextHop?: string;
  /** Share that holds uploaded files. */
  readonly fileStore: string;
}

export interface FrontEndPool {
  readonly name: string;
  readonly fqdn: string;
  readonly dataCenter: DataCenterId;
  /** Machine names. */
  readonly servers: readonly string[];
  readonly backEnd: string;
  readonly fileStore: string;
}

/** The machines of one database in one data center. */
export interface Side {
  /** Holds the database: the primary, or the log-shipping secondary in the other data center. */
  readonly server: string;
  /**
   * The other partner of its mirroring session. That of the secondary stands ready: its session is made at failover, since a restoring
   * database cannot be mirrored.
   */
  readonly mirror?: string;
  readonly witness?: string;
}

export type MirroredSide = Side & { readonly mirror: string };

/** One database over both data centers; what its primary side mirrors is shipped to its secondary side. */
export interface DatabaseSet {
  readonly database: DatabaseName;
  readonly primary: MirroredSide;
  readonly secondary: Side;
  /** Machines that exist for this set; an instance that two sets share, or their witness, belongs to `mgc`. */
  readonly machines: readonly string[];
  readonly logShipping: LogShipping;
}

export interface LogShipping {
  /** How often logs are backed up, copied and restored. */
  readonly intervalMinutes: number;
  /** How long backup files and copies are kept. */
  readonly retentionMinutes: number;
  /** Alert when there was no backup for this long. */
  readonly backupAlertMinutes: number;
  /** Alert when there was no restore for this long. */
  readonly restoreAlertMinutes: number;
  readonly backupShare: string;
  readonly copyShare: string;
}

export type SharePurpose =
  | "log-shipping-backup"
  | "log-shipping-copy"
  | "chat-file-store"
  | "front-end-file-store";

export interface Share {
  /** Unique in the plan: `<host>/<share>`. */
  readonly id: string;
  readonly name: string;
  readonly host: string;
  /** `\\host.domain\share` */
  readonly unc: string;
  /** Folder on the host. */
  readonly path: string;
  /** Subfolders made beforehand, so that no service has to create them. */
  readonly folders: readonly string[];
  readonly purpose: SharePurpose;
  /** Machines whose computer accounts may read and write. */
  readonly readWrite: readonly string[];
  /** Machines whose computer accounts may only read. */
  readonly readOnly: readonly string[];
}

export type Protocol = "TCP" | "UDP" | "Any";

/** Traffic that the lab needs; everything else between its machines is denied. */
export interface Flow {
  /** Unique in the plan. */
  readonly name: string;
  /** Machine names, or one address range such as the Bastion subnet's. */
  readonly from: readonly string[] | { readonly prefix: string };
  /** Machine names. */
  readonly to: readonly string[];
  readonly protocol: Protocol;
  /** Single ports or ranges such as `49152-65535`. */
  readonly ports: readonly string[];
  /** What needs it. */
  readonly purpose: string;
}

/** One inbound rule of a subnet's network security group, made from the flows. */
export interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly access: "Allow" | "Deny";
  readonly protocol: Protocol;
  /** Addresses, ranges, or a service tag. */
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly ports: readonly string[];
  readonly description: string;
}

/** An estimate, in minutes. */
export interface MinuteRange {
  readonly low: number;
  readonly typical: number;
  readonly high: number;
}

/** One script that runs inside one machine, as SYSTEM, once all steps named in `after` are done. */
export interface Step {
  /** Unique in the plan: `<machine>/<name>`. */
  readonly id: string;
  readonly name: string;
  readonly machine: string;
  /** File name in `guest/`. */
  readonly script: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Script parameter -> secret; handed over base64-encoded (UTF-8), since free text does not survive a command line. */
  readonly secrets: Readonly<Record<string, SecretName>>;
  readonly after: readonly string[];
  /** Machines that, made again, know nothing any more of what this step told them: it runs again with them. */
  readonly replacedWith?: readonly string[];
  /**
   * It waits until the service is back from the secondary data center: where it ran already it stays as it is, even when its machine is
   * down, and on a machine that is made meanwhile it makes nothing.
   */
  readonly waits?: true;
  /** It talks to the other data center, so the peering must stand before it runs. */
  readonly crossesDataCenters: boolean;
  readonly timeoutMinutes: number;
  /** When Pulumi gives up, in minutes: later than the script, since a machine's agent may still be restarting when a step begins. */
  readonly deadlineMinutes: number;
  /** How long the work inside the machine takes; none of it was measured on real machines yet. */
  readonly expectedMinutes: MinuteRange;
  /** How long after its answer the machine is back, where it ends with a restart. */
  readonly restartMinutes?: MinuteRange;
}

/** The daily stop of machines. */
export interface AutoShutdown {
  /** Local time, `HHmm`. */
  readonly time: string;
  /** Windows time zone id, such as `UTC` or `W. Europe Standard Time`. */
  readonly timeZone: string;
}

export interface Plan {
  readonly lab: string;
  readonly domain: { readonly fqdn: string; readonly netbios: string };
  readonly adminUser: string;
  readonly link: LinkProfile;
  readonly dataCenters: Readonly<Record<DataCenterId, DataCenter>>;
  readonly machines: readonly Machine[];
  readonly pool: Pool;
  readonly frontEndPools: readonly FrontEndPool[];
  readonly databaseSets: readonly DatabaseSet[];
  readonly shares: readonly Share[];
  readonly flows: readonly Flow[];
  /** Where the databases are served: in the secondary data center from a failover until the way back. */
  readonly site: DataCenterId;
  /** In an order that respects `after`. */
  readonly steps: readonly Step[];
  readonly autoShutdown: AutoShutdown;
  /** Whether stateful machines and their data disks refuse to be replaced or destroyed. */
  readonly protectData: boolean;
  readonly tags: Readonly<Record<string, string>>;
}
