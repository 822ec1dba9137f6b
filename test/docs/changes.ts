import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type StackChange, stackChanges } from "../support/changes";
import type { Told } from "../support/guest/told";

type Row = Told & StackChange;

/** What the real engine did: `npm run golden:engine` writes it. */
const golden: readonly (Told & Pick<StackChange, "title" | "values">)[] = JSON.parse(
  readFileSync(join(__dirname, "..", "golden", "changes.json"), "utf8"),
);

function changeCalled(title: string): StackChange {
  const found = stackChanges.find((change) => change.title === title);
  if (found === undefined) throw new Error(`test/support/changes.ts has no change "${title}" any more`);
  return found;
}

/** What is done to a resource, in words. */
export const opWords: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated in place",
  replace: "replaced",
  delete: "deleted",
};

/** The effects for readers: machines by name, guest steps counted. */
export function changesReference(): string {
  const all = golden.map((row): Row => ({ ...changeCalled(row.title), ...row }));
  const lines = all.map(({ title, values, effect, protects, note, refused, oneWay }) => {
    const parts = Object.entries(opWords).flatMap(([op, word]) => {
      const names = effect[op] ?? [];
      const machines = names
        .filter((name) => name.endsWith("-vm"))
        .map((name) => name.slice(0, -"-vm".length));
      const steps = names.filter((name) => isStep(name));
      const others = names.filter((name) => !name.endsWith("-vm") && !isStep(name));
      const told = [
        ...(machines.length > 0 ? [`machines ${machines.join(", ")}`] : []),
        ...(steps.length > 0 ? [`${steps.length} guest steps`] : []),
        ...(others.length > 0
          ? [others.length > 6 ? `${others.length} other resources` : others.join(", ")]
          : []),
      ];
      return told.length === 0 ? [] : [`${word}: ${told.join("; ")}`];
    });
    const does = parts.join("<br>") || "nothing";
    const sentences = [
      ...(protects.length > 0
        ? [`**Refused** in the preview while data is protected, for the sake of ${few(protects)}.`]
        : []),
      refused === undefined
        ? `${protects.length > 0 ? "Otherwise " : ""}${does}`
        : `**Azure refuses it** on any lab that stands: ${refused.why}. ${refused.instead ?? "Make a new lab."}`,
      ...(note === undefined ? [] : [`(${note})`]),
      ...(oneWay === undefined ? [] : [`Azure does not take it back: ${oneWay.why}.`]),
    ];
    const change = Object.entries(values)
      .map(([key, value]) => `\`${key}: ${JSON.stringify(value)}\``)
      .join(", ");
    return `| ${title} (${change}) | ${sentences.join(" ")} |`;
  });
  return [
    "# What a change does to a lab that stands",
    "",
    "Each row is one change of the stack `minimal`. On a lab whose data is not protected the real Pulumi engine deployed it against the simulated",
    "Azure, deployed it again with nothing to do, and took it back; on a lab whose data is protected it previewed it. Guest steps that are",
    "replaced or updated run again; they test before they set. Positions in a pool are counted from the primary data center, so a pool of",
    "another size may move servers between the two; chat servers keep no data. What is refused in the preview touches nothing. Written by",
    "`npm run golden:engine`.",
    "",
    "| change | effect |",
    "| --- | --- |",
    ...lines,
    "",
  ].join("\n");
}

function few(names: readonly string[]): string {
  return names.length > 8 ? `${names.length} resources, ${names[0]} among them` : names.join(", ");
}

/** Run commands carry the name of their machine and of their step. */
function isStep(name: string): boolean {
  return /^[AB]-[A-Z]+\d\d-/.test(name) && !/-(vm|nic|shutdown|data|log|directory|shares)$/.test(name);
}
