import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { guestMinutes } from "../stack/guestMinutes";
import { readStack, stackNames } from "../stack/stackFile";
import type { Arguments } from "../terminal/arguments";
import { root } from "../terminal/paths";
import { save } from "../terminal/save";
import { err, out } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";
import { plansIn, sidesIn, withScripts } from "./askSides";
import { type Base, checkOut, commitOf, isUnchanged, makesTheSame } from "./base";
import { type Comparison, commentText } from "./comment";
import { compare } from "./compare";
import { planOf } from "./ownSide";
import { cents, type PlannedSide, type StackReport, type StackSide } from "./report";
import { badness } from "./verdict";

/** What a gate may fail on, and when it does. */
const gates: Readonly<Record<string, (report: StackReport) => boolean>> = {
  problems: ({ problems }) => problems !== "",
  replace: ({ lost }) => lost.some(({ op }) => op === "replace"),
  delete: ({ lost }) => lost.some(({ op }) => op === "delete"),
  "data-loss": ({ lost }) => lost.some(({ data }) => data),
  policy: ({ policies }) => policies.some(({ severity }) => severity === "mandatory"),
  availability: ({ availability }) => availability.some(({ worse }) => worse),
  survival: ({ survival }) => survival.some(({ worse }) => worse),
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
    const now = Object.fromEntries(
      names.map((name) => [name, here.includes(name) ? planOf(name) : undefined]),
    );
    const planned = await samePlans(base, now);
    const runs = names.filter((name) => planned[name]?.sameScripts !== true);
    const [was, is] = await bothSides(
      base,
      // What is gone, or makes no lab any more, is told without a look at what it was.
      runs.filter(
        (name) => base.stacks.includes(name) && now[name] !== undefined && planned[name] === undefined,
      ),
      runs.filter((name) => here.includes(name)),
    );
    const sidesOf = (name: string): readonly [StackSide, StackSide] => {
      const [one, head] = [planned[name], is[name]];
      if (one === undefined)
        return [base.stacks.includes(name) ? (was[name] ?? noResources) : undefined, head];
      if (one.sameScripts) return [noResources, noResources];
      if (head === undefined || "problems" in head) return [noResources, head];
      return [{ resources: withScripts(head.resources, one.was) }, head];
    };
    return names
      .map((name) => {
        const planned = now[name];
        return compare(name, ...sidesOf(name), planned && guestMinutes(planned.plan));
      })
      .map((report) => ({ ...report, verdict: `${report.verdict}${renameHint(report.stack, here, base)}` }))
      .sort((one, other) => badness(other) - badness(one));
  } finally {
    base.remove();
  }
}

/** What to do where a stack's file only got another name: the lab's name is the same in one that is gone. */
function renameHint(stack: string, here: readonly string[], base: Base): string {
  if (!here.includes(stack) || base.stacks.includes(stack)) return "";
  const labOf = (checkout: string, name: string) =>
    readStack(undefined, join(checkout, "stacks", `Pulumi.${name}.yaml`)).raw.lab;
  const lab = labOf(root, stack);
  const old = base.stacks.find((name) => !here.includes(name) && labOf(base.place, name) === lab);
  return old === undefined
    ? ""
    : `; if it is ${old} by another name: pulumi stack rename ${stack} --stack ${old}`;
}

interface SamePlan {
  readonly was: PlannedSide;
  readonly sameScripts: boolean;
}

/** The stacks of which both sides make the same plan, and the same program makes resources of it: they need no second run. */
async function samePlans(
  base: Base,
  now: Readonly<Record<string, PlannedSide | undefined>>,
): Promise<Readonly<Record<string, SamePlan>>> {
  if (!makesTheSame(base.commit)) return {};
  const stacks = base.stacks.filter((name) => now[name] !== undefined);
  const before = await plansIn(base.place, stacks);
  return Object.fromEntries(
    stacks.flatMap((name) => {
      const [was, is] = [before[name], now[name]];
      return was !== undefined && isDeepStrictEqual(was.plan, is?.plan)
        ? [[name, { was, sameScripts: isDeepStrictEqual(was.scripts, is?.scripts) }]]
        : [];
    }),
  );
}

type Sides = Readonly<Record<string, StackSide>>;

/** The resources of stacks of the base and of the working tree, by two processes, whichever of them has more to do. */
async function bothSides(
  base: Base,
  before: readonly string[],
  now: readonly string[],
): Promise<readonly [Sides, Sides]> {
  const half = before.length === 0 ? Math.ceil(now.length / 2) : now.length;
  const [was, is, more] = await Promise.all([
    sidesIn(base.place, before),
    sidesIn(root, now.slice(0, half)),
    sidesIn(root, now.slice(half)),
  ]);
  return [was, { ...is, ...more }];
}

/** Two sides that are the same need no program to be run. */
const noResources = { resources: [] };

function inFormat({ format, json, limit }: Arguments, comparison: Comparison): string {
  return json || format === "json"
    ? `${JSON.stringify(comparison, rounded, 2)}\n`
    : commentText(comparison, format === "markdown" ? format : "text", limit ?? 60_000);
}

/** Sums of money to the cent, which is the only number here that is none already. */
const rounded = (_: string, value: unknown) => (typeof value === "number" ? cents(value) : value);

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
