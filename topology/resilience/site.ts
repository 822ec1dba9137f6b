/*
 * What failing is about: the machines of a lab, and what stands on them. It is read off a plan, or off the resources of a program, so that
 * a lab which an older checkout makes can be asked the same questions. Nothing here knows Azure.
 */

export type Side = "primary" | "secondary";

export const bothSides = ["primary", "secondary"] as const;

export const otherSide = (side: Side): Side => (side === "primary" ? "secondary" : "primary");

/** The machines of one database in one data center; names are those of machines. */
export interface Session {
  /** Holds the database: the primary, or in the other data center the log-shipping secondary. */
  readonly server: string;
  readonly mirror?: string;
  readonly witness?: string;
}

export interface ShippedDatabase {
  /** `mgc` or `mgccomp`. */
  readonly name: string;
  readonly sessions: Readonly<Record<Side, Session>>;
  /** How often logs are backed up, copied and restored. */
  readonly intervalMinutes: number;
  /** How long backups and copies of them are kept. */
  readonly retentionMinutes: number;
  /** The machine with the share to which logs are backed up. */
  readonly backupHost: string;
}

export interface ChatServer {
  readonly name: string;
  readonly active: boolean;
}

export interface FrontEndPool {
  readonly side: Side;
  readonly servers: readonly string[];
  readonly backEnd?: string;
  /** The machine with its file store. */
  readonly fileStoreHost?: string;
}

export interface Share {
  /** `<host>/<share>` */
  readonly id: string;
  readonly host: string;
}

export interface Site {
  /** Where the databases are served while nothing fails: in the secondary data center from a failover until the way back. */
  readonly servedFrom: Side;
  /** Where each machine stands, in the order of the plan. */
  readonly machines: Readonly<Record<string, Side>>;
  /** The zone of each machine that stands in one. */
  readonly zones: Readonly<Record<string, string>>;
  readonly databases: readonly ShippedDatabase[];
  /** Active ones are those of the pool's topology, for which the primary data center serves. */
  readonly chatServers: readonly ChatServer[];
  readonly frontEndPools: readonly FrontEndPool[];
  readonly controllers: readonly string[];
  /** Where uploaded files are. */
  readonly fileStore: Share | undefined;
  readonly backupShare: Share | undefined;
  /** Whether active servers may stand far from the database: high bandwidth and low latency between the data centers. */
  readonly nearLink: boolean;
}

/**
 * Names of the servers that are active while the databases are served from a side: as many as the topology has, those of that side first.
 * Which of them people make active is not documented; the lowest positions are [inferred].
 */
export function activeServers({ chatServers, machines }: Pick<Site, "chatServers" | "machines">, side: Side) {
  const active = chatServers.filter((one) => one.active);
  if (side === "primary") return active.map(({ name }) => name);
  const here = chatServers.filter(({ name }) => machines[name] === side);
  const inOrder = [...here.filter((one) => one.active), ...here.filter((one) => !one.active)];
  return inOrder.slice(0, active.length).map(({ name }) => name);
}
