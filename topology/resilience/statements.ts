import type { Act } from "./act";
import type { Happening } from "./happening";
import { behindOfSecondary, isOnline, isShipped, principalOf } from "./reactions";
import type { Side } from "./site";
import { conditionOf, everyPlace, isUp, type Place, type State, type Subject } from "./state";

/* What holds in every state that a database can come into, and what must happen in some, or the model is none of anything. */

/** The least that must be missing in what can still be had without giving anything up, in intervals; 4 where nothing is left. */
function best(subject: Subject, state: State): number {
  const left = everyPlace.map((place) => {
    const { kind, behind } = state.copies[place];
    const isGivenUp = conditionOf(subject, state, subject.hosts[place]) === "f";
    if (kind === "principal") return isGivenUp ? 4 : 0;
    if (kind === "mirror") return isGivenUp ? 4 : behind;
    if (kind === "standby") return behindOfSecondary(subject, state);
    return kind === "none" ? 4 : 3;
  });
  return Math.min(...left);
}

export interface Edge {
  readonly before: State;
  readonly after: State;
  readonly move: Act | Happening;
  /** With how few failures the state before is reached. */
  readonly failures: number;
  /** The failure that came first on the way there, and the data center whose session was synchronised just before it. */
  readonly first: FirstFailure | undefined;
}

export interface FirstFailure {
  readonly id: string;
  readonly synchronised: Side | undefined;
}

type Always =
  | { readonly id: string; readonly state: (subject: Subject, state: State) => boolean }
  | { readonly id: string; readonly edge: (subject: Subject, edge: Edge) => boolean };

/** Whether people do it. */
const isAct = (move: Act | Happening): move is Act => move.kind === "act";

/** Hosts on which an act makes a copy the one that everything goes on from. */
function newPrincipal({ before, after }: Edge): Place | undefined {
  const now = principalOf(after);
  return now === principalOf(before) ? undefined : now;
}

export const always: readonly Always[] = [
  {
    id: "at most one instance serves a database for writing",
    state: (subject, state) => everyPlace.filter((place) => isOnline(subject, state, place)).length <= 1,
  },
  {
    id: "no act deletes the last good copy",
    edge: (subject, { before, after, move }) =>
      !isAct(move) ||
      move.name === "fence" ||
      // What an act that gives something up loses is accounted for; what is left must be as good as what it promises.
      best(subject, after) <= Math.max(0, best(subject, before) - (move.loses?.(before) ?? 0)) ||
      best(subject, after) <= best(subject, before),
  },
  {
    id: "an act gives up no more than it must",
    edge: (subject, { before, move }) =>
      !isAct(move) || move.loses === undefined || move.loses(before) <= best(subject, before),
  },
  {
    id: "nothing acknowledged is lost by one failure of a synchronised session, unless its whole data center fails",
    edge: (_, { before, move, failures, first }) =>
      !isAct(move) ||
      failures !== 1 ||
      (move.loses?.(before) ?? 0) === 0 ||
      first?.synchronised === undefined ||
      [`out:${first.synchronised}`, `lost:${first.synchronised}`].includes(first.id),
  },
  {
    id: "a mirror that lacks anything never takes over by itself",
    edge: (_, edge) => {
      const place = newPrincipal(edge);
      return isAct(edge.move) || place === undefined || edge.before.copies[place].behind === 0;
    },
  },
  {
    id: "nothing that people are told to do needs what is down",
    edge: (subject, edge) => {
      if (!isAct(edge.move)) return true;
      const { on, name } = edge.move;
      const place = newPrincipal(edge);
      const starts = name === "use-old-copy" || name === "bring-back";
      const hosts = [...on, ...(place === undefined || starts ? [] : [subject.hosts[place]])];
      return hosts.every((host) => isUp(subject, edge.before, host));
    },
  },
  {
    id: "a database that serves is not taken away by what people do to mend something",
    edge: (subject, { before, after, move }) =>
      !isAct(move) ||
      !everyPlace.some((place) => isOnline(subject, before, place)) ||
      everyPlace.some((place) => isOnline(subject, after, place)),
  },
  {
    id: "what restores shipped logs has no gap that nobody knows of",
    state: (_, state) => !state.gap || isShipped(state),
  },
];

interface Sometimes {
  readonly id: string;
  /** With how few failures. */
  readonly failures: number;
  /** Whether it takes a witness. */
  readonly witness?: true;
  readonly edge: (subject: Subject, edge: Edge) => boolean;
}

export const sometimes: readonly Sometimes[] = [
  {
    id: "a mirror takes over by itself",
    failures: 1,
    witness: true,
    edge: (_, edge) => !isAct(edge.move) && newPrincipal(edge) !== undefined,
  },
  {
    id: "a principal that is up does not serve, for want of quorum",
    failures: 2,
    witness: true,
    edge: (subject, { after }) => {
      const place = principalOf(after);
      return (
        place !== undefined && isUp(subject, after, subject.hosts[place]) && !isOnline(subject, after, place)
      );
    },
  },
  {
    id: "minutes of acknowledged messages are lost",
    failures: 1,
    edge: (_, { before, move }) => isAct(move) && [1, 2].includes(move.loses?.(before) ?? 0),
  },
  {
    id: "the chain of logs gets a gap",
    failures: 1,
    edge: (_, { before, after }) => !before.gap && after.gap,
  },
  { id: "a log fills its disk", failures: 1, edge: (_, { after }) => after.full },
  {
    id: "the other data center serves",
    failures: 0,
    edge: (subject, { after }) =>
      ([2, 3] as const).some(
        (place) => after.copies[place].kind === "principal" && isOnline(subject, after, place),
      ),
  },
  { id: "a data center is out", failures: 1, edge: (_, { after }) => after.out[0] || after.out[1] },
];
