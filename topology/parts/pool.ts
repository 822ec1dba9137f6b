import type { Config } from "../config/schema";
import type { DataCenterId, FrontEndPool, Machine, Pool } from "../model";
import { find } from "./invariants";
import { fqdn, frontEndPoolName } from "./names";

/** Most servers that a Persistent Chat pool may have active; a pool has at most 8 (https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/persistent-chat-server/capacity-planning). */
const mostActive = 4;

export interface PoolServer {
  /** Position in the pool, from 1. */
  readonly server: number;
  readonly dataCenter: DataCenterId;
  readonly active: boolean;
}

/** How many of a pool's servers stand in the primary data center; of an odd number the larger part, unless the split is given. */
function inPrimary({ servers, split }: Config["pool"]): number {
  return split?.[0] ?? Math.ceil(servers / 2);
}

/**
 * Positions of the active servers. After a disaster one data center carries the pool alone, so no more are active than each of them
 * has. Which of a data center's servers are active is not documented; the lowest positions are.
 */
function activeServers(config: Config): readonly number[] {
  const { servers, active } = config.pool;
  if (active !== undefined) return active;
  const here = inPrimary(config.pool);
  const total = Math.max(1, Math.min(mostActive, here, servers - here));
  const primary = config.link === "low-bandwidth-high-latency" ? total : Math.ceil(total / 2);
  const from = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
  return [...from(1, primary), ...from(here + 1, total - primary)];
}

/** The servers of the stretched pool, in order. */
export function poolServers(config: Config): readonly PoolServer[] {
  const active = activeServers(config);
  return Array.from({ length: config.pool.servers }, (_, index) => ({
    server: index + 1,
    dataCenter: index < inPrimary(config.pool) ? "primary" : "secondary",
    active: active.includes(index + 1),
  }));
}

/** The pool as Topology Builder would show it. */
export function planPool(config: Config, machines: readonly Machine[], fileStore: string): Pool {
  const servers = machines.filter((machine) => machine.kind === "persistentChat");
  const names = (list: readonly Machine[]) => list.map((machine) => machine.name);
  return {
    name: config.pool.name,
    fqdn: fqdn(config.pool.name, config.domain),
    servers: names(servers),
    active: names(servers.filter((machine) => machine.active)),
    idle: names(servers.filter((machine) => !machine.active)),
    ...(config.frontEnds.servers > 0 ? { nextHop: frontEndPoolName("primary") } : {}),
    fileStore,
  };
}

/** A Front End pool on each side, or none at all. */
export function planFrontEndPools(
  config: Config,
  machines: readonly Machine[],
  fileStoreOf: (dataCenter: DataCenterId) => string,
): readonly FrontEndPool[] {
  if (config.frontEnds.servers === 0) return [];
  return (["primary", "secondary"] as const).map((dataCenter) => {
    const here = machines.filter((machine) => machine.dataCenter === dataCenter);
    return {
      name: frontEndPoolName(dataCenter),
      fqdn: fqdn(frontEndPoolName(dataCenter), config.domain),
      dataCenter,
      servers: here.filter((machine) => machine.kind === "frontEnd").map((machine) => machine.name),
      backEnd: find(here, `back end in the ${dataCenter} data center`, ({ kind }) => kind === "backEnd").name,
      fileStore: fileStoreOf(dataCenter),
    };
  });
}
