import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nameOf } from "../../simulator/engine/urns";
import { type StackChange, stackChanges } from "../support/changes";
import { EngineStack, expectDone, skipEngine } from "../support/engine/engine";
import { type Told, toldBy } from "../support/guest/told";
import { layout } from "../support/layout";

/*
 * What each change of a stack file does to a lab that stands: deployed where data is not protected, twice, and back again; previewed where
 * it is. The engine is the referee of `effects()`, which tells the same without one. docs/changes.md and the golden beside it are to be
 * reviewed by reading; `npm run golden:engine` writes them.
 */

interface Event {
  readonly resourcePreEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
}

type Row = Told & StackChange;

describe.skipIf(skipEngine)("a change of a lab that stands", () => {
  let kept: EngineStack;
  let free: EngineStack;
  const rows: Row[] = [];

  beforeAll(() => {
    const saves = "at the end";
    [kept, free] = [new EngineStack("minimal", { saves }), new EngineStack("minimal", { saves })];
    expectDone(free.pulumi("config", "set", "protectData", "false"));
    for (const engine of [kept, free]) expectDone(engine.up());
  });
  afterAll(() => {
    for (const engine of [kept, free]) engine?.remove();
  });

  it.each(stackChanges)("$title is deployed, deployed again and taken back, as foretold", async (change) => {
    const { values, refused, oneWay } = change;
    const told = await toldBy(change);
    const restore = free.snapshot();
    const before = free.contents();
    const there = free.with(values, () => free.up("--json"));
    if (refused === undefined) {
      expectDone(there);
      expect(effectOf(there.stdout)).toEqual(told.effect);
      expectDone(free.with(values, () => free.up("--expect-no-changes")));
      const back = free.up();
      if (oneWay === undefined) {
        expectDone(back);
        expect(free.contents()).toEqual(before);
      } else expect(back.output).toContain(`Code="${oneWay.code}"`);
    } else {
      expect(there.status).not.toBe(0);
      expect(there.output).toContain(`Code=\\"${refused.code}\\"`);
    }
    restore();
    // The engine stops at the first protected resources that it comes upon.
    const protects = protectedFrom(kept, change);
    expect(protects.filter((name) => !told.protects.includes(name))).toEqual([]);
    expect(protects.length > 0).toBe(told.protects.length > 0);
    rows.push({ ...change, ...told, ...(refused === undefined ? {} : { effect: {} }) });
  });

  it("has the effect that is published", async () => {
    const golden = rows.map(({ title, values, effect, protects }) => ({ title, values, effect, protects }));
    await expect(`${layout(golden)}\n`).toMatchFileSnapshot("../golden/changes.json");
    await expect(published(rows)).toMatchFileSnapshot("../../docs/changes.md");
  });
});

const words: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated in place",
  replace: "replaced",
  delete: "deleted",
};

/** What a deployment did to cloud resources, from the events that the engine tells. */
function effectOf(events: string): Told["effect"] {
  const effect: Record<string, Set<string>> = {};
  for (const line of events.split("\n").filter((one) => one.startsWith("{"))) {
    const { op = "", urn = "" } = (JSON.parse(line) as Event).resourcePreEvent?.metadata ?? {};
    // Components are groups of resources and nothing of their own.
    if (!(op in words) || !/azure-native:\w+:/.test(urn)) continue;
    effect[op] ??= new Set();
    effect[op].add(nameOf(urn));
  }
  // The engine works in parallel, so its order differs from run to run.
  return Object.fromEntries(
    Object.entries(effect)
      .sort()
      .map(([op, names]) => [op, [...names].sort()]),
  );
}

/** What the preview of a protected lab refuses to replace or delete. */
function protectedFrom(engine: EngineStack, { values }: StackChange): readonly string[] {
  const { stdout } = engine.with(values, () => engine.pulumi("preview", "--json"));
  const { diagnostics = [] } = JSON.parse(stdout) as {
    readonly diagnostics?: readonly { readonly severity: string; readonly message: string }[];
  };
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  expect(
    errors.filter((message) => !/marked for protection|preview failed|cannot be deleted/.test(message)),
  ).toEqual([]);
  return errors.flatMap((message) => nameOf(/resource "(urn:[^"]+)"/.exec(message)?.[1] ?? "") || []);
}

/** The effects for readers: machines by name, guest steps counted. */
function published(all: readonly Row[]): string {
  const lines = all.map(({ title, values, effect, protects, note, refused, oneWay }) => {
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
