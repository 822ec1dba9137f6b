import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nameOf } from "../../simulator/engine/urns";
import { opWords } from "../docs/changes";
import { type StackChange, stackChanges } from "../support/changes";
import { drawn, isAll, seed } from "../support/engine/drawn";
import { EngineStack, expectDone, skipEngine } from "../support/engine/engine";
import { type Told, toldBy } from "../support/guest/told";
import { layout } from "../support/layout";

/*
 * What each change of a stack file does to a lab that stands: deployed where data is not protected, twice, and back again; previewed where
 * it is. The engine is the referee of `effects()`, which tells the same without one. `npm run test:engine` draws some of them,
 * `npm run golden:engine` takes all and writes the golden, of which docs/changes.md is made.
 */

interface Event {
  readonly resourcePreEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
}

type Row = Told & StackChange;

describe.skipIf(skipEngine)(`a change of a lab that stands (LAB_SEED=${seed})`, () => {
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

  it.each(drawn(stackChanges, 8))(
    "$title is deployed, deployed again and taken back, as foretold",
    async (change) => {
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
    },
  );

  // What is drawn is held against `effects()` above, and that against the golden by test/simulator/changes.test.ts.
  it.runIf(isAll)("has the effect that its golden lists", async () => {
    const golden = rows.map(({ title, values, effect, protects }) => ({ title, values, effect, protects }));
    await expect(`${layout(golden)}\n`).toMatchFileSnapshot("../golden/changes.json");
  });
});

/** What a deployment did to cloud resources, from the events that the engine tells. */
function effectOf(events: string): Told["effect"] {
  const effect: Record<string, Set<string>> = {};
  for (const line of events.split("\n").filter((one) => one.startsWith("{"))) {
    const { op = "", urn = "" } = (JSON.parse(line) as Event).resourcePreEvent?.metadata ?? {};
    // Components are groups of resources and nothing of their own.
    if (!(op in opWords) || !/azure-native:\w+:/.test(urn)) continue;
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
