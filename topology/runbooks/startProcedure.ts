import { startOrder, type TierName } from "../parts/startOrder";
import { bothSides, type Session } from "../resilience/site";
import { conditionOf, isOut, type State, type Subject } from "../resilience/state";
import { back, names, type Procedure } from "./procedure";

/** The start of everything that is stopped. */
export function startOfAll(subject: Subject): Procedure {
  const { controllers } = subject.site;
  const { backupHost, sessions } = subject.database;
  const onBothSides = (role: keyof Session) => names(...bothSides.map((side) => sessions[side][role]));
  const inTier: Partial<Record<TierName, readonly string[]>> = {
    "domain controllers": controllers,
    "file servers": [backupHost],
    witnesses: onBothSides("witness"),
    "SQL Servers": onBothSides("server"),
    mirrors: onBothSides("mirror"),
  };
  const machines = [...new Set(startOrder.flatMap((tier) => inTier[tier] ?? []))];
  const stopped = (state: State) =>
    machines.filter(
      (machine) => conditionOf(subject, state, machine) !== "u" && !isOut(subject, state, machine),
    );
  const isFormer = (state: State, machine: string) =>
    ([0, 1, 2, 3] as const).some(
      (place) => subject.hosts[place] === machine && state.copies[place].kind === "former",
    );
  return {
    name: "start-everything",
    title: "start what is stopped: controllers, shares, witnesses, then SQL Server",
    when: "machines are stopped, after a night or by mistake",
    trigger: [`stops:${backupHost}`],
    applies: (state) => stopped(state).some((machine) => !isFormer(state, machine)),
    instructions: back(machines),
    done: (state) => stopped(state).every((machine) => isFormer(state, machine)),
  };
}
