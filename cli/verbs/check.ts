import { formatProblems, hasErrors, type Problem } from "../../topology/config/problem";
import { quotaNeeds } from "../../topology/views/quota";
import { loadStack } from "../stack/load";
import { stackNames } from "../stack/stackFile";
import type { Arguments } from "../terminal/arguments";
import { tellNext } from "../terminal/tellNext";
import { err, out } from "../terminal/terminal";

/** Tells every problem of a stack. */
export async function check(args: Arguments): Promise<number> {
  const loaded = loadStack(args);
  const { stack, plan, problems: own } = loaded;
  const problems = [...own, ...sameLab(args, plan.lab, stack)];
  const failed = hasErrors(problems);
  if (args.azure && !failed) {
    if (problems.length > 0) err.say(`${formatProblems(`stack ${stack}`, problems)}\n\n`);
    return (await import("./checkAzure")).checkAzure(args, loaded);
  }
  if (args.json) out.write(`${JSON.stringify({ stack, problems }, null, 2)}\n`);
  else if (problems.length > 0) out.say(`${formatProblems(`stack ${stack}`, problems)}\n`);
  if (!failed) {
    const needs = quotaNeeds(plan).map(({ region, family, vCpus }) => `${vCpus} of ${family} in ${region}`);
    const unseen = problems.filter(({ rule }) => rule === "encryptedValue").map(({ path }) => path);
    const butFor = unseen.length === 0 ? "" : ` but for ${unseen.join(", ")}, which nobody checked`;
    err.say(
      `stack ${stack} is good${butFor}: ${plan.machines.length} machines, ${plan.steps.length} guest steps, ${plan.databaseSets.length} database set${plan.databaseSets.length === 1 ? "" : "s"}; vCPUs: ${needs.join(", ")}.\n`,
    );
  }
  if (!failed) tellNext(args, "rehearse");
  return failed ? 1 : 0;
}

/** Stacks of one lab name would make the same resource groups: a copied file keeps the name of the one that it was copied from. */
function sameLab({ configFile }: Arguments, lab: string, stack: string): readonly Problem[] {
  if (configFile !== undefined) return [];
  return stackNames()
    .filter((other) => {
      const { plan, problems } = loadStack({ stack: other, configFile: undefined });
      return other !== stack && !hasErrors(problems) && plan.lab === lab;
    })
    .map((other) => ({
      rule: "labNameIsItsOwn",
      severity: "warning",
      path: "lab",
      value: lab,
      message: `The stack ${other} has this name too: in one subscription both would make the same resource groups.`,
      fix: "Give each lab a name of its own.",
    }));
}
