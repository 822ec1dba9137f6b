import { type BrokenPolicy, brokenIn } from "../../policy/policies";
import { siteOf } from "../../policy/site";
import { tokens } from "../../simulator/arm/resourceTypes";
import { type Effect, effects } from "../../simulator/engine/effects";
import { byUrn, type RegisteredResource } from "../../simulator/engine/registered";
import type { GuestMinutes } from "../../simulator/time/durations";
import { interruptedBy } from "../../topology/steps/interruptions";
import { type Cost, costOf } from "../../topology/views/cost";
import { coresOf, thingsIn } from "./amounts";
import { siteBefore, stepsInThePrimary } from "./away";
import { changedFacts } from "./facts";
import { lostIn, orderOf } from "./lost";
import { meanwhileOf } from "./meanwhile";
import { type CostLine, cents, type StackReport, type StackSide } from "./report";
import { changedSurvival } from "./survivalChanges";
import { newVerdict, policyVerdict, verdictOf } from "./verdict";

const nothing = {
  lost: [],
  order: "",
  survival: [],
  availability: [],
  meanwhile: [],
  steps: [],
  quota: [],
  policies: [],
  effects: [],
  problems: "",
  baseProblems: "",
};

/** Compares two sides of a stack; equal input gives an equal report. How long scripts work is known of the new side's plan, where there is one. */
export function compare(
  stack: string,
  base: StackSide,
  head: StackSide,
  guestMinutes?: GuestMinutes,
): StackReport {
  if (head !== undefined && "problems" in head)
    return { ...nothing, stack, verdict: "makes no lab", problems: head.problems };
  if (base !== undefined && "problems" in base)
    return {
      ...nothing,
      stack,
      verdict: "made no lab before, and makes one now",
      baseProblems: base.problems,
    };
  if (base === undefined && head !== undefined) {
    const found = brokenPolicies([], head.resources);
    return {
      ...nothing,
      stack,
      policies: found,
      verdict: [newVerdict(head.resources), ...policyVerdict(found)].join(", "),
    };
  }
  if (base === undefined || head === undefined)
    return {
      ...nothing,
      stack,
      verdict: "is removed: a lab that stands keeps standing, and has no file any more",
    };
  const all = effects(base.resources, head.resources);
  const lost = lostIn(all, base.resources, head.resources);
  const survival = changedSurvival(siteBefore(base.resources, head.resources), siteOf(head.resources));
  const report = {
    ...nothing,
    stack,
    lost,
    order: orderOf(lost, head.resources),
    survival,
    availability: [...survival, ...changedFacts(base.resources, head.resources)],
    meanwhile: [
      ...meanwhileOf(all, base.resources, head.resources, guestMinutes),
      ...stepsInThePrimary(all, base.resources, head.resources),
    ],
    steps: stepsIn(all, head.resources),
    quota: changedCores(coresOf(base.resources), coresOf(head.resources)),
    ...changedCost(base.resources, head.resources),
    policies: brokenPolicies(base.resources, head.resources),
    effects: all,
  };
  return { ...report, verdict: verdictOf(report) };
}

function stepsIn(all: readonly Effect[], head: readonly RegisteredResource[]): StackReport["steps"] {
  const now = byUrn(head);
  const machines = new Map<string, string[]>();
  for (const { urn, type, op } of all) {
    const inputs = now.get(urn)?.inputs;
    if (type !== tokens.runCommand || op === "delete" || inputs === undefined) continue;
    const machine = String(inputs.vmName);
    machines.set(machine, [...(machines.get(machine) ?? []), String(inputs.runCommandName)]);
  }
  const made = new Set(
    all
      .filter(({ type, op }) => type === tokens.machine && (op === "create" || op === "replace"))
      .map(({ urn }) => String(now.get(urn)?.inputs.vmName)),
  );
  return [...machines].map(([machine, steps]) => ({
    machine,
    steps,
    interrupts: made.has(machine) ? [] : interruptedBy(steps),
  }));
}

function changedCores(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): StackReport["quota"] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((quota) => ({ quota, before: before.get(quota) ?? 0, after: after.get(quota) ?? 0 }))
    .filter((row) => row.before !== row.after);
}

function changedCost(
  base: readonly RegisteredResource[],
  head: readonly RegisteredResource[],
): Pick<StackReport, "cost"> {
  const [before, after] = [base, head].map((resources) => costOf(thingsIn(resources))) as [Cost, Cost];
  const line = ({ running, stopped, unknown }: Cost): CostLine => ({ running, stopped, unknown });
  const rounded = (cost: Cost) => [cents(cost.running), cents(cost.stopped), cost.unknown].join();
  if (rounded(before) === rounded(after)) return {};
  return { cost: { before: line(before), after: line(after), comparable: areComparable(before, after) } };
}

/** Whether a difference of sums is one of the lab: not where things that had no price get one, or lose it, by another region. */
function areComparable(before: Cost, after: Cost): boolean {
  const count = ({ items }: Cost, what: string, isPriced: boolean) =>
    items
      .filter((item) => item.what === what && (item.perHour !== undefined) === isPriced)
      .reduce((sum, item) => sum + item.count, 0);
  const change = (what: string, isPriced: boolean) =>
    count(after, what, isPriced) - count(before, what, isPriced);
  const kinds = new Set([...before.items, ...after.items].map(({ what }) => what));
  return [...kinds].every((what) => change(what, true) * change(what, false) >= 0);
}

function brokenPolicies(
  base: readonly RegisteredResource[],
  head: readonly RegisteredResource[],
): readonly BrokenPolicy[] {
  const ours = ({ custom }: RegisteredResource) => custom;
  const key = ({ id, resource, message }: BrokenPolicy) => `${id} ${resource} ${message}`;
  const before = new Set(brokenIn(base.filter(ours)).map(key));
  return brokenIn(head.filter(ours)).filter((one) => !before.has(key(one)));
}
