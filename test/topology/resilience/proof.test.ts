import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planLab } from "../../../topology/planLab";
import { actsOf } from "../../../topology/resilience/acts";
import { explore } from "../../../topology/resilience/explore";
import type { Happening } from "../../../topology/resilience/happening";
import { nightsOf } from "../../../topology/resilience/happenings";
import { modelOf } from "../../../topology/resilience/model";
import { siteOfPlan } from "../../../topology/resilience/ofPlan";
import { brokenBy, prove } from "../../../topology/resilience/proof";
import { resting, type State } from "../../../topology/resilience/state";
import { survivalOf } from "../../../topology/resilience/survival";
import { validConfig } from "../../support/arbitraryConfig";
import { siteOf, siteOfStack, subjectIn } from "../../support/resilience";

describe("what holds in every state", () => {
  // A guard that swallows half of the states, or one that lets too much through, changes a number here.
  it.each([
    ["figure-1", 1, 2488],
    ["minimal", 1, 594],
    ["minimal", 2, 11100],
  ])("holds for %s after %i failures, in %i states", (stack, failures, states) => {
    expect(prove(siteOfStack(stack), failures)).toEqual({ states, broken: [] });
  });

  it("holds of a lab that is served from its secondary data center, which may come back or not", () => {
    const { states, broken } = prove(siteOf({ site: "secondary" }), 1);
    expect({ states, broken }).toEqual({ states: 1587, broken: [] });
  });

  it("holds for any lab after a failure", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        expect(prove(siteOfPlan(planLab(config).plan), 1).broken).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });

  it("holds after the nightly stop, whatever stops and starts first", () => {
    const subject = subjectIn(siteOf({ databases: { secondaryMirror: false, witnesses: "primary" } }));
    const model = modelOf(subject);
    const calm = model.moves.filter(({ kind }) => kind !== "failure");
    const nights = { ...model, moves: [...calm, ...nightsOf(subject)] };
    const found = explore(nights, 2);
    // What only other failures make happen has no path.
    expect(brokenBy(subject, nights, found).filter(({ path }) => path.length > 0)).toEqual([]);
    expect(found.states.length).toBe(6432);
  });

  it.each(["figure-1", "minimal"])(
    "never loses more in %s than the table says of one or two failures, whatever people do first",
    (stack) => {
      const site = siteOfStack(stack);
      const subject = subjectIn(site);
      const { intervalMinutes } = subject.database;
      const { rows, pairs } = survivalOf(site, true);
      const { moves, keyOf } = modelOf(subject);
      const acts = actsOf(subject);
      const nameOf = (id: string) => (id === "cut" ? "link" : id.replace(/^lost:/, ""));
      const failures = moves.filter(({ id }) => id === "cut" || id.startsWith("lost:"));
      const after = (ids: readonly Happening[]) =>
        ids.reduce<State | undefined>((state, { from }) => state && from(state), resting(subject));
      let lossy = 0;
      for (const one of failures)
        for (const other of [undefined, ...failures]) {
          const both = [one, ...(other === undefined ? [] : [other])] as readonly Happening[];
          const start = after(both);
          const names = both.map(({ id }) => nameOf(id)).sort();
          const row = [...rows, ...pairs].find(({ what }) => what.toSorted().join() === names.join());
          if (start === undefined || row === undefined || row.lossMinutes === null) continue;
          const found = explore({ start, moves: acts, keyOf }, 0);
          for (const state of found.states)
            for (const act of acts) {
              if (act.loses === undefined || act.from(state) === undefined) continue;
              lossy++;
              expect(act.loses(state) * intervalMinutes, `${names.join()}: ${act.id}`).toBeLessThanOrEqual(
                row.lossMinutes,
              );
            }
        }
      expect(lossy).toBeGreaterThan(20);
    },
  );
});
