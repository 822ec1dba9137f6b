import { inspect } from "node:util";
import { scriptText } from "../../guest/scriptText";
import { formatProblems, hasErrors } from "../../topology/config/problem";
import { loadStack } from "../stack/load";
import { programOptions, refusalsText } from "../stack/programOptions";
import type { PlannedSide, StackSide } from "./report";

/* What this checkout makes of its stacks. */

/** What a stack's program registers, or why it registers none. */
export async function resourcesOf(stack: string): Promise<StackSide> {
  try {
    const loaded = loadStack({ stack, configFile: undefined });
    if (hasErrors(loaded.problems)) return { problems: formatProblems(`stack ${stack}`, loaded.problems) };
    // Loaded when it is asked for: plans need nothing of the Pulumi SDK.
    const { runProgram } = await import("../../simulator/engine/program");
    const { resources, refusals } = await runProgram(programOptions(loaded));
    return refusals.length > 0 ? { problems: refusalsText(refusals) } : { resources };
  } catch (error) {
    return {
      problems: `The program ends with an error: ${error instanceof Error ? error.message : inspect(error)}`,
    };
  }
}

/** A stack's plan with the texts of its scripts; nothing for one that has errors. */
export function planOf(stack: string): PlannedSide | undefined {
  const { plan, problems } = loadStack({ stack, configFile: undefined });
  if (hasErrors(problems)) return undefined;
  const scripts = new Set(plan.steps.map(({ script }) => script));
  return { plan, scripts: Object.fromEntries([...scripts].map((script) => [script, scriptText(script)])) };
}
