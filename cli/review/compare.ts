import { type BrokenPolicy, brokenIn } from "../../policy/policies";
import { holdsData as isStateful } from "../../policy/policy";
import { tokens } from "../../simulator/arm/resourceTypes";
import { type Effect, effects } from "../../simulator/engine/effects";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { type Cost, costOf } from "../../topology/views/cost";
import { interruptedBy } from "./interruptions";
import { coresOf, type Fact, serviceOf, thingsIn } from "./service";

/** One side of a comparison: the resources of a stack, or why there are none. */
export type StackSide =
  | { readonly resources: readonly RegisteredResource[] }
  | { readonly problems: string }
  | undefined;

export interface Lost {
  readonly name: string;
  readonly type: string;
  readonly op: "replace" | "delete";
  readonly because: readonly string[];
  /** Whether data is on it: a protected resource, or one that would be if protection were on. */
  readonly data: boolean;
  readonly refused: boolean;
}

/** What a change does to one stack. */
export interface StackReport {
  readonly stack: string;
  /** One line: the worst first. */
  readonly verdict: string;
  readonly lost: readonly Lost[];
  readonly availability: readonly {
    readonly what: string;
    readonly before: string;
    readonly after: string;
    /** The change in few words. */
    readonly short: string;
    readonly worse: boolean;
  }[];
  /** Guest steps that run because of the change, by machine. */
  readonly steps: readonly {
    readonly machine: string;
    readonly steps: readonly string[];
    /** What they interrupt; nothing on a machine that is new or made again. */
    readonly interrupts: readonly string[];
  }[];
  readonly quota: readonly { readonly quota: string; readonly before: number; readonly after: number }[];
  /** USD an hour of what has a price, and how many things have none; only where one of them changes. */
  readonly cost?: { readonly before: CostLine; readonly after: CostLine };
  /** Policies that the change breaks; what was broken before is not told again. */
  readonly policies: readonly BrokenPolicy[];
  readonly effects: readonly Effect[];
  /** Why one of the sides makes no lab. */
  readonly problems: string;
}

export type CostLine = Pick<Cost, "running" | "stopped" | "unknown">;

const nothing = { lost: [], availability: [], steps: [], quota: [], policies: [], effects: [], problems: "" };

/** Compares two sides of a stack; equal input gives an equal report. */
export function compare(stack: string, base: StackSide, head: StackSide): StackReport {
  if (head !== undefined && "problems" in head)
    return { ...nothing, stack, verdict: "makes no lab", problems: head.problems };
  if (base !== undefined && "problems" in base)
    return { ...nothing, stack, verdict: "made no lab before", problems: base.problems };
  if (base === undefined && head !== undefined) {
    const found = brokenPolicies([], head.resources);
    return {
      ...nothing,
      stack,
      policies: found,
      verdict: ["is new", ...policyVerdict(found)].join(", "),
    };
  }
  if (base === undefined || head === undefined)
    return {
      ...nothing,
      stack,
      verdict: "is removed: a lab that stands keeps standing, and has no file any more",
    };
  const all = effects(base.resources, head.resources);
  const before = serviceOf(base.resources);
  const after = serviceOf(head.resources);
  const report = {
    ...nothing,
    stack,
    lost: lostIn(all, base.resources),
    availability: changedFacts(before, after),
    steps: stepsIn(all, head.resources),
    quota: changedCores(coresOf(base.resources), coresOf(head.resources)),
    ...changedCost(base.resources, head.resources),
    policies: brokenPolicies(base.resources, head.resources),
    effects: all,
  };
  return { ...report, verdict: verdictOf(report) };
}

function lostIn(all: readonly Effect[], base: readonly RegisteredResource[]): readonly Lost[] {
  const old = new Map(base.map((resource) => [resource.urn, resource]));
  const holdsData = (urn: string) => {
    const resource = old.get(urn);
    if (resource === undefined) return false;
    return resource.type === tokens.disk || isStateful(resource);
  };
  return all
    .filter(({ op, type }) => (op === "replace" || op === "delete") && type !== tokens.runCommand)
    .map(({ urn, was = urn, name, type, op, because, refused }) => ({
      name,
      type,
      op: op as Lost["op"],
      because,
      data: holdsData(was),
      refused,
    }))
    .sort((one, other) => Number(other.data) - Number(one.data));
}

function changedFacts(before: readonly Fact[], after: readonly Fact[]): StackReport["availability"] {
  const names = [...new Set([...before, ...after].map(({ what }) => what))];
  return names.flatMap((what) => {
    const [was, is] = [before, after].map((facts) => facts.find((fact) => fact.what === what));
    if (was?.is === is?.is) return [];
    const worse = (is?.worth ?? Number.NEGATIVE_INFINITY) < (was?.worth ?? Number.NEGATIVE_INFINITY);
    const short = `${what}: ${was?.short ?? "none"} -> ${is?.short ?? "none"}`;
    return [{ what, before: was?.is ?? "none", after: is?.is ?? "none", short, worse }];
  });
}

function stepsIn(all: readonly Effect[], head: readonly RegisteredResource[]): StackReport["steps"] {
  const byUrn = new Map(head.map((resource) => [resource.urn, resource]));
  const machines = new Map<string, string[]>();
  for (const { urn, type, op } of all) {
    const inputs = byUrn.get(urn)?.inputs;
    if (type !== tokens.runCommand || op === "delete" || inputs === undefined) continue;
    const machine = String(inputs.vmName);
    machines.set(machine, [...(machines.get(machine) ?? []), String(inputs.runCommandName)]);
  }
  const made = new Set(
    all
      .filter(({ type, op }) => type === tokens.machine && (op === "create" || op === "replace"))
      .map(({ urn }) => String(byUrn.get(urn)?.inputs.vmName)),
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
  const [before, after] = [base, head].map((resources) => {
    const { running, stopped, unknown } = costOf(thingsIn(resources));
    return { running: cents(running), stopped: cents(stopped), unknown };
  }) as [CostLine, CostLine];
  return JSON.stringify(before) === JSON.stringify(after) ? {} : { cost: { before, after } };
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

function policyVerdict(found: readonly BrokenPolicy[]): readonly string[] {
  const ids = [...new Set(found.map(({ id, severity }) => `${severity} policy ${id}`))];
  return ids.map((one) => `breaks the ${one}`);
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function verdictOf({
  lost,
  availability,
  steps,
  cost,
  policies: broken,
  effects: all,
}: Omit<StackReport, "verdict">): string {
  if (all.length === 0 && availability.length === 0) return "no change";
  const machines = (op: Lost["op"]) =>
    lost.filter((one) => one.op === op && one.type === tokens.machine).length;
  const disks = lost.filter(({ type }) => type === tokens.disk).length;
  const refused = lost.filter((one) => one.refused).length;
  const money = cents((cost?.after.running ?? 0) - (cost?.before.running ?? 0));
  const runs = steps.reduce((sum, one) => sum + one.steps.length, 0);
  const restarted = all.filter(
    ({ op, because }) => op === "update" && because.includes("hardwareProfile.vmSize"),
  ).length;
  const created = all.filter(({ op, type }) => op === "create" && type === tokens.machine).length;
  const parts = [
    ...(refused > 0 ? [`refused while data is protected (${count(refused, "resource")})`] : []),
    ...(disks > 0 ? [`${count(disks, "data disk")} lost`] : []),
    ...(machines("delete") > 0 ? [`${count(machines("delete"), "machine")} deleted`] : []),
    ...(machines("replace") > 0 ? [`${count(machines("replace"), "machine")} replaced`] : []),
    ...availability.filter(({ worse }) => worse).map(({ short }) => short),
    ...policyVerdict(broken),
    ...(restarted > 0 ? [`${count(restarted, "machine")} restarted`] : []),
    ...(created > 0 ? [`${count(created, "machine")} created`] : []),
    ...(money === 0 ? [] : [`${money > 0 ? "+" : ""}${money.toFixed(2)} USD/h${unpriced(cost)}`]),
    ...(runs > 0 ? [`${count(runs, "guest step")} run`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : `${count(all.length, "resource")} updated in place`;
}

/** What a difference of sums leaves out: it says little where things get a price, or lose it. */
function unpriced(cost: StackReport["cost"]): string {
  const [before, after] = [cost?.before.unknown ?? 0, cost?.after.unknown ?? 0];
  if (before !== after) return ` (things without a price: ${before} -> ${after})`;
  return before > 0 ? " and what has no price" : "";
}

/** How bad a report is, for the order in which stacks are told. */
export function badness(report: StackReport): number {
  const { lost, availability, steps, policies: broken, effects: all, problems } = report;
  if (problems !== "") return 5;
  if (lost.some(({ data }) => data)) return 4;
  if (availability.some(({ worse }) => worse)) return 3;
  if (broken.some(({ severity }) => severity === "mandatory")) return 3;
  if (lost.length > 0) return 2;
  return steps.length > 0 || all.length > 0 ? 1 : 0;
}
