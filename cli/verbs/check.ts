import { formatProblems, hasErrors } from "../../topology/config/problem";
import { quotaNeeds } from "../../topology/views/quota";
import { loadStack } from "../stack/load";
import type { Arguments } from "../terminal/arguments";
import { tellNext } from "../terminal/tellNext";
import { err, out } from "../terminal/terminal";

/** Tells every problem of a stack. */
export function check(args: Arguments): number {
  const { stack, plan, problems } = loadStack(args);
  const failed = hasErrors(problems);
  if (args.json) out.write(`${JSON.stringify({ stack, problems }, null, 2)}\n`);
  else if (problems.length > 0) out.say(`${formatProblems(`stack ${stack}`, problems)}\n`);
  if (!failed) {
    const needs = quotaNeeds(plan).map(({ region, family, vCpus }) => `${vCpus} of ${family} in ${region}`);
    err.say(
      `stack ${stack} is good: ${plan.machines.length} machines, ${plan.steps.length} guest steps, ${plan.databaseSets.length} database set${plan.databaseSets.length === 1 ? "" : "s"}; vCPUs: ${needs.join(", ")}.\n`,
    );
  }
  if (!failed) tellNext(args, "rehearse");
  return failed ? 1 : 0;
}
