import { type Act, isGivenUp, isServed, restingShipping } from "./act";
import { behindOfSecondary, hasDirectory, isShipped, principalOf, reachesShare, servedAt } from "./reactions";
import type { Side } from "./site";
import {
  type Copy,
  copyOf,
  isUp,
  type Job,
  type Place,
  type State,
  type Subject,
  sideOf,
  withCopies,
} from "./state";

/** What becomes of the primary data center's copies when the other one takes over. */
function leftBehind(state: State, principal: Copy): Partial<Record<Place, Copy>> {
  const left = (place: Place) => {
    const { kind } = state.copies[place];
    return kind === "principal" ? principal : kind === "mirror" ? copyOf("kept") : state.copies[place];
  };
  return { 0: left(0), 1: left(1) };
}

/** Acts between the data centers. */
export function dataCenterActs(subject: Subject): readonly Act[] {
  const { name: database, sessions, backupHost } = subject.database;
  const secondary = sessions.secondary.server;
  const primary = sessions.primary.server;
  const servedIn = (state: State, side: Side) => {
    const place = servedAt(subject, state);
    return place !== undefined && sideOf(place) === side;
  };
  /** Nobody plans a move while something is broken. */
  const isCalm = (state: State) =>
    !/[sf]/.test(state.machines) && state.link === "up" && !state.suspended && state.backedUp === 1;
  const canShip = (state: State) =>
    isUp(subject, state, secondary) &&
    reachesShare(subject, state, "primary") &&
    reachesShare(subject, state, "secondary");
  return [
    {
      id: "fail-over-to-secondary",
      name: "fail-over-to-secondary",
      title: `restore what was shipped of ${database}, and recover it on ${secondary}`,
      kind: "act",
      on: [secondary],
      minutes: 15,
      loses: (state) => behindOfSecondary(subject, state),
      from: (state) => {
        const isFree = ([0, 1] as const).every((place) => isGivenUp(subject, state, place));
        if (!isFree || !isShipped(state) || principalOf(state) === 2 || isServed(subject, state))
          return undefined;
        if (!isUp(subject, state, secondary) || !hasDirectory(subject, state, "secondary")) return undefined;
        return {
          ...withCopies(state, { ...leftBehind(state, copyOf("former")), 2: copyOf("principal") }),
          ...restingShipping,
          suspended: false,
          full: false,
        };
      },
    },
    {
      id: "planned-move",
      name: "planned-move",
      title: `move ${database} to ${secondary} with the tail of its log`,
      kind: "act",
      on: [secondary, backupHost],
      minutes: 20,
      undo: "fail-back",
      from: (state) =>
        servedIn(state, "primary") && isShipped(state) && !state.gap && canShip(state) && isCalm(state)
          ? {
              ...withCopies(state, { ...leftBehind(state, copyOf("kept")), 2: copyOf("principal") }),
              ...restingShipping,
              witnessed: [false, state.witnessed[1]],
              suspended: false,
            }
          : undefined,
    },
    {
      id: "fail-back",
      name: "fail-back",
      title: `move ${database} back to ${primary} with a backup and the tail of its log`,
      kind: "act",
      on: [primary, backupHost],
      minutes: 30,
      undo: "planned-move",
      from: (state) => {
        const isClean = ([0, 1] as const).every((place) =>
          ["none", "kept"].includes(state.copies[place].kind),
        );
        const isReady = isClean && isUp(subject, state, primary) && reachesShare(subject, state, "primary");
        return isReady && servedIn(state, "secondary") && reachesShare(subject, state, "secondary")
          ? {
              ...withCopies(state, { 0: copyOf("principal"), 2: copyOf("kept"), 3: copyOf("none") }),
              ...restingShipping,
              witnessed: [false, false],
              suspended: false,
            }
          : undefined;
      },
    },
    {
      id: "reseed-secondary",
      name: "reseed-secondary",
      title: `ship the logs of ${database} anew, from a full backup`,
      kind: "act",
      on: [secondary, backupHost],
      minutes: 20,
      from: (state) =>
        servedIn(state, "primary") && canShip(state) && (!isShipped(state) || state.gap)
          ? { ...withCopies(state, { 2: copyOf("standby"), 3: copyOf("none") }), ...restingShipping }
          : undefined,
    },
  ];
}

/** Acts on the jobs that ship logs. */
export function jobActs(subject: Subject): readonly Act[] {
  const { name: database, sessions } = subject.database;
  const secondary = sessions.secondary.server;
  const isServedHere = (state: State) => {
    const place = servedAt(subject, state);
    return place !== undefined && sideOf(place) === "primary";
  };
  return (["backup", "copy", "restore"] as const).map((job: Job): Act => {
    const side = job === "backup" ? "primary" : "secondary";
    return {
      id: `start-job:${job}`,
      name: "start-job",
      title: `start the ${job} job of ${database} again`,
      kind: "act",
      on: job === "backup" ? [] : [secondary],
      minutes: 1,
      from: (state) => {
        const isThere = job === "backup" ? isServedHere(state) : isUp(subject, state, secondary);
        return state.stopped[job] && isThere && hasDirectory(subject, state, side)
          ? { ...state, stopped: { ...state.stopped, [job]: false } }
          : undefined;
      },
    };
  });
}
