import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokens } from "../../simulator/arm/resourceTypes";
import { EngineStack, expectDone, skipEngine } from "../support/engine/engine";

/*
 * A guest step whose script fails. Azure has its run command all the same, and starts nothing when the same request comes again: what is
 * not made anew stays undone, and everything behind it would be built on nothing.
 */

describe.skipIf(skipEngine)("a guest step that failed", () => {
  let engine: EngineStack;
  const runs = (outcome: "failed" | "succeeded") => engine.runs()[outcome];

  beforeAll(() => {
    engine = new EngineStack("minimal");
  });
  afterAll(() => engine?.remove());

  it("ends the deployment, and nothing that waits for it ran", () => {
    const { status, output } = engine.failing(
      { type: tokens.runCommand, nth: 12, fault: "script-failed" },
      () => engine.up("--parallel", "1"),
    );
    expect(status).not.toBe(0);
    expect(output).toMatch(/The script of \S+ failed\. Azure has the run command all the same\./);
    expect(runs("failed")).toHaveLength(1);
    expect(runs("succeeded")).toHaveLength(11);
    const waiting = engine.waitingFor(runs("failed")[0] ?? "");
    expect(waiting.length).toBeGreaterThan(0);
    expect(runs("succeeded").filter((id) => waiting.includes(id))).toEqual([]);
  });

  it("runs to its end with the next deployment, and once", () => {
    const [failed = ""] = runs("failed");
    const up = engine.up();
    expectDone(up);
    expect(up.output).toMatch(/\+-1 replaced/);
    expect(runs("failed")).toEqual([]);
    expect(runs("succeeded")).toContain(failed);
    expect(runs("succeeded")).toHaveLength(61);
    expectDone(engine.up("--expect-no-changes"));
  });
});
