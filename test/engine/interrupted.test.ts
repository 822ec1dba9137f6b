import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readStack } from "../../cli/stack/stackFile";
import type { FaultName } from "../../simulator/arm/faults";
import { planLab } from "../../topology/planLab";
import { type StackChange, withChange } from "../support/changes";
import { drawn, seed } from "../support/engine/drawn";
import { EngineStack, expectDone, skipEngine, tooEarly } from "../support/engine/engine";

/*
 * A change of a lab that stands, killed half-way at a random write, and mended by what `lab recover` says: it ends like one that nobody
 * disturbed. LAB_SEED draws the same writes again.
 */

type Change = Pick<StackChange, "title" | "values">;

/** What creates, replaces, updates and deletes. */
const changes: readonly Change[] = [
  { title: "a mirror for the secondary", values: { "databases.secondaryMirror": true } },
  {
    title: "another image of database machines",
    values: { "machines.sqlServer.image": "sql-server-2019-standard" },
  },
  { title: "logs shipped every 5 minutes", values: { "databases.logShipping.intervalMinutes": 5 } },
  { title: "no Bastion host", values: { bastion: "none" } },
];

const killed: readonly FaultName[] = [
  "engine-killed",
  "engine-killed-before",
  "provider-killed",
  "provider-killed-before",
];

describe.skipIf(skipEngine)(`a change that is interrupted (LAB_SEED=${seed})`, () => {
  let engine: EngineStack;
  let restore: () => void;

  beforeAll(() => {
    engine = new EngineStack("minimal");
    expectDone(engine.pulumi("config", "set", "protectData", "false"));
    expectDone(engine.up());
    restore = engine.snapshot();
  });
  beforeEach(() => restore());
  afterAll(() => engine?.remove());

  const draws = fc.sample(fc.tuple(fc.noBias(fc.integer({ min: 0, max: 99 })), fc.constantFrom(...killed)), {
    seed,
    numRuns: changes.length,
  });
  const all = draws.map(([percent, fault], index) => ({ ...(changes[index] as Change), percent, fault }));
  const cases = drawn(all, 2);

  it.each(cases)(
    "of $title, after $percent % of it, $fault, ends as if nothing had been",
    ({ values, percent, fault }) => {
      engine.with(values, () => {
        const before = engine.contents();
        const count = engine.counting(() => expectDone(engine.up()));
        const whole = engine.contents();
        expect(whole).not.toEqual(before);
        restore();

        const nth = 1 + Math.floor((percent / 100) * count);
        const wrong = engine.failing({ type: "*", nth, fault }, () => engine.up());
        expect(wrong.status, wrong.output).not.toBe(0);
        const started = Date.now();
        engine.mend();

        expect(engine.contents()).toEqual(whole);
        const { at, failed } = engine.runs();
        expect(failed).toEqual([]);
        const { steps } = planLab(withChange(readStack("minimal", undefined).raw, { values })).plan;
        const ranSince = steps.filter(({ id }) => (at.get(id) ?? 0) > started);
        expect(tooEarly(ranSince, at)).toEqual([]);
      });
    },
  );
});
