import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStack } from "../../cli/stack/stackFile";
import { type Fault, type FaultName, faultNames } from "../../simulator/arm/faults";
import { tokens } from "../../simulator/arm/resourceTypes";
import { planLab } from "../../topology/planLab";
import { isAll, seed } from "../support/engine/drawn";
import { EngineStack, expectDone, skipEngine, tooEarly } from "../support/engine/engine";

/*
 * A deployment that goes wrong in the middle, at any write and in any way, and is mended by what `lab recover` says. `npm run test:engine`
 * takes a few of them, `npm run test:crash` each write with each way.
 */

/** Without what a user can wait out, and a write that hangs, which is one that is killed. */
const ways = faultNames.filter((name) => name !== "hangs" && name !== "slow");
/** How many resources Azure has of the stack `minimal`. */
const writes = 121;
/** Of the stack `figure-1`. */
const largerWrites = 353;

const all = process.env.LAB_CRASHES === "all";
const everything = Array.from({ length: writes }, (_, index) => index + 1).flatMap((nth) =>
  ways.flatMap((fault) => [false, true].map((refresh): Case => ({ nth, fault, refresh }))),
);

interface Case {
  /** Which write goes wrong; for a script that fails, which guest step. */
  readonly nth: number;
  readonly fault: FaultName;
  /** Whether somebody refreshes before anything is mended. */
  readonly refresh: boolean;
}

/** A few writes over the whole deployment, each in another way. */
function sample(count: number): readonly Case[] {
  const step = writes / count;
  const [draws = []] = fc
    .sample(
      fc.tuple(
        fc.array(fc.noBias(fc.integer({ min: 0, max: 99 })), { minLength: count, maxLength: count }),
        fc.shuffledSubarray([...ways], { minLength: ways.length }),
      ),
      { seed, numRuns: 1 },
    )
    .map(([places, order]) =>
      places.map((place, index) => ({
        nth: Math.min(writes, 1 + Math.floor((index + place / 100) * step)),
        fault: order[index % order.length] as FaultName,
        refresh: index % 2 === 1,
      })),
    );
  return draws;
}

/** The same for a larger lab, where several writes are under way at once. */
const larger: readonly Case[] = fc
  .sample(fc.tuple(fc.noBias(fc.integer({ min: 1, max: largerWrites })), fc.constantFrom(...ways)), {
    seed,
    numRuns: isAll ? 2 : 1,
  })
  .map(([nth, fault], index) => ({ nth, fault, refresh: (index + seed) % 2 === 1 }));

describe.skipIf(skipEngine).each([
  { stack: "minimal", writes, cases: all ? everything : sample(isAll ? 10 : 5) },
  { stack: "figure-1", writes: largerWrites, cases: larger },
])(`a deployment of $stack that goes wrong (LAB_SEED=${seed})`, ({ stack, writes: count, cases }) => {
  let engine: EngineStack;
  let whole: ReadonlyMap<string, string>;
  let restore: () => void;
  const { steps, machines } = planLab(readStack(stack, undefined).raw).plan;
  /** Scripts fail in guest steps, and machines lack a host; everything else goes wrong with any write. */
  const faultOf = (fault: FaultName, nth: number): Fault => {
    if (fault === "script-failed") return { type: tokens.runCommand, nth: 1 + (nth % steps.length), fault };
    if (fault.endsWith("allocation-failed"))
      return { type: tokens.machine, nth: 1 + (nth % machines.length), fault };
    return { type: "*", nth, fault };
  };

  beforeAll(() => {
    engine = new EngineStack(stack);
    restore = engine.snapshot();
    expectDone(engine.up());
    whole = engine.contents();
    expect(whole.size).toBe(count);
  });
  afterAll(() => engine?.remove());

  it.each(cases)(
    "at write $nth, $fault, refreshed: $refresh, is mended by what `lab recover` says",
    ({ nth, fault, refresh }) => {
      restore();
      const wrong = engine.failing(faultOf(fault, nth), () => engine.up());
      expect(wrong.status, wrong.output).not.toBe(0);

      if (refresh) {
        engine.pulumi("cancel", "--yes");
        expectDone(engine.pulumi("refresh", "--yes", "--skip-preview"));
      }
      engine.mend();

      const { at, failed } = engine.runs();
      expect(failed).toEqual([]);
      expect(tooEarly(steps, at)).toEqual([]);
      expect(engine.contents()).toEqual(whole);
    },
  );
});
