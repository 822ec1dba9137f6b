import { type Edge, isAct, newPrincipal } from "./edge";
import { behindOfSecondary, isOnline, isShipped, principalOf, servedAt } from "./reactions";
import {
  conditionOf,
  everyPlace,
  isUp,
  keyOf,
  partnerOf,
  resting,
  type State,
  type Subject,
  sessionOf,
  sideIndex,
  sideOf,
} from "./state";

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

type Always =
  | { readonly id: string; readonly state: (subject: Subject, state: State) => boolean }
  | { readonly id: string; readonly edge: (subject: Subject, edge: Edge) => boolean };

/** What holds in every state that a database can come into, and for every move between two. */
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
    id: "a mirror takes over by itself only together with its witness",
    edge: (subject, edge) => {
      const place = newPrincipal(edge);
      if (isAct(edge.move) || place === undefined) return true;
      return isUp(subject, edge.before, sessionOf(subject, sideOf(place)).witness);
    },
  },
  {
    id: "of a session with a witness two parties serve, and never one",
    state: (subject, state) => {
      const place = principalOf(state);
      if (place === undefined || !isUp(subject, state, subject.hosts[place])) return true;
      const side = sideOf(place);
      if (!state.witnessed[sideIndex(side)]) return true;
      const partner = partnerOf(place);
      const isInSession = ["mirror", "kept"].includes(state.copies[partner].kind);
      const others = [
        isInSession && isUp(subject, state, subject.hosts[partner]),
        isUp(subject, state, sessionOf(subject, side).witness),
      ];
      return others.includes(true) === isOnline(subject, state, place);
    },
  },
  {
    id: "what is written without the mirror is not on it",
    state: (subject, state) => {
      const place = servedAt(subject, state);
      if (place === undefined) return true;
      const partner = partnerOf(place);
      const { kind, behind } = state.copies[partner];
      const isReached = isUp(subject, state, subject.hosts[partner]) && !state.suspended;
      return kind !== "mirror" || isReached || behind > 0;
    },
  },
  {
    id: "logs are backed up only to a share that is reached",
    edge: (subject, { before, after, move }) => {
      const place = servedAt(subject, before);
      const isWritten = place !== undefined && sideOf(place) === "primary";
      const isBackedUp = move.id === "interval" && isWritten && after.backedUp === 1;
      const { machines } = subject.site;
      const { backupHost, sessions } = subject.database;
      const isNear = machines[backupHost] === machines[sessions.primary.server];
      const isLinked = before.link === "up" || before.link === "secondary cannot call";
      return !isBackedUp || (isUp(subject, before, backupHost) && (isNear || isLinked));
    },
  },
  {
    id: "a lab at rest stays as it is, whatever time passes",
    edge: (subject, { before, after, move }) =>
      move.kind !== "itself" || keyOf(before) !== keyOf(resting(subject)) || keyOf(after) === keyOf(before),
  },
  {
    id: "what is lost with its disks holds nothing any more, and backups that were not copied are missing in the chain",
    edge: (subject, { before, after, move }) => {
      const lost = everyPlace.filter((place) => move.id === `lost:${subject.hosts[place]}`);
      const losesBackups =
        move.id === `lost:${subject.database.backupHost}` && isShipped(after) && before.copied > 1;
      return lost.every((place) => after.copies[place].kind === "none") && (!losesBackups || after.gap);
    },
  },
  {
    id: "what people give up stays down until they start it",
    edge: (subject, { after, move }) =>
      !isAct(move) || move.name !== "fence" || conditionOf(subject, after, move.id.split(":").at(-1)) === "f",
  },
  {
    id: "no act takes a mirror away that is in step, but a move to the other data center",
    edge: (subject, { before, after, move }) => {
      if (!isAct(move) || ["planned-move", "fail-back"].includes(move.name)) return true;
      const place = servedAt(subject, before);
      if (place === undefined) return true;
      const partner = partnerOf(place);
      const { kind, behind } = before.copies[partner];
      const isInStep = kind === "mirror" && behind === 0 && isUp(subject, before, subject.hosts[partner]);
      return !isInStep || everyPlace.some((one) => after.copies[one].kind === "mirror");
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
