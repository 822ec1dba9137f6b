import { z } from "zod";
import { nameIn } from "../../simulator/arm/ids";
import type { DataCenterId, Plan } from "../../topology/model";
import { lastLine } from "../terminal/terminal";
import { type NextStop, nextStop } from "./nextStop";
import { type Run, type Standing, typeOfId } from "./standing";

/** Something of a plan, or of a resource group. */
interface Thing {
  /** As Azure calls its type, such as `Microsoft.Compute/virtualMachines`. */
  readonly type: string;
  /** With the names of what it stands in, such as `A-SQL01/join`. */
  readonly name: string;
  readonly id: string;
}

interface MachineStatus {
  readonly name: string;
  readonly dataCenter: DataCenterId;
  /** As Azure calls it: `running`, `starting`, `stopped`, `deallocating`, `deallocated`; absent where Azure has no such machine. */
  readonly power?: string;
}

export interface StepStatus {
  readonly machine: string;
  readonly step: string;
  readonly outcome: "succeeded" | "failed" | "running" | "not run";
  /** As Azure calls it, such as `TimedOut`; absent where it did not run. */
  readonly state?: string;
  readonly ended?: Date;
  /** The last line of what a failed script printed. */
  readonly said?: string;
}

/** What a script that looks at a machine told last. */
export interface Health {
  readonly machine: string;
  readonly step: string;
  readonly told?: Date;
  /** What is not as planned; nothing where all is. */
  readonly wrong: readonly string[];
  /** All that it found. */
  readonly found: Readonly<Record<string, unknown>>;
}

/** How a lab stands, held against its plan. */
export interface LabStatus {
  readonly machines: readonly MachineStatus[];
  /** Every guest step of the plan, in its order. */
  readonly steps: readonly StepStatus[];
  readonly health: readonly Health[];
  /** What the plan has and Azure has not. */
  readonly missing: readonly Thing[];
  /** What Azure has in the lab's resource groups and the plan has not. */
  readonly extra: readonly Thing[];
  readonly nextStop: NextStop | undefined;
}

/** How a lab stands: `planned` are the ids of its resources. */
export function statusOf(
  plan: Plan,
  planned: readonly string[],
  standing: Standing,
  now: Date = new Date(),
): LabStatus {
  const powers = new Map(standing.machines.map(({ name, power }) => [name.toLowerCase(), power]));
  const runs = new Map(standing.runs.map((run) => [keyOf(run.machine, run.name), run]));
  const there = new Set(standing.ids.map((id) => id.toLowerCase()));
  // A machine's system disk is made with it, and is no resource of the program's.
  const systemDisks = plan.machines.map(({ osDiskName }) => `/disks/${osDiskName}`.toLowerCase());
  const known = new Set(planned.map((id) => id.toLowerCase()));
  const machines = plan.machines.map(({ name, dataCenter }): MachineStatus => {
    const power = powers.get(name.toLowerCase());
    return { name, dataCenter, ...(power === undefined ? {} : { power }) };
  });
  return {
    machines,
    steps: plan.steps.map(({ machine, name }) => stepOf(machine, name, runs.get(keyOf(machine, name)))),
    health: plan.steps.flatMap(({ machine, name }) => healthOf(runs.get(keyOf(machine, name))) ?? []),
    missing: planned.filter((id) => !there.has(id.toLowerCase())).map(thing),
    extra: standing.ids
      .filter((id) => {
        const lower = id.toLowerCase();
        return !known.has(lower) && !systemDisks.some((disk) => lower.endsWith(disk));
      })
      .map(thing),
    nextStop: nextStop(
      standing.schedules,
      machines.filter(({ power }) => power === "running").map(({ name }) => name),
      now,
    ),
  };
}

/** Whether nothing is to be done but to start what is stopped. */
export const isWhole = ({ steps, health, missing, extra }: LabStatus): boolean =>
  missing.length === 0 &&
  extra.length === 0 &&
  steps.every(({ outcome }) => outcome === "succeeded") &&
  health.every(({ wrong }) => wrong.length === 0);

const keyOf = (machine: string, step: string): string => `${machine}/${step}`.toLowerCase();

const thing = (id: string): Thing => ({ type: typeOfId(id), name: nameIn(id), id });

/**
 * How it ended; whatever else Azure says is of one that has not, as of a command that is still being made.
 * https://learn.microsoft.com/rest/api/compute/virtual-machine-run-commands/get-by-virtual-machine#executionstate
 */
const outcomes: Readonly<Record<string, StepStatus["outcome"]>> = {
  succeeded: "succeeded",
  failed: "failed",
  timedout: "failed",
  canceled: "failed",
};

function stepOf(machine: string, step: string, run: Run | undefined): StepStatus {
  if (run === undefined) return { machine, step, outcome: "not run" };
  const outcome = outcomes[run.state.toLowerCase()] ?? "running";
  const said = lastLine(run.error) || lastLine(run.output);
  return {
    machine,
    step,
    outcome,
    state: run.state,
    ...(run.ended === undefined ? {} : { ended: run.ended }),
    ...(outcome === "failed" && said !== "" ? { said } : {}),
  };
}

const lines = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** What the scripts that look at a machine or a data center print as one line: guest/Confirm-SqlServer.ps1 and guest/Confirm-DataCenter.ps1. */
const told = z.looseObject({ wrong: z.array(z.string()) });

function healthOf(run: Run | undefined): Health | undefined {
  const [found] = lines(run?.output ?? "").flatMap((line) => {
    try {
      return told.safeParse(JSON.parse(line)).data ?? [];
    } catch {
      return [];
    }
  });
  if (run === undefined || found === undefined) return undefined;
  const { wrong, ...rest } = found;
  return {
    machine: run.machine,
    step: run.name,
    ...(run.ended === undefined ? {} : { told: run.ended }),
    wrong,
    found: rest,
  };
}
