import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planLab } from "../../../topology/planLab";
import { explore } from "../../../topology/resilience/explore";
import { nightsOf } from "../../../topology/resilience/happenings";
import { modelOf } from "../../../topology/resilience/model";
import { siteOfPlan } from "../../../topology/resilience/ofPlan";
import { brokenBy, prove } from "../../../topology/resilience/proof";
import { validConfig } from "../../support/arbitraryConfig";
import { siteOfStack, watched } from "../../support/resilience";

describe("what holds in every state", () => {
  // A guard that swallows half of the states, or one that lets too much through, changes a number here.
  it.each([
    ["figure-1", 1, 2488],
    ["figure-2", 1, 2488],
    ["full", 1, 2488],
    ["minimal", 1, 594],
    ["minimal", 2, 11100],
  ])("holds for %s after %i failures, in %i states", (stack, failures, states) => {
    expect(prove(siteOfStack(stack), failures)).toEqual({ states, broken: [] });
  });

  it("holds for any lab after a failure", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        expect(prove(siteOfPlan(planLab(config).plan), 1).broken).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it("holds after the nightly stop, whatever stops and starts first", () => {
    const model = modelOf(watched);
    const nights = {
      ...model,
      moves: [...model.moves.filter(({ kind }) => kind !== "failure"), ...nightsOf(watched)],
    };
    const found = explore(nights, 2);
    const always = brokenBy(watched, nights, found).filter(({ path }) => path.length > 0);
    expect(always).toEqual([]);
    expect(found.states.length).toBeGreaterThan(200);
  });
});
