import { guestMinutes } from "../../cli/stack/guestMinutes";
import { programOptions } from "../../cli/stack/programOptions";
import { project } from "../../cli/stack/stackContent";
import { readStack } from "../../cli/stack/stackFile";
import { type Rehearsal, rehearse } from "../../simulator/time/rehearsal";
import { planLab } from "../../topology/planLab";
import { sentinel } from "./components";

const stacks = new Map<string, Promise<Rehearsal>>();

/** A stack of this checkout, rehearsed once for all tests of a worker: they only read it. */
export function rehearseStack(stack: string): Promise<Rehearsal> {
  const known = stacks.get(stack) ?? rehearseLab(readStack(stack, undefined).raw);
  stacks.set(stack, known);
  return known;
}

/** The lab's own program, rehearsed for a configuration as a user writes it. */
export function rehearseLab(
  raw: Readonly<Record<string, unknown>>,
  more: { readonly seed?: number; readonly parallel?: number } = {},
): Promise<Rehearsal> {
  const { plan, problems } = planLab(raw);
  const options = programOptions({ stack: "dev", raw, plan, problems });
  return rehearse({
    ...options,
    config: { ...options.config, [`${project}:adminPassword`]: sentinel },
    guestMinutes: guestMinutes(plan),
    ...more,
  });
}
