import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readStack } from "../../cli/stack/stackFile";
import type { Plan, Step } from "../../topology/model";
import { planLab } from "../../topology/planLab";
import { withPart } from "./written";

const root = join(__dirname, "..", "..");

/** What a script says of itself. */
function synopsis(script: string): string {
  const text = readFileSync(join(root, "guest", script), "utf8");
  return /\.SYNOPSIS\s+(.+?)\s+\.DESCRIPTION/s.exec(text)?.[1]?.replace(/\s+/g, " ") ?? "";
}

/** A step's name without its database: both databases go through the same. */
function general({ databaseSets }: Plan, name: string): string {
  const own = databaseSets.find(({ database }) => name.startsWith(`${database}-`));
  return own === undefined ? name : `*database*${name.slice(own.database.length)}`;
}

/** The machines of a step in few words. */
function whereOf(plan: Plan, steps: readonly Step[]): string {
  const names = new Set(steps.map(({ machine }) => machine));
  const members = plan.machines.filter(({ kind }) => kind !== "domainController");
  if (names.size === plan.machines.length) return "every machine";
  if (names.size === members.length && members.every(({ name }) => names.has(name)))
    return "every machine but domain controllers";
  if (names.size <= 4) return [...names].join(", ");
  const kinds = new Set([...names].map((name) => name.replace(/^[AB]-/, "").replace(/\d+$/, "")));
  return `A and B: ${[...kinds].map((kind) => `${kind}*n*`).join(", ")}`;
}

/** The table of all steps of Figure 1, in the order of the plan. */
function stepTable(): string {
  const { plan } = planLab(readStack("figure-1", undefined).raw);
  const byName = new Map<string, Step[]>();
  for (const step of plan.steps) {
    const name = general(plan, step.name);
    byName.set(name, [...(byName.get(name) ?? []), step]);
  }
  const nameOf = (id: string) => general(plan, id.split("/")[1] ?? "");
  const rows = [...byName].map(([name, steps]) => {
    const after = new Set(steps.flatMap((step) => step.after.map(nameOf)));
    return `| ${name} | ${whereOf(plan, steps)} | ${synopsis(steps[0]?.script ?? "")} | ${[...after].join(", ")} | [${steps[0]?.script}](../guest/${steps[0]?.script}) |`;
  });
  return ["| step | on | what it does | after | script |", "| --- | --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
}

/** docs/guest.md with its table brought up to date. */
export function guestReference(): string {
  return withPart("guest.md", "steps", stepTable());
}
