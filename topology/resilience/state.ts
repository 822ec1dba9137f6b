import { bothSides, type Session, type ShippedDatabase, type Side, type Site } from "./site";

/*
 * What a database's servers are in at one moment. Only the machines that a database needs are in it: what the pool's servers do follows
 * from where the database is served (service.ts).
 */

/**
 * `u` up, `s` stopped, `f` stopped by people so that it does not come back by itself. A machine that is lost with its disks is a stopped one
 * without a copy: it comes back empty, whoever makes it again.
 */
export type Condition = "u" | "s" | "f";

/** What a copy of the database is. */
export type Kind =
  /** Online: the principal of its session, or alone. */
  | "principal"
  /** Restoring what its principal sends. */
  | "mirror"
  /** Restoring shipped logs. */
  | "standby"
  /** A principal of before a failover to the other data center: it serves again as soon as it may, with a history of its own. */
  | "former"
  /** Offline, and older than what is served: of use when there is nothing else. */
  | "kept"
  /** Nothing, or nothing of use. */
  | "none";

/** Intervals of log shipping that something may be behind: nothing, one, two, or nobody knows how many. */
export type Behind = 0 | 1 | 2 | 3;

export interface Copy {
  readonly kind: Kind;
  /** How much of what was acknowledged is missing in it. */
  readonly behind: Behind;
}

/** Where a copy is: the server and the mirror of the primary data center, then those of the secondary one. */
export type Place = 0 | 1 | 2 | 3;

export type Link = "up" | "cut" | "primary cannot call" | "secondary cannot call";

/** A job of log shipping that somebody stopped, or that fails for good. */
export type Job = "backup" | "copy" | "restore";

export interface State {
  /** A letter for each machine, in the order of the model's machines. */
  readonly machines: string;
  /** Whether each data center is out as a whole, so that nothing in it is up, or can be started; the primary one first. */
  readonly out: readonly [boolean, boolean];
  readonly link: Link;
  readonly copies: readonly [Copy, Copy, Copy, Copy];
  /** Whether the session of each data center has a witness set. */
  readonly witnessed: readonly [boolean, boolean];
  /** Whether the session of the data center that serves is suspended. */
  readonly suspended: boolean;
  readonly stopped: Readonly<Record<Job, boolean>>;
  /** What the newest log backup on the share lacks. */
  readonly backedUp: Behind;
  /** What the newest log backup on the secondary lacks. */
  readonly copied: Behind;
  /** Whether a log backup is missing in the chain that the secondary has. */
  readonly gap: boolean;
  /** Whether the log has filled its disk: nothing can be written. */
  readonly full: boolean;
}

/** One database of a site, with what is looked up all the time. */
export interface Subject {
  readonly site: Site;
  readonly database: ShippedDatabase;
  /** The machines that it needs, in the order of the letters. */
  readonly machines: readonly string[];
  /** The machine of each place; absent where the lab has none. */
  readonly hosts: readonly [string, string | undefined, string, string | undefined];
  readonly indexOf: ReadonlyMap<string, number>;
}

export function subjectOf(site: Site, database: ShippedDatabase): Subject {
  const { primary, secondary } = database.sessions;
  const names = bothSides.flatMap((side) => {
    const { server, mirror, witness } = database.sessions[side];
    return [server, mirror, witness].filter((name) => name !== undefined);
  });
  const machines = [...new Set([...names, database.backupHost, ...site.controllers])];
  return {
    site,
    database,
    machines,
    hosts: [primary.server, primary.mirror, secondary.server, secondary.mirror],
    indexOf: new Map(machines.map((name, index) => [name, index])),
  };
}

export const sideOf = (place: Place): Side => (place < 2 ? "primary" : "secondary");
export const sideIndex = (side: Side): 0 | 1 => (side === "primary" ? 0 : 1);
export const partnerOf = (place: Place): Place => (place ^ 1) as Place;
export const placesOf = (side: Side): readonly [Place, Place] => (side === "primary" ? [0, 1] : [2, 3]);
export const everyPlace: readonly Place[] = [0, 1, 2, 3];

export const sessionOf = ({ database }: Subject, side: Side): Session => database.sessions[side];

/** How a machine is; one that the lab does not have counts as stopped. */
export function conditionOf({ indexOf }: Subject, state: State, machine: string | undefined): Condition {
  const index = machine === undefined ? undefined : indexOf.get(machine);
  return index === undefined ? "s" : (state.machines[index] as Condition);
}

/** Whether a machine runs. */
export const isUp = (subject: Subject, state: State, machine: string | undefined): boolean =>
  conditionOf(subject, state, machine) === "u" && !isOut(subject, state, machine);

/** Whether a machine's data center is out. */
export const isOut = ({ site }: Subject, state: State, machine: string | undefined): boolean =>
  state.out[sideIndex(site.machines[machine ?? ""] ?? "primary")];

export function withCondition(
  { indexOf }: Subject,
  state: State,
  machine: string,
  condition: Condition,
): State {
  const index = indexOf.get(machine) ?? -1;
  if (index < 0 || state.machines[index] === condition) return state;
  return {
    ...state,
    machines: state.machines.slice(0, index) + condition + state.machines.slice(index + 1),
  };
}

const kinds: readonly Kind[] = ["principal", "mirror", "standby", "former", "kept", "none"];

/** Every copy there can be, once: states share them. */
const copies = new Map<Kind, readonly Copy[]>(
  kinds.map((kind) => [kind, ([0, 1, 2, 3] as const).map((behind) => ({ kind, behind }))]),
);

export const copyOf = (kind: Kind, behind: Behind = 0): Copy => copies.get(kind)?.[behind] as Copy;

export function withCopies(state: State, changed: Readonly<Partial<Record<Place, Copy>>>): State {
  const next = everyPlace.map((place) => changed[place] ?? state.copies[place]);
  return { ...state, copies: next as unknown as State["copies"] };
}

/** One more interval, up to where nobody counts. */
export const more = (behind: Behind, by = 1): Behind => Math.min(3, behind + by) as Behind;

export const noJobStopped: State["stopped"] = { backup: false, copy: false, restore: false };

/**
 * A lab with everything up and nothing left to do: mirrored and shipped, or where the secondary data center serves mirrored there, with
 * nothing of use in the other one.
 */
export function restingIn(subject: Subject, side: Side): State {
  const isAway = side === "secondary";
  const { mirror, witness } = subject.database.sessions[side];
  const session = [copyOf("principal"), copyOf(mirror === undefined ? "none" : "mirror")] as const;
  const isWitnessed = witness !== undefined && mirror !== undefined;
  return {
    machines: "u".repeat(subject.machines.length),
    out: [false, false],
    link: "up",
    copies: isAway
      ? [copyOf("none"), copyOf("none"), ...session]
      : [...session, copyOf("standby"), copyOf("none")],
    witnessed: isAway ? [false, isWitnessed] : [isWitnessed, false],
    suspended: false,
    stopped: noJobStopped,
    // Just before the next run of each job: the worst moment.
    backedUp: 1,
    copied: 2,
    gap: false,
    full: false,
  };
}

/** The lab as it is when nothing has happened. */
export const resting = (subject: Subject): State => restingIn(subject, subject.site.servedFrom);

const letterOf: Readonly<Record<Kind, string>> = {
  principal: "P",
  mirror: "m",
  standby: "s",
  former: "f",
  kept: "k",
  none: "-",
};

/** Equal for equal states, and for no others. */
export function keyOf(state: State): string {
  const { copies: four, out, witnessed, stopped } = state;
  const bits =
    (out[0] ? 1 : 0) |
    (out[1] ? 2 : 0) |
    (witnessed[0] ? 4 : 0) |
    (witnessed[1] ? 8 : 0) |
    (state.suspended ? 16 : 0) |
    (stopped.backup ? 32 : 0) |
    (stopped.copy ? 64 : 0) |
    (stopped.restore ? 128 : 0) |
    (state.gap ? 256 : 0) |
    (state.full ? 512 : 0) |
    (state.backedUp << 10) |
    (state.copied << 12);
  let copied = "";
  for (const { kind, behind } of four) copied += letterOf[kind] + behind;
  return `${state.machines}${copied}${state.link[0]}${bits.toString(36)}`;
}
