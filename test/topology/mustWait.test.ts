import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planLab } from "../../topology/planLab";
import { validConfig } from "../support/arbitraryConfig";
import { galleryImage, media, planOf } from "../support/config";
import { mustWait, waitsOf } from "../support/guest/mustWait";

describe("the steps of every valid configuration", () => {
  it("wait for nothing but what they must wait for", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        expect(waitsOf(planLab(config).plan).filter(({ allowedBy }) => allowedBy.length === 0)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it("show a needless wait", () => {
    const plan = planOf();
    const steps = plan.steps.map((step) =>
      step.id === "B-CHAT03/join"
        ? { ...step, after: [...step.after, "B-DC01/replica-ready", "A-FE01/join"] }
        : step,
    );
    expect(waitsOf({ ...plan, steps }).filter(({ allowedBy }) => allowedBy.length === 0)).toEqual([
      { step: "B-CHAT03/join", after: "B-DC01/replica-ready", allowedBy: [] },
      { step: "B-CHAT03/join", after: "A-FE01/join", allowedBy: [] },
    ]);
  });
});

describe("what must wait", () => {
  it("is waited for in some plan, row by row", () => {
    const own = { machines: { frontEnd: { image: galleryImage }, persistentChat: { image: galleryImage } } };
    const { update, urlRewrite, ...bare } = media;
    const waits = [{ media }, { media: bare, ...own }, { databases: { backupShare: "primary" } }].flatMap(
      (changes) => waitsOf(planOf(changes)),
    );
    const used = new Set(waits.flatMap(({ allowedBy }) => allowedBy));
    expect(mustWait.filter((_, index) => !used.has(index))).toEqual([]);
  });
});
