import { type Database, databasesOn, holder, machinesOf, type TaggedMachine } from "../../policy/machines";
import { text } from "../../simulator/arm/inputs";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { roundTripMs } from "../../topology/azure/regions";

/*
 * What a lab's service can do, read off the resources of a program: from the tags of its machines and the parameters of its guest steps,
 * which stay what they are while the code around them changes. So a lab can be compared with one that an older checkout makes.
 */

/** One property of the service in words. */
export interface Fact {
  /** What it is about, such as `mgc in the primary data center`. */
  readonly what: string;
  readonly inFull: string;
  /** The same in few words, for a line about the whole lab. */
  readonly short: string;
  /** How good it is, where one state is better than another; more is better. */
  readonly worth?: number;
}

const sides = ["primary", "secondary"] as const;

/** What a lab's service can do, in a fixed order. */
export function availabilityOf(resources: readonly RegisteredResource[]): readonly Fact[] {
  const machines = machinesOf(resources);
  return [
    ...databasesOn(machines).flatMap((database) => [
      primarySide(database, machines),
      secondarySide(database, machines),
      ...dataLoss(database, resources, machines),
    ]),
    ...sides.flatMap((side) => chatServers(machines, side)),
    ...fileStore(resources, machines),
    ...roundTrip(resources),
    protection(resources),
  ];
}

/** What the service lacks while some of its machines are made again, and what is gone with them for good. */
export function meanwhileOf(
  resources: readonly RegisteredResource[],
  replaced: readonly string[],
): readonly string[] {
  const machines = machinesOf(resources);
  const isGone = (name: string | undefined) => name !== undefined && replaced.includes(name);
  const chat = machines.filter(({ active }) => active !== undefined);
  const chatLeft = chat.filter(({ name }) => !isGone(name)).length;
  const controllers = machines.filter(({ roles }) => roles.includes("domain-controller"));
  const store = stepOf(resources, "chat-file-store");
  const shares = databasesOn(machines).map((database) =>
    hostOf(parametersOf(stepOf(resources, `${database}-log-shipping-primary`)).BackupShare),
  );
  return [
    ...databasesOn(machines).flatMap((database) => withoutParties(database, machines, isGone)),
    ...(shares.some(isGone) ? ["there is no backup share: backups that were not restored yet are gone"] : []),
    ...(store !== undefined && isGone(text(store.inputs, "vmName"))
      ? ["there is no file store: files that were uploaded are gone"]
      : []),
    ...(chatLeft < chat.length ? [`${chatLeft} of ${chat.length} Persistent Chat servers are up`] : []),
    ...controllers
      .filter(({ name }) => isGone(name))
      .map(({ name }) => `the domain controller ${name} is missing`),
  ];
}

function withoutParties(
  database: Database,
  machines: readonly TaggedMachine[],
  isGone: (name: string | undefined) => boolean,
): readonly string[] {
  const of = (role: Parameters<typeof holder>[2]) => holder(machines, database, role);
  const [server, mirror] = [isGone(of("primary")), isGone(of("mirror"))];
  const byHand = of("witness") === undefined || isGone(of("witness")) ? ", after a failover by hand" : "";
  const serving =
    mirror || of("mirror") === undefined ? "nothing" : `its mirror ${of("mirror")} alone${byHand}`;
  return [
    ...(server ? [`${database} is served by ${serving}`] : []),
    ...(mirror && !server ? [`${database} has no mirror`] : []),
    ...(isGone(of("witness")) && !server && !mirror ? [`${database} fails over by hand only`] : []),
    ...(isGone(of("secondary")) ? [`no log of ${database} is shipped to the other data center`] : []),
    ...(isGone(of("secondary-mirror")) ? [`${database} would have no mirror in the other data center`] : []),
  ];
}

/** A guest step of which a lab has one at most. */
const stepOf = (resources: readonly RegisteredResource[], name: string) =>
  resources.find(({ type, inputs }) => type === tokens.runCommand && inputs.runCommandName === name);

/** Neither better nor worse by itself: what is far depends on the link profile, which a rule looks at. */
function roundTrip(resources: readonly RegisteredResource[]): readonly Fact[] {
  const [one, other] = sides.map((side) =>
    resources.find(({ type, inputs }) => type === tokens.machine && text(inputs, "tags.dataCenter") === side),
  );
  if (one === undefined || other === undefined) return [];
  const regions = [text(one.inputs, "location"), text(other.inputs, "location")] as const;
  const ms = roundTripMs(...regions);
  const told = ms === undefined ? "unknown" : `about ${ms} ms`;
  return [
    {
      what: "round trip between the data centers",
      inFull: `${told}, ${regions.join(" and ")}`,
      short: told,
      worth: 0,
    },
  ];
}

function primarySide(database: Database, machines: readonly TaggedMachine[]): Fact {
  const [server, mirror, witness] = (["primary", "mirror", "witness"] as const).map((role) =>
    holder(machines, database, role),
  );
  const failover =
    witness === undefined ? "no witness: failover by hand" : `witness ${witness}: automatic failover`;
  return {
    what: `${database} in the primary data center`,
    inFull: mirror === undefined ? `${server}, no mirror` : `${server} mirrored to ${mirror}, ${failover}`,
    short:
      mirror === undefined ? "no mirror" : witness === undefined ? "failover by hand" : "automatic failover",
    worth: mirror === undefined ? 0 : witness === undefined ? 1 : 2,
  };
}

function secondarySide(database: Database, machines: readonly TaggedMachine[]): Fact {
  const [server, mirror, witness] = (["secondary", "secondary-mirror", "secondary-witness"] as const).map(
    (role) => holder(machines, database, role),
  );
  return {
    what: `${database} in the secondary data center`,
    inFull:
      mirror === undefined
        ? `${server}, alone after a disaster`
        : `${server}, mirror ${mirror} ready, ${witness === undefined ? "no witness" : `witness ${witness}`}`,
    short:
      mirror === undefined
        ? "no mirror"
        : witness === undefined
          ? "mirror without witness"
          : "mirror and witness",
    worth: mirror === undefined ? 0 : witness === undefined ? 1 : 2,
  };
}

/** The worst case is what was not shipped yet, twice that where the share with the backups is lost too [inferred]. */
function dataLoss(
  database: Database,
  resources: readonly RegisteredResource[],
  machines: readonly TaggedMachine[],
): readonly Fact[] {
  const given = parametersOf(stepOf(resources, `${database}-log-shipping-primary`));
  const interval = Number(given.IntervalMinutes);
  const host = hostOf(given.BackupShare);
  const place = machines.find(({ name }) => name === host)?.dataCenter;
  if (!Number.isFinite(interval) || place === undefined) return [];
  const minutes = place === "secondary" ? interval : 2 * interval;
  return [
    {
      what: `worst-case data loss of ${database}`,
      inFull: `${minutes} min, the backup share in the ${place} data center`,
      short: `${minutes} min`,
      worth: -minutes,
    },
  ];
}

/** The machine that a path of a share names. */
const hostOf = (share = ""): string | undefined => /^\\\\([^.\\]+)/.exec(share)?.[1]?.toUpperCase();

/** What of the pool stands in a data center, and how much of it that carries alone. */
function chatServers(machines: readonly TaggedMachine[], side: (typeof sides)[number]): readonly Fact[] {
  const servers = machines.filter(({ active }) => active !== undefined);
  const here = servers.filter(({ dataCenter }) => dataCenter === side);
  const [active, activeHere] = [servers, here].map((list) => list.filter((one) => one.active).length) as [
    number,
    number,
  ];
  const alone = Math.min(here.length, active);
  const told = `${activeHere} active, ${here.length - activeHere} idle`;
  const carried = `${alone} of ${active} active`;
  return [
    { what: `Persistent Chat in the ${side} data center`, inFull: told, short: told, worth: here.length },
    {
      what: `Persistent Chat with the ${side} data center alone`,
      inFull: carried,
      short: carried,
      worth: alone - active,
    },
  ];
}

function fileStore(
  resources: readonly RegisteredResource[],
  machines: readonly TaggedMachine[],
): readonly Fact[] {
  const host = stepOf(resources, "chat-file-store")?.inputs.vmName;
  const place = machines.find(({ name }) => name === host)?.dataCenter;
  return place === undefined
    ? []
    : [
        {
          what: "file store",
          inFull: `lost with the ${place} data center`,
          short: place,
          worth: place === "secondary" ? 1 : 0,
        },
      ];
}

function protection(resources: readonly RegisteredResource[]): Fact {
  const kept = resources.filter(({ type, protect }) => type === tokens.machine && protect).length;
  return { what: "machines protected from deletion", inFull: String(kept), short: String(kept), worth: kept };
}

function parametersOf(step: RegisteredResource | undefined): Readonly<Record<string, string>> {
  const list = (step?.inputs.parameters ?? []) as readonly { name: string; value: string }[];
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}
