import { machinesOf } from "../../policy/machines";
import type { BrokenPolicy } from "../../policy/policies";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { costOf } from "../../topology/views/cost";
import { coresOf, thingsIn } from "./amounts";
import { cents, type Lost, type StackReport } from "./report";

/** The policies that a change breaks, each once. */
export function policyVerdict(found: readonly BrokenPolicy[]): readonly string[] {
  const ids = [...new Set(found.map(({ id, severity }) => `${severity} policy ${id}`))];
  return ids.map((one) => `breaks the ${one}`);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** How many facts that got worse fit a line about the whole lab. */
const mostTold = 3;

function worstOf(availability: StackReport["availability"]): readonly string[] {
  const worse = availability.filter((fact) => fact.worse).map(({ short }) => short);
  const left = worse.length - mostTold;
  return left > 0 ? [...worse.slice(0, mostTold), `${left} more got worse`] : worse;
}

/** A report in one line, the worst first. */
export function verdictOf({
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
    ...worstOf(availability),
    ...policyVerdict(broken),
    ...(restarted > 0 ? [`${count(restarted, "machine")} restarted`] : []),
    ...(created > 0 ? [`${count(created, "machine")} created`] : []),
    ...(cost !== undefined && !cost.comparable ? [`cost not comparable${unpriced(cost)}`] : []),
    ...(money === 0 || !cost?.comparable
      ? []
      : [`${money > 0 ? "+" : ""}${money.toFixed(2)} USD/h${unpriced(cost)}`]),
    ...(runs > 0 ? [`${count(runs, "guest step")} run`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : `${count(all.length, "resource")} updated in place`;
}

/** What a stack that was not there before is, in few words. */
export function newVerdict(resources: readonly RegisteredResource[]): string {
  const { running, unknown } = costOf(thingsIn(resources));
  const vCpus = [...coresOf(resources).values()].reduce((sum, one) => sum + one, 0);
  const priceless = unknown > 0 ? ` and ${count(unknown, "thing")} without a price` : "";
  return `is new: ${count(machinesOf(resources).length, "machine")}, ${vCpus} vCPUs, ${running.toFixed(2)} USD/h${priceless}`;
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
