import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStack } from "../../cli/stackFile";
import { type FaultName, faultNames } from "../../simulator/arm/faults";
import { tokens } from "../../simulator/arm/resourceTypes";
import { planLab } from "../../topology/check";
import { labWith, typed } from "../support/cli";
import { EngineStack, expectDone, skipEngine } from "../support/engine";

/*
 * A deployment that goes wrong in the middle, at any write and in any way, and is mended by what `lab recover` says. `npm run test:engine`
 * takes a few of them, `npm run test:crash` each write with each way.
 */

const planned = planLab(readStack("minimal", undefined).raw).plan.steps;

/** Without what a user can wait out, and a write that hangs, which is one that is killed. */
const ways = faultNames.filter((name) => name !== "hangs" && name !== "slow");
const writes = 115;
const scripts = 55;

const all = process.env.LAB_CRASHES === "all";
const seed = Number(process.env.LAB_SEED ?? Date.now() % 100_000);
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
function sample(): readonly Case[] {
  const count = 10;
  const step = writes / count;
  const [draws = []] = fc
    .sample(
      fc.tuple(
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
          minLength: count,
          maxLength: count,
        }),
        fc.shuffledSubarray([...ways], { minLength: ways.length }),
      ),
      { seed, numRuns: 1 },
    )
    .map(([places, order]) =>
      places.map((place, index) => ({
        nth: Math.min(writes, 1 + Math.floor((index + place) * step)),
        fault: order[index % order.length] as FaultName,
        refresh: index % 2 === 1,
      })),
    );
  return draws;
}

describe.skipIf(skipEngine)(`a deployment that goes wrong (LAB_SEED=${seed})`, () => {
  let engine: EngineStack;
  let whole: ReadonlyMap<string, string>;
  let again: () => void;

  /** Runs a command of the lab for the twin of the test. */
  const lab = (...args: string[]) => labWith({ LAB_TWIN: engine.folder }, ...args);

  beforeAll(() => {
    engine = new EngineStack("minimal");
    again = engine.snapshot();
    expectDone(engine.up());
    whole = engine.contents();
    expect(whole.size).toBe(writes);
  });
  afterAll(() => engine?.remove());

  it.each(all ? everything : sample())(
    "at write $nth, $fault, refreshed: $refresh, is mended by what `lab recover` says",
    ({ nth, fault, refresh }) => {
      again();
      again = engine.snapshot();
      const scripted = { type: tokens.runCommand, nth: 1 + (nth % scripts), fault };
      const wrong = engine.failing(fault === "script-failed" ? scripted : { type: "*", nth, fault }, () =>
        engine.up(),
      );
      expect({ status: wrong.status === 0, output: wrong.output }).toMatchObject({ status: false });

      if (refresh) {
        engine.pulumi("cancel", "--yes");
        expectDone(engine.pulumi("refresh", "--yes", "--skip-preview"));
      }
      const found = lab("recover", "--twin", "--stack", "minimal", "--json");
      const { commands } = JSON.parse(found.stdout) as { readonly commands: readonly string[] };
      expect(found.code).toBe(commands.length === 0 ? 0 : 1);
      for (const command of commands) {
        const yes = / pulumi up /.test(command) ? " --yes --skip-preview" : "";
        expectDone(typed(`${command}${yes}`, { LAB_TWIN: engine.folder }));
      }
      if (commands.length === 0) expectDone(engine.up());

      const { at, failed } = engine.runs();
      expect(failed).toEqual([]);
      const early = planned.flatMap(({ id, after }) =>
        after
          .filter((before) => (at.get(before) ?? 0) > (at.get(id) ?? 0))
          .map((before) => `${id} before ${before}`),
      );
      expect(early).toEqual([]);
      expect(engine.contents()).toEqual(whole);
      expectDone(engine.up("--expect-no-changes"));
      expect(lab("recover", "--twin", "--stack", "minimal").stdout).toContain(
        "Nothing of stack minimal is to be mended",
      );
    },
  );
});
