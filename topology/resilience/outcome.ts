import type { Act } from "./act";
import { actsOf } from "./acts";
import { withoutDataCenter, withoutMachine } from "./breakdowns";
import type { Failing } from "./failing";
import { isOnline, isShipped, principalOf, reachesShare, servedAt, settled } from "./reactions";
import type { Side } from "./site";
import {
  type Behind,
  isUp,
  keyOf,
  partnerOf,
  resting,
  type State,
  type Subject,
  sessionOf,
  sideIndex,
  sideOf,
  withCondition,
} from "./state";

/* How a failure ends for one database: what goes on by itself, and what people do until it is served again. */

/** For the worst that a failure may be: a machine is lost with its disks, a data center with all of them. */
export function after(subject: Subject, state: State, failing: Failing): State {
  switch (failing.kind) {
    case "machine":
      return subject.indexOf.has(failing.name)
        ? settled(
            subject,
            state,
            failing.keepsDisks
              ? withCondition(subject, state, failing.name, "s")
              : withoutMachine(subject, state, failing.name),
          )
        : state;
    case "zone": {
      const here = failing.machines.filter((name) => subject.indexOf.has(name));
      return settled(
        subject,
        state,
        here.reduce((next, name) => withoutMachine(subject, next, name), state),
      );
    }
    case "data center":
      return withoutDataCenter(subject, state, failing.side);
    case "link":
      return { ...state, link: "cut" };
    case "share":
      return failing.id === subject.site.backupShare?.id
        ? settled(subject, state, withoutMachine(subject, state, failing.host))
        : state;
  }
}

export interface Outcome {
  /** Whether it is served without anybody's doing, after people's acts, or not at all. */
  readonly served: "by itself" | "by hand" | "no";
  /** Where it is served then. */
  readonly side?: Side;
  readonly host?: string;
  /** Whether it moved to its mirror by itself. */
  readonly failedOver: boolean;
  readonly acts: readonly Act[];
  /** What of the acknowledged is lost at most. */
  readonly lost: Behind;
  /** The state in which it is served, or stays down. */
  readonly state: State;
}

/** The acts until a database is served, with the least loss and then in the shortest time; nothing where none lead there. */
function wayToService(
  subject: Subject,
  start: State,
  acts: readonly Act[],
): { readonly state: State; readonly acts: readonly Act[]; readonly lost: Behind } | undefined {
  interface Way {
    readonly state: State;
    readonly acts: readonly Act[];
    readonly lost: Behind;
    readonly minutes: number;
  }
  const isBefore = (one: Way, other: Way) =>
    one.lost !== other.lost ? one.lost < other.lost : one.minutes < other.minutes;
  const seen = new Set<string>();
  const open: Way[] = [{ state: start, acts: [], lost: 0, minutes: 0 }];
  while (open.length > 0) {
    const best = open.reduce((one, other) => (isBefore(other, one) ? other : one));
    open.splice(open.indexOf(best), 1);
    const key = keyOf(best.state);
    if (seen.has(key)) continue;
    seen.add(key);
    if (servedAt(subject, best.state) !== undefined) return best;
    for (const act of acts) {
      const state = act.from(best.state);
      if (state !== undefined)
        open.push({
          state,
          acts: [...best.acts, act],
          lost: Math.max(best.lost, act.loses?.(best.state) ?? 0) as Behind,
          minutes: best.minutes + act.minutes,
        });
    }
  }
  return undefined;
}

/** What a database is in after failures, one after the other without anything between them. */
export const afterAll = (subject: Subject, rest: State, failing: readonly Failing[]): State =>
  failing.reduce((state, one) => after(subject, state, one), rest);

/** How failures end, one after the other without anything between them. */
export const outcomeOf = (subject: Subject, failing: readonly Failing[]): Outcome =>
  outcomeFrom(subject, afterAll(subject, resting(subject), failing), actsOf(subject), resting(subject));

/** How it ends from a state that failures led to. */
export function outcomeFrom(subject: Subject, state: State, acts: readonly Act[], rest: State): Outcome {
  const place = servedAt(subject, state);
  const told = (served: Outcome["served"], now: State, rest_: Pick<Outcome, "acts" | "lost">): Outcome => {
    const at = servedAt(subject, now);
    return {
      served,
      ...(at === undefined ? {} : { side: sideOf(at), host: subject.hosts[at] as string }),
      failedOver: served === "by itself" && at !== principalOf(rest),
      state: now,
      ...rest_,
    };
  };
  if (place !== undefined) return told("by itself", state, { acts: [], lost: 0 });
  const way = wayToService(subject, state, acts);
  return way === undefined
    ? told("no", state, { acts: [], lost: 3 })
    : told("by hand", way.state, { acts: way.acts, lost: way.lost });
}

/** Whether nothing is left of a database. */
export const isGone = ({ copies }: State): boolean => copies.every(({ kind }) => kind === "none");

/** What a database lacks in a state, of what its lab gives it at rest. */
export function missing(subject: Subject, state: State): readonly string[] {
  const { name, sessions } = subject.database;
  const place = servedAt(subject, state);
  if (place === undefined) return [];
  const side = sideOf(place);
  const { mirror, witness } = sessionOf(subject, side);
  const next = sessions.secondary;
  const isGone = (machine: string | undefined) => machine !== undefined && !isUp(subject, state, machine);
  /** What stands ready for a disaster matters as long as there is something to go on from. */
  const isAhead = side === "primary" && isUp(subject, state, next.server);
  const copy = state.copies[partnerOf(place)];
  const isMirrored =
    copy.kind === "mirror" && isUp(subject, state, subject.hosts[partnerOf(place)]) && !state.suspended;
  const isWatched =
    witness !== undefined && state.witnessed[sideIndex(side)] && isUp(subject, state, witness);
  const isShipping =
    side === "primary" &&
    isShipped(state) &&
    !state.gap &&
    isUp(subject, state, sessions.secondary.server) &&
    reachesShare(subject, state, "primary") &&
    reachesShare(subject, state, "secondary");
  return [
    ...(isMirrored
      ? []
      : [
          mirror === undefined
            ? `${name} has one server only`
            : `${name} has no mirror until it is made anew`,
        ]),
    ...(isMirrored && witness !== undefined && !isWatched ? [`${name} fails over by hand only`] : []),
    ...(isAhead && isGone(next.mirror) ? [`${name} would have no mirror in the secondary data center`] : []),
    ...(isAhead && isGone(next.witness) && next.mirror !== undefined
      ? [`${name} would have no witness in the secondary data center`]
      : []),
    ...(side === "secondary" && subject.site.servedFrom === "primary"
      ? [`${name} has no copy in the primary data center`]
      : []),
    ...(side === "primary" && !isShipping
      ? [
          isShipped(state) && isUp(subject, state, sessions.secondary.server)
            ? `no log of ${name} reaches the secondary data center`
            : `${name} has no copy in the secondary data center`,
        ]
      : []),
  ];
}

/** Whether a principal is up and may not serve, for want of quorum. */
export function lacksQuorum(subject: Subject, state: State): boolean {
  const place = principalOf(state);
  return (
    place !== undefined && isUp(subject, state, subject.hosts[place]) && !isOnline(subject, state, place)
  );
}
