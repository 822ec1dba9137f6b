import { imageOf } from "../azure/images";
import { hasZones } from "../azure/regions";
import { hasAcceleratedNetworking } from "../azure/sizes";
import type { Config } from "../config/schema";
import type { DataCenterId, DataDisk, Machine, MachineKind, Placement, Role, SubnetName } from "../model";
import { hostAddress } from "./addresses";
import { find } from "./invariants";
import {
  diskName,
  type FunctionCode,
  fqdn,
  machineName,
  networkInterfaceName,
  partName,
  shutdownScheduleName,
} from "./names";

/** What kinds of machine have in common: name code, subnet, data disks, and whether losing one loses data. */
interface KindFacts {
  readonly code: FunctionCode;
  readonly subnet: SubnetName;
  /** Added to a machine's ordinal, so that kinds that share a subnet do not share addresses. */
  readonly addressOffset: number;
  readonly disks: readonly Pick<DataDisk, "label" | "letter" | "caching">[];
  readonly stateful: boolean;
  /** Whether Skype for Business' own setup runs on it. */
  readonly takesMedia?: true;
}

/** The same letters on all database machines, since a mirror restores without moving files. */
const databaseDisks = [
  { label: "Data", letter: "F", caching: "ReadOnly" },
  { label: "Log", letter: "G", caching: "None" },
] as const;

const kindFacts: Readonly<Record<MachineKind, KindFacts>> = {
  domainController: {
    code: "DC",
    subnet: "directory",
    addressOffset: 0,
    disks: [{ label: "Directory", letter: "F", caching: "None" }],
    stateful: true,
  },
  sqlServer: { code: "SQL", subnet: "database", addressOffset: 0, disks: databaseDisks, stateful: true },
  witness: { code: "WIT", subnet: "database", addressOffset: 10, disks: [], stateful: false },
  backEnd: { code: "BE", subnet: "database", addressOffset: 20, disks: databaseDisks, stateful: true },
  persistentChat: {
    code: "CHAT",
    subnet: "chat",
    addressOffset: 0,
    disks: [],
    stateful: false,
    takesMedia: true,
  },
  frontEnd: {
    code: "FE",
    subnet: "front-end",
    addressOffset: 0,
    disks: [],
    stateful: false,
    takesMedia: true,
  },
  fileServer: {
    code: "FS",
    subnet: "file",
    addressOffset: 0,
    disks: [{ label: "Shares", letter: "F", caching: "None" }],
    stateful: true,
  },
};

/** A folder on a data disk that a kind of machine has, such as `F:\\NTDS`. */
export function folderOn(kind: MachineKind, label: DataDisk["label"], folder: string): string {
  const { letter } = find(
    kindFacts[kind].disks,
    `disk ${label} of a ${kind}`,
    (disk) => disk.label === label,
  );
  return `${letter}:\\${folder}`;
}

/** What tells one machine from the others of its kind. */
export interface MachineSeed {
  readonly kind: MachineKind;
  readonly dataCenter: DataCenterId;
  /** Number in the machine's name; pool positions for chat machines. */
  readonly ordinal: number;
  readonly roles: readonly Role[];
  /** Which of the data center's zones, where the region has any. */
  readonly zone: 1 | 2 | 3;
  /** Machines of one group are kept apart by an availability set, where the region has no zones. */
  readonly group: string;
  readonly configPath: string;
  readonly pool?: { readonly server: number; readonly active: boolean };
}

/** The complete machine. */
export function planMachine(config: Config, seed: MachineSeed): Machine {
  const facts = kindFacts[seed.kind];
  const settings = config.machines[seed.kind];
  const image = imageOf(settings.image);
  const name = machineName(seed.dataCenter, facts.code, seed.ordinal);
  const active = seed.pool === undefined ? {} : { active: String(seed.pool.active) };
  return {
    name,
    fqdn: fqdn(name, config.domain),
    kind: seed.kind,
    dataCenter: seed.dataCenter,
    roles: seed.roles,
    ...(seed.pool === undefined ? {} : { poolServer: seed.pool.server, active: seed.pool.active }),
    subnet: facts.subnet,
    address: addressOf(config, seed.kind, seed.dataCenter, seed.ordinal),
    networkInterface: networkInterfaceName(name),
    dnsServers: dnsServers(config, seed),
    placement: placement(config, seed),
    size: settings.size,
    image,
    acceleratedNetworking: hasAcceleratedNetworking(settings.size),
    trustedLaunch: settings.trustedLaunch ?? !("galleryImageId" in image),
    osDiskGiB: settings.osDiskGiB,
    osDiskName: diskName(name, "os"),
    diskSku: "StandardSSD_LRS",
    dataDisks: facts.disks.map((disk, lun) => ({
      ...disk,
      name: diskName(name, disk.label),
      lun,
      sizeGiB: dataDiskGiB(config, seed.kind),
    })),
    ...(facts.takesMedia && config.media !== undefined ? { identity: config.media.identity } : {}),
    stateful: facts.stateful,
    tags: {
      ...config.tags,
      lab: config.lab,
      dataCenter: seed.dataCenter,
      role: seed.roles.join(","),
      ...active,
    },
    shutdownSchedule: shutdownScheduleName(name),
    stopsDaily: stopsDaily(config, seed.kind),
    configPath: seed.configPath,
  };
}

function addressOf(config: Config, kind: MachineKind, dataCenter: DataCenterId, ordinal: number): string {
  const { subnet, addressOffset } = kindFacts[kind];
  return hostAddress(config.dataCenters[dataCenter].addressSpace, subnet, addressOffset + ordinal);
}

/**
 * Every machine asks the two domain controllers, members that of their own data center first. The controllers themselves ask the first
 * one first: the second has no zone before it is promoted. What promotion writes inside the guest can be lost with a new network adapter,
 * and a controller that asks Azure then does not find its own domain [inferred].
 */
function dnsServers(config: Config, { kind, dataCenter }: MachineSeed): readonly string[] {
  const [first, second] = (["primary", "secondary"] as const).map((id) =>
    addressOf(config, "domainController", id, 1),
  ) as [string, string];
  return kind === "domainController" || dataCenter === "primary" ? [first, second] : [second, first];
}

/** How a data center keeps machines apart: as configured, else by zones where its region has them. */
export function faultIsolation(config: Config, dataCenter: DataCenterId): "zones" | "availability-sets" {
  const { faultIsolation: configured, region } = config.dataCenters[dataCenter];
  return configured ?? (hasZones(region) ? "zones" : "availability-sets");
}

function placement(config: Config, { dataCenter, zone, group }: MachineSeed): Placement {
  return faultIsolation(config, dataCenter) === "zones"
    ? { kind: "zone", zone: config.dataCenters[dataCenter].zones[zone - 1] as 1 | 2 | 3 }
    : { kind: "availability-set", set: partName(config.lab, dataCenter, group) };
}

/** Size of the data disks of a kind of machine; kinds without any have no such key. */
function dataDiskGiB({ machines }: Config, kind: MachineKind): number {
  const settings = machines[kind];
  return "dataDiskGiB" in settings ? settings.dataDiskGiB : 0;
}

/** Domain controllers run on unless somebody wants their stop: https://learn.microsoft.com/azure/architecture/example-scenario/identity/adds-extend-domain */
function stopsDaily({ autoShutdown: { enabled, controllers } }: Config, kind: MachineKind): boolean {
  return enabled && (kind !== "domainController" || controllers);
}
