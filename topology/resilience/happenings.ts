import { withOut, withoutDataCenter, withoutMachine } from "./breakdowns";
import type { Happening } from "./happening";
import { hasDirectory, principalOf, settled } from "./reactions";
import { shippingMoves } from "./shippingHappenings";
import { bothSides, otherSide, type Side } from "./site";
import {
  conditionOf,
  isOut,
  isUp,
  type Link,
  type State,
  type Subject,
  sideIndex,
  sideOf,
  withCondition,
} from "./state";

/* What breaks, and what goes on without anybody. */

const dataCenter = (side: Side) => `the ${side} data center`;

const returns = (subject: Subject, machine: string): Happening => ({
  id: `returns:${machine}`,
  title: `${machine} comes back`,
  kind: "itself",
  from: (state) =>
    conditionOf(subject, state, machine) === "s" && !isOut(subject, state, machine)
      ? settled(subject, state, withCondition(subject, state, machine, "u"))
      : undefined,
});

function machineMoves(subject: Subject, machine: string): readonly Happening[] {
  const hasDisks = machine === subject.database.backupHost || subject.hosts.some((host) => host === machine);
  const { primary, secondary } = subject.database.sessions;
  /**
   * A machine that has nothing to do where the database is served now fails as well later, just after it has: to let it do so earlier
   * would only add states.
   */
  const isIdle = (state: State) => {
    const place = principalOf(state);
    if (place === undefined) return false;
    return sideOf(place) === "primary"
      ? machine === secondary.mirror || machine === secondary.witness
      : machine === primary.witness;
  };
  return [
    {
      id: `stops:${machine}`,
      title: `${machine} stops`,
      kind: "failure",
      from: (state) =>
        isUp(subject, state, machine) && !isIdle(state)
          ? settled(subject, state, withCondition(subject, state, machine, "s"))
          : undefined,
    },
    // Without a database or a share on it there is no difference.
    ...(hasDisks
      ? ([
          {
            id: `lost:${machine}`,
            title: `${machine} is lost with its disks`,
            kind: "failure",
            from: (state) =>
              isIdle(state) ? undefined : settled(subject, state, withoutMachine(subject, state, machine)),
          },
        ] satisfies Happening[])
      : []),
    returns(subject, machine),
  ];
}

function dataCenterMoves(subject: Subject, side: Side): readonly Happening[] {
  const whole = (state: State) => !state.out[sideIndex(side)];
  return [
    {
      id: `out:${side}`,
      title: `${dataCenter(side)} is out`,
      kind: "failure",
      from: (state) => (whole(state) ? settled(subject, state, withOut(state, side, true)) : undefined),
    },
    {
      id: `lost:${side}`,
      title: `${dataCenter(side)} is lost with its disks`,
      kind: "failure",
      from: (state) => (whole(state) ? withoutDataCenter(subject, state, side) : undefined),
    },
    {
      id: `returns:${side}`,
      title: `${dataCenter(side)} is there again`,
      kind: "itself",
      from: (state) => (whole(state) ? undefined : settled(subject, state, withOut(state, side, false))),
    },
  ];
}

/** The link is cut, or only in the direction in which the backup share is called: the other direction carries nothing that a database needs. */
function linkMoves({ site, database }: Subject): readonly Happening[] {
  const there = site.machines[database.backupHost] ?? "secondary";
  const cuts: readonly { readonly id: string; readonly title: string; readonly link: Link }[] = [
    { id: "cut", title: "the link between the data centers is cut", link: "cut" },
    {
      id: "cut:one-way",
      title: `machines in ${dataCenter(otherSide(there))} cannot call the other one`,
      link: `${otherSide(there)} cannot call`,
    },
  ];
  return [
    ...cuts.map(
      ({ id, title, link }): Happening => ({
        id,
        title,
        kind: "failure",
        from: (state) => (state.link === "up" ? { ...state, link } : undefined),
      }),
    ),
    {
      id: "returns:link",
      title: "the link between the data centers is there again",
      kind: "itself",
      from: (state) => (state.link === "up" ? undefined : { ...state, link: "up" }),
    },
  ];
}

/**
 * The domain controllers of both data centers fail together, or one on which a data center depends alone: one that is not missed at once
 * would only add states.
 */
function directoryMoves(subject: Subject): readonly Happening[] {
  const { controllers } = subject.site;
  const stop = (state: State, names: readonly string[]) =>
    names.reduce((next, name) => withCondition(subject, next, name, "s"), state);
  const answers = (state: State) => bothSides.filter((side) => hasDirectory(subject, state, side)).length;
  return [
    {
      id: "stops:directory",
      title: `no domain controller answers (${controllers.join(", ")})`,
      kind: "failure",
      from: (state) => (answers(state) > 0 ? stop(state, controllers) : undefined),
    },
    ...controllers.map(
      (name): Happening => ({
        id: `stops:${name}`,
        title: `${name} stops`,
        kind: "failure",
        from: (state) => {
          const next = stop(state, [name]);
          return isUp(subject, state, name) && answers(next) < answers(state) ? next : undefined;
        },
      }),
    ),
    ...controllers.map((name) => returns(subject, name)),
  ];
}

/** Everything that happens to a database of a site without anybody's doing. */
export function happeningsOf(subject: Subject): readonly Happening[] {
  return [
    ...subject.machines
      .filter((name) => !subject.site.controllers.includes(name))
      .flatMap((machine) => machineMoves(subject, machine)),
    ...bothSides.flatMap((side) => dataCenterMoves(subject, side)),
    ...linkMoves(subject),
    ...directoryMoves(subject),
    ...shippingMoves(subject),
  ];
}

/** Stopping in a row lets the mirror take over first, or not: it depends on who stops first. */
function nightlyStop(subject: Subject, principalFirst: boolean): Happening {
  const stops = subject.machines.filter((name) => !subject.site.controllers.includes(name));
  const stop = (state: State, names: readonly string[]) =>
    names.reduce((next, name) => withCondition(subject, next, name, "s"), state);
  return {
    id: principalFirst ? "nightly-stop:principal-first" : "nightly-stop",
    title: principalFirst
      ? "everything stops for the night, the principal first"
      : "everything stops for the night, all at once",
    kind: "failure",
    from: (state) => {
      const place = principalOf(state);
      const first = place === undefined ? undefined : subject.hosts[place];
      if (!stops.every((name) => isUp(subject, state, name))) return undefined;
      if (!principalFirst || first === undefined) return settled(subject, state, stop(state, stops));
      const alone = settled(subject, state, stop(state, [first]));
      return settled(subject, alone, stop(alone, stops));
    },
  };
}

/**
 * The nightly stop, after which machines come back in any order. It is no part of the others, since with so many machines that come back one
 * by one there are more states than anybody waits for.
 */
export const nightsOf = (subject: Subject): readonly Happening[] => [
  nightlyStop(subject, false),
  nightlyStop(subject, true),
];
