import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nameOf } from "../../cli/program";
import { stackChanges } from "../support/changes";
import { EngineStack, skipEngine } from "../support/engine";
import { layout } from "../support/layout";

/*
 * What each change of a stack file does to a lab that stands, as the real engine previews it. docs/changes.md and the golden beside it are
 * to be reviewed by reading; `npm run golden:engine` writes them.
 */

interface Effect {
  readonly title: string;
  readonly values: object;
  /** Names of resources by what happens to them; those that stay as they are do not appear. */
  readonly effect: Readonly<Record<string, readonly string[]>>;
  /** Machines and disks for whose sake the engine refuses the change. */
  readonly refusedFor: readonly string[];
}

interface Step {
  readonly op: string;
  readonly urn: string;
}

describe.skipIf(skipEngine)("a change of a lab that stands", () => {
  let engine: EngineStack;
  const effects: Effect[] = [];

  beforeAll(() => {
    engine = new EngineStack("minimal");
    expect(engine.pulumi("up", "--yes", "--skip-preview").status).toBe(0);
  });
  afterAll(() => engine?.remove());

  it.each(stackChanges)("$title has an effect that the engine can preview", ({ title, values }) => {
    const { stdout } = engine.with(values, () => engine.pulumi("preview", "--json"));
    const { steps, diagnostics = [] } = JSON.parse(stdout) as {
      readonly steps: readonly Step[];
      readonly diagnostics?: readonly { readonly severity: string; readonly message: string }[];
    };
    const effect: Record<string, string[]> = {};
    // Components are groups of resources and nothing of their own.
    for (const { op, urn } of steps.filter(
      (step) => step.op !== "same" && /azure-native:\w+:/.test(step.urn),
    )) {
      effect[op] ??= [];
      effect[op].push(nameOf(urn));
    }
    const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
    const refusedFor = errors.flatMap(
      (message) => /unable to replace resource "([^"]+)"/.exec(message)?.[1] ?? [],
    );
    expect(
      errors.filter((message) => !/marked for protection|preview failed|cannot be deleted/.test(message)),
    ).toEqual([]);
    // The engine works in parallel, so its order differs from run to run.
    const sorted = Object.entries(effect)
      .sort()
      .map(([op, names]) => [op, names.sort()]);
    effects.push({
      title,
      values,
      effect: Object.fromEntries(sorted),
      refusedFor: refusedFor.map(nameOf).sort(),
    });
  });

  it("has the effect that is published", async () => {
    await expect(`${layout(effects)}\n`).toMatchFileSnapshot("../golden/changes.json");
    await expect(published(effects)).toMatchFileSnapshot("../../docs/changes.md");
  });
});

const words: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated in place",
  replace: "replaced",
  delete: "deleted",
};

/** The effects for readers: machines by name, guest steps counted. */
function published(effects: readonly Effect[]): string {
  const rows = effects.map(({ title, values, effect, refusedFor }) => {
    const parts = Object.entries(words).flatMap(([op, word]) => {
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
    const refusal =
      refusedFor.length === 0
        ? ""
        : `**Refused** while data is protected: ${refusedFor.join(", ")}. Otherwise `;
    const change = Object.entries(values)
      .map(([key, value]) => `\`${key}: ${JSON.stringify(value)}\``)
      .join(", ");
    return `| ${title} (${change}) | ${refusal}${parts.join("<br>") || "nothing"} |`;
  });
  return [
    "# What a change does to a lab that stands",
    "",
    "Each row is one change of the stack `minimal`, previewed by the real Pulumi engine against the simulated Azure, which replaces and updates what",
    "azure-native does. Guest steps that are replaced or updated run again; they test before they set. Positions in a pool are counted from the",
    "primary data center, so a pool of another size may move servers between the two; chat servers keep no data. A preview does not ask Azure: an",
    "address space that machines stand in is refused only when it is deployed. Written by `npm run golden:engine`.",
    "",
    "| change | effect |",
    "| --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

/** Run commands carry the name of their machine and of their step. */
function isStep(name: string): boolean {
  return /^[AB]-[A-Z]+\d\d-/.test(name) && !/-(vm|nic|shutdown|data|log|directory|shares)$/.test(name);
}
