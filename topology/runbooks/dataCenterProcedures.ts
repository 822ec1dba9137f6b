import { actsOf } from "../resilience/acts";
import { hasDirectory, isShipped, principalOf, servedAt } from "../resilience/reactions";
import type { Side } from "../resilience/site";
import { conditionOf, isOut, isUp, type State, type Subject, sideOf } from "../resilience/state";
import { always, back, type Instruction, names, needed, type Procedure, wait } from "./procedure";

/** The way to the secondary data center. */
export function dataCenterProcedures(subject: Subject): readonly Procedure[] {
  const { name: database, sessions } = subject.database;
  const { secondary } = sessions;
  const { controllers } = subject.site;
  const servedIn = (state: State, side: Side) => {
    const place = servedAt(subject, state);
    return place !== undefined && sideOf(place) === side;
  };
  const partnersOf = (side: Side) => names(sessions[side].server, sessions[side].mirror);
  const acts = actsOf(subject);
  const canStart = (state: State, machine: string) => !isOut(subject, state, machine);
  const settle: readonly Instruction[] = [
    ...back(names(secondary.mirror, secondary.witness)),
    ...needed("rebuild-mirror:secondary"),
    wait,
    ...needed("set-witness:secondary"),
  ];
  return [
    {
      name: "planned-move",
      title: `move ${database} to the secondary data center by plan, without loss`,
      when: "nothing is broken: a drill, or work on the primary data center",
      trigger: [],
      applies: (state) => acts.find(({ id }) => id === "planned-move")?.from(state) !== undefined,
      instructions: [always("planned-move"), ...settle],
      done: (state) => servedIn(state, "secondary"),
    },
    {
      name: "loss-of-primary-data-center",
      title: `bring ${database} up in the secondary data center, after a disaster`,
      when: "the primary data center is lost or out, both partners there are lost with their disks, or what is left there lacks more than the secondary",
      trigger: ["lost:primary"],
      applies: (state) => {
        const isGivenUp = ([0, 1] as const).every((place) => {
          const { kind } = state.copies[place];
          const host = subject.hosts[place];
          return (
            (kind !== "principal" && kind !== "mirror") ||
            conditionOf(subject, state, host) === "f" ||
            acts.find(({ id }) => id === `fence:${host}`)?.from(state) !== undefined
          );
        });
        return (
          isGivenUp &&
          isShipped(state) &&
          isUp(subject, state, secondary.server) &&
          hasDirectory(subject, state, "secondary")
        );
      },
      instructions: [
        ...needed(...partnersOf("primary").map((machine) => `fence:${machine}`)),
        always("fail-over-to-secondary"),
        ...settle,
      ],
      done: (state) => servedIn(state, "secondary"),
    },
    {
      name: "start-secondary",
      title: `start ${secondary.server}, so that ${database} can be brought up there`,
      when: "the primary data center is lost or out, and the secondary's server is down",
      trigger: ["lost:primary", `stops:${secondary.server}`],
      applies: (state) =>
        principalOf(state) === undefined &&
        isShipped(state) &&
        canStart(state, secondary.server) &&
        !(isUp(subject, state, secondary.server) && hasDirectory(subject, state, "secondary")) &&
        controllers.some((name) => canStart(state, name) && subject.site.machines[name] === "secondary"),
      instructions: back([...controllers, secondary.server]),
      done: (state) => isUp(subject, state, secondary.server),
    },
  ];
}

/** The way back, and what is done when there is none. */
export function returnProcedures(subject: Subject): readonly Procedure[] {
  const { name: database, sessions, backupHost } = subject.database;
  const { primary, secondary } = sessions;
  const { controllers } = subject.site;
  const servedIn = (state: State, side: Side) => {
    const place = servedAt(subject, state);
    return place !== undefined && sideOf(place) === side;
  };
  const partnersOf = (side: Side) => names(sessions[side].server, sessions[side].mirror);
  const acts = actsOf(subject);
  return [
    {
      name: "fail-back",
      title: `bring ${database} back to the primary data center`,
      when: "the secondary data center serves, and the primary one is there again",
      trigger: ["lost:primary", "fail-over-to-secondary", "returns:primary"],
      applies: ({ ...state }) =>
        servedIn(state, "secondary") &&
        !state.out[0] &&
        !state.out[1] &&
        state.link === "up" &&
        hasDirectory(subject, state, "primary"),
      instructions: [
        ...back([...controllers, backupHost, ...names(primary.witness)]),
        ...back(partnersOf("primary"), partnersOf("primary")),
        always("fail-back"),
        ...needed("rebuild-mirror:primary"),
        wait,
        ...needed("set-witness:primary"),
        ...back([secondary.server]),
        ...needed("reseed-secondary"),
      ],
      done: (state) => servedIn(state, "primary"),
    },
    {
      name: "use-old-copy",
      title: `serve ${database} from an old copy, since there is nothing newer`,
      when: "every newer copy is lost with its disks",
      trigger: ["planned-move", `lost:${secondary.server}`],
      applies: (state) => acts.some(({ name, from }) => name === "use-old-copy" && from(state) !== undefined),
      instructions: needed(...acts.filter(({ name }) => name === "use-old-copy").map(({ id }) => id)),
      done: (state) => principalOf(state) !== undefined,
    },
  ];
}
