import type { Machine, Step } from "../model";
import { type ScriptCard, type ScriptName, type ScriptParameters, scripts } from "./scripts";

/** No step gives up sooner: a machine may still be restarting when its step begins. */
const shortestTimeoutMinutes = 30;

/** Azure's own ceiling on top of the script's: machine agents may still be restarting when a step begins. */
const graceMinutes = 30;

/** The identity of a step. */
export function stepId(machine: string, name: string): string {
  return `${machine}/${name}`;
}

/** A step before all steps are known, by which time it is seen whether it crosses data centers. */
export type PlannedStep = Omit<Step, "crossesDataCenters">;

/** A step of a machine. */
export function makeStep<S extends ScriptName>(
  machine: Machine,
  name: string,
  script: S,
  parameters: ScriptParameters<S>,
  after: readonly string[] = [],
): PlannedStep {
  const { secrets, work, waits, restart }: ScriptCard = scripts[script];
  const timeoutMinutes = Math.max(shortestTimeoutMinutes, waits + 3 * work[2]);
  return {
    id: stepId(machine.name, name),
    name,
    machine: machine.name,
    script,
    parameters,
    secrets,
    after: [...new Set(after)],
    timeoutMinutes,
    deadlineMinutes: timeoutMinutes + graceMinutes,
    expectedMinutes: spread(work),
    ...(restart === undefined ? {} : { restartMinutes: spread(restart) }),
  };
}

const spread = ([low, typical, high]: ScriptCard["work"]) => ({ low, typical, high });

/** A list as scripts take it. */
export function list(items: readonly string[]): string {
  return items.length === 0 ? "none" : items.join(",");
}
