import { stackNames } from "../stack/stackFile";
import type { Arguments } from "../terminal/arguments";
import { root } from "../terminal/paths";
import { save } from "../terminal/save";
import { err, out } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";
import { checkOut, commitOf, isUnchanged, sideOf } from "./base";
import { type Comparison, commentText } from "./comment";
import { compare } from "./compare";
import type { StackReport } from "./report";
import { badness } from "./verdict";

/** What a gate may fail on, and when it does. */
const gates: Readonly<Record<string, (report: StackReport) => boolean>> = {
  problems: ({ problems }) => problems !== "",
  replace: ({ lost }) => lost.some(({ op }) => op === "replace"),
  delete: ({ lost }) => lost.some(({ op }) => op === "delete"),
  "data-loss": ({ lost }) => lost.some(({ data }) => data),
  policy: ({ policies }) => policies.some(({ severity }) => severity === "mandatory"),
  availability: ({ availability }) => availability.some(({ worse }) => worse),
};

/** Tells what the working tree does to the labs that a commit makes. */
export async function previewBase(args: Arguments, ref: string): Promise<number> {
  const failOn = gatesOf(args.failOn);
  const commit = commitOf(ref);
  const comparison = { base: commit, head: commitOf("HEAD"), stacks: await reports(args, commit) };
  if (args.full !== undefined) save(args.full, commentText(comparison, "markdown", Infinity));
  out.write(inFormat(args, comparison));
  const failed = comparison.stacks.filter((report) => failOn.some((gate) => gate(report)));
  if (failed.length > 0)
    err.say(`Failed on ${args.failOn}: ${failed.map(({ stack }) => stack).join(", ")}.\n`);
  return failed.length > 0 ? 1 : 0;
}

async function reports({ stack }: Arguments, commit: string): Promise<readonly StackReport[]> {
  const here = stackNames();
  const only = (names: readonly string[]) => names.filter((name) => stack === undefined || name === stack);
  if (isUnchanged(commit)) return only(here).map((name) => compare(name, noResources, noResources));
  const base = checkOut(commit);
  try {
    const names = only([...new Set([...here, ...base.stacks])].sort());
    if (names.length === 0) throw new UsageError(`There is no stack "${stack}" on either side.`);
    const found: StackReport[] = [];
    for (const name of names) {
      const [was, is] = await Promise.all([
        base.side(name),
        here.includes(name) ? sideOf(root, name) : undefined,
      ]);
      found.push(compare(name, was, is));
    }
    return found.sort((one, other) => badness(other) - badness(one));
  } finally {
    base.remove();
  }
}

/** Two sides that are the same need no program to be run. */
const noResources = { resources: [] };

function inFormat({ format, json, limit }: Arguments, comparison: Comparison): string {
  return json || format === "json"
    ? `${JSON.stringify(comparison, null, 2)}\n`
    : commentText(comparison, format === "markdown" ? format : "text", limit ?? 60_000);
}

function gatesOf(failOn: string | undefined) {
  return (failOn?.split(",") ?? []).map((name) => {
    const gate = gates[name];
    if (gate === undefined)
      throw new UsageError(
        `--fail-on takes ${Object.keys(gates).join(", ")}, separated by commas, not "${name}".`,
      );
    return gate;
  });
}
