import { type Act, isServed, restingShipping } from "./act";
import { behindOfSecondary, hasDirectory, isShipped, servedAt, settled } from "./reactions";
import {
  type Copy,
  conditionOf,
  copyOf,
  everyPlace,
  isOut,
  isUp,
  type State,
  type Subject,
  sideIndex,
  sideOf,
  withCondition,
  withCopies,
} from "./state";

/** Acts on one machine. */
export function machineActs(subject: Subject, machine: string): readonly Act[] {
  const side = subject.site.machines[machine] ?? "primary";
  const is = (state: State, letters: string) =>
    letters.includes(conditionOf(subject, state, machine)) && !state.out[sideIndex(side)];
  const place = everyPlace.find((one) => subject.hosts[one] === machine);
  const holds = (state: State, ...kinds: readonly Copy["kind"][]) =>
    place !== undefined && kinds.includes(state.copies[place].kind);
  return [
    {
      id: `bring-back:${machine}`,
      name: "bring-back",
      title: `bring ${machine} back: start it, or make it again where it is lost`,
      kind: "act",
      on: [],
      minutes: 5,
      // A former principal would serve beside the one that took over.
      from: (state) =>
        is(state, "sf") && !holds(state, "former")
          ? settled(subject, state, withCondition(subject, state, machine, "u"))
          : undefined,
    },
    ...(place === undefined
      ? []
      : ([
          {
            id: `fence:${machine}`,
            name: "fence",
            title: `give ${machine} up: deallocate it, so that it does not come back by itself`,
            kind: "act",
            on: [],
            minutes: 2,
            undo: `bring-back:${machine}`,
            // Elsewhere it can be started. It may be up where it is the worse copy: a mirror that is further behind than the other data center.
            from: (state) => {
              const condition = conditionOf(subject, state, machine);
              if (isServed(subject, state) || !holds(state, "principal", "mirror")) return undefined;
              const isWorse =
                holds(state, "mirror") &&
                isShipped(state) &&
                isUp(subject, state, subject.hosts[2]) &&
                state.copies[place].behind > behindOfSecondary(subject, state);
              return (condition !== "f" && isOut(subject, state, machine)) || (condition === "u" && isWorse)
                ? withCondition(subject, state, machine, "f")
                : undefined;
            },
          },
          {
            id: `set-aside:${machine}`,
            name: "set-aside",
            title: `start ${machine} with its old database out of service`,
            kind: "act",
            on: [],
            minutes: 10,
            from: (state) =>
              is(state, "sf") && holds(state, "former") && servedAt(subject, state) !== undefined
                ? withCopies(withCondition(subject, state, machine, "u"), { [place]: copyOf("kept") })
                : undefined,
          },
        ] satisfies Act[])),
  ];
}

/** When nothing is left of what was acknowledged last, an older copy is better than none. */
export function lastResorts(subject: Subject): readonly Act[] {
  return everyPlace.flatMap((place): Act[] => {
    const host = subject.hosts[place];
    if (host === undefined) return [];
    const side = sideOf(place);
    return [
      {
        id: `use-old-copy:${host}`,
        name: "use-old-copy",
        title: `serve ${subject.database.name} from the old copy on ${host}`,
        kind: "act",
        on: [],
        minutes: 20,
        loses: () => 3,
        from: (state) => {
          const { kind } = state.copies[place];
          const isLast = everyPlace.every((one) =>
            ["former", "kept", "none"].includes(state.copies[one].kind),
          );
          const isBest = kind === "former" || everyPlace.every((one) => state.copies[one].kind !== "former");
          if (!isLast || !isBest || (kind !== "former" && kind !== "kept")) return undefined;
          if (state.out[sideIndex(side)]) return undefined;
          if (!hasDirectory(subject, state, side)) return undefined;
          const others = everyPlace.filter((one) => one !== place && state.copies[one].kind === "former");
          const aside = Object.fromEntries(others.map((one) => [one, copyOf("kept")]));
          return {
            ...withCopies(withCondition(subject, state, host, "u"), {
              ...aside,
              [place]: copyOf("principal"),
            }),
            ...restingShipping,
            witnessed: [false, false],
            suspended: false,
            full: false,
          };
        },
      },
    ];
  });
}
