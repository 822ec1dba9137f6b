import { activeServers, type FrontEndPool, type Share, type Side, type Site } from "./site";

/* What the pool and the Front Ends can do where the database is served. The pool's servers keep no state of their own between failures. */

/** What is down of a site, and where `mgc` is served. */
export interface Situation {
  readonly isUp: (machine: string) => boolean;
  /** Whether the files of a share are there. */
  readonly hasFiles: (share: Share) => boolean;
  readonly isLinked: boolean;
  readonly side: Side | undefined;
}

/** Something that people do about the pool or the Front Ends. */
export interface ServiceAct {
  readonly id:
    | "point-pool"
    | "activate-servers"
    | "rebuild-servers"
    | "move-central-management"
    | "fail-over-users"
    | "rebuild-front-ends"
    | "restore-directory";
  readonly title: string;
  /** The runbook that it belongs to, where its own name is none. */
  readonly runbook?: string;
  /** Of the machines; what people need comes on top. */
  readonly minutes: number;
}

export interface Service {
  /** Whether clients reach a room: by themselves, after people's acts, or in no way. */
  readonly reached: "by itself" | "by hand" | "no";
  readonly acts: readonly ServiceAct[];
  /** Those without which clients reach no room. */
  readonly needed: readonly ServiceAct[];
  readonly activeUp: number;
  readonly active: number;
  readonly sendsFiles: boolean;
}

/**
 * How many Front End Servers of a pool must run for it to work at all: 1 of 2, 2 of 3 or 4, and so on
 * (https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/high-availability-and-disaster-recovery/high-availability).
 */
export const mustRun = (servers: number): number => Math.ceil(servers / 2);

/** Microsoft's target for the failover of a paired Front End pool (front-end-pools-for-disaster-recovery): 15 to 20 minutes. */
const poolFailoverMinutes = 20;

/** Servers that may be active: where the database is, or where it is near. */
function candidates(site: Site, { isUp, isLinked, side }: Situation): readonly string[] {
  return site.chatServers
    .map(({ name }) => name)
    .filter((name) => isUp(name) && (site.machines[name] === side || (site.nearLink && isLinked)));
}

interface Found {
  readonly active: number;
  readonly activeUp: number;
  /** How many of those that may be active are up. */
  readonly able: number;
  readonly pools: readonly (FrontEndPool & { readonly up: boolean })[];
  readonly sendsFiles: boolean;
}

function findings(site: Site, situation: Situation): Found {
  const { isUp, hasFiles } = situation;
  const active = activeServers(site, site.servedFrom);
  const able = candidates(site, situation);
  const { fileStore } = site;
  return {
    active: active.length,
    activeUp: active.filter((name) => able.includes(name)).length,
    able: able.length,
    pools: site.frontEndPools.map((pool) => ({
      ...pool,
      up: pool.servers.filter(isUp).length >= mustRun(pool.servers.length),
    })),
    sendsFiles: fileStore === undefined || (isUp(fileStore.host) && hasFiles(fileStore)),
  };
}

/** Whether nothing is up in the secondary data center. */
const isWholeSecondary = ({ chatServers, frontEndPools, machines }: Site, isUp: Situation["isUp"]): boolean =>
  [...chatServers.map(({ name }) => name), ...frontEndPools.flatMap(({ servers }) => servers)].every(
    (name) => machines[name] === "primary" || !isUp(name),
  );

function actsFor(site: Site, { isUp, side }: Situation, found: Found): readonly ServiceAct[] {
  const { active, activeUp, able, pools } = found;
  const more = Math.min(active, able) - activeUp;
  const lost = pools.find(({ up }) => !up);
  const isLeft = pools.some(({ up }) => up);
  // Its users are one thing of several that are done about a data center.
  const isAlone = lost?.side === "secondary" && isWholeSecondary(site, isUp);
  const acts: ServiceAct[] = [];
  // The first pool that was published has it, the primary data center's [inferred].
  if (lost?.side === "primary" && isLeft)
    acts.push({
      id: "move-central-management",
      runbook: "front-end-pool-lost-primary",
      title: "make the Central Management Store of the secondary data center the active one",
      minutes: 5,
    });
  if (side !== undefined && side !== site.servedFrom)
    acts.push({
      id: "point-pool",
      title: `tell the pool to use the databases in the ${side} data center`,
      minutes: 5,
    });
  if (more > 0)
    acts.push({
      id: "activate-servers",
      title: `make ${more} more Persistent Chat server${more === 1 ? "" : "s"} active`,
      minutes: 5,
    });
  if (able === 0)
    acts.push({
      id: "rebuild-servers",
      title: "make a Persistent Chat server again where the database is",
      minutes: 60,
    });
  if (lost !== undefined && isLeft)
    acts.push({
      id: "fail-over-users",
      runbook: isAlone ? "loss-of-secondary-data-center" : `front-end-pool-lost-${lost.side}`,
      title: `fail the users of the Front End pool in the ${lost.side} data center over to the other pool`,
      minutes: poolFailoverMinutes,
    });
  if (!site.controllers.some(isUp))
    acts.push({
      id: "restore-directory",
      title: "restore the directory from a backup of it",
      minutes: 120,
    });
  if (lost !== undefined && !isLeft)
    acts.push({ id: "rebuild-front-ends", title: "make Front Ends again", minutes: 60 });
  return acts;
}

function missingOf(site: Site, { isUp, isLinked, side }: Situation, found: Found): readonly string[] {
  const { active, activeUp, pools, sendsFiles } = found;
  const now = activeServers(site, site.servedFrom);
  const idle = site.chatServers.filter(({ name }) => !now.includes(name));
  const idleUp = idle.filter(({ name }) => isUp(name)).length;
  const isDown = (machine: string | undefined) => machine !== undefined && !isUp(machine);
  // Of a pool that stops there is no more to say.
  const running = pools.filter(({ servers }) => servers.some(isUp));
  return [
    ...(isLinked
      ? []
      : pools
          .filter((pool) => pool.up && pool.side !== side)
          .map((pool) => `users of the Front End pool in the ${pool.side} data center reach no room`)),
    ...(sendsFiles ? [] : ["files cannot be sent, and those that were are gone"]),
    ...(activeUp < active ? [`${activeUp} of ${active} active Persistent Chat servers are up`] : []),
    ...(idleUp < idle.length ? [`${idleUp} of ${idle.length} idle Persistent Chat servers are left`] : []),
    ...pools
      .filter(({ servers }) => !servers.every(isUp))
      .map(
        (pool) =>
          `${pool.servers.filter(isUp).length} of ${pool.servers.length} Front Ends are up in the ${pool.side} data center${pool.up ? "" : ": the pool stops"}`,
      ),
    ...running
      .filter(({ fileStoreHost }) => isDown(fileStoreHost))
      .map((pool) => `the Front End pool in the ${pool.side} data center has no file store`),
    ...running
      .filter(({ backEnd }) => isDown(backEnd))
      .map(({ backEnd }) => `the back end ${backEnd} is missing`),
    ...site.controllers.filter(isDown).map((name) => `the domain controller ${name} is missing`),
  ];
}

function inferredOf(site: Site, { isUp }: Situation, { pools }: Found): readonly string[] {
  const isDown = (machine: string | undefined) => machine !== undefined && !isUp(machine);
  return [
    ...(pools.some(({ fileStoreHost }) => isDown(fileStoreHost))
      ? ["A Front End pool without its file store goes on; meetings' content and address books are missing."]
      : []),
    ...(pools.some(({ backEnd }) => isDown(backEnd))
      ? ["A Front End pool without its back end goes on; for how long is not stated."]
      : []),
    ...(site.controllers.some(isDown)
      ? ["What is signed in goes on with the other domain controller, found by DNS."]
      : []),
  ];
}

/** What the service is in a situation. */
export function serviceOf(site: Site, situation: Situation): Service {
  const found = findings(site, situation);
  const acts = actsFor(site, situation, found);
  // With some active servers left their users move there; more of them are for their comfort.
  const needed = acts.filter(({ id }) => id !== "activate-servers" || found.activeUp === 0);
  return {
    reached: situation.side === undefined ? "no" : needed.length === 0 ? "by itself" : "by hand",
    acts,
    needed,
    activeUp: found.activeUp,
    active: found.active,
    sendsFiles: found.sendsFiles,
  };
}

/** What a service lacks in a situation of what it has at rest, and what of that no source states. */
export function shortcomingsOf(
  site: Site,
  situation: Situation,
): { readonly missing: readonly string[]; readonly inferred: readonly string[] } {
  const found = findings(site, situation);
  return { missing: missingOf(site, situation, found), inferred: inferredOf(site, situation, found) };
}
