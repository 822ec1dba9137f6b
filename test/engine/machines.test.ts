import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StoredResource } from "../../simulator/arm/resource";
import { tokens } from "../../simulator/arm/resourceTypes";
import { EngineStack, expectDone, skipEngine } from "../support/engine/engine";

/*
 * Machines that a subscription does not get: restricted for it, which `check --azure` tells beforehand, or without a host, which nothing
 * tells and `recover` mends.
 */

describe.skipIf(skipEngine)("a machine that Azure does not give", () => {
  let engine: EngineStack;
  let restore: () => void;

  beforeAll(() => {
    engine = new EngineStack("minimal", { saves: "at the end" });
    restore = engine.snapshot();
  });
  beforeEach(() => restore());
  afterAll(() => engine?.remove());

  it("is refused by up as check --azure says before, and is not there", () => {
    const restricted = {
      fault: "size-restricted",
      size: "Standard_D2s_v5",
      region: "northeurope",
      zones: ["1"],
    } as const;
    const up = engine.failing(restricted, () => engine.up());
    expect(up.status).not.toBe(0);
    expect(up.output).toContain('Code="SkuNotAvailable"');
    const inZone = machines().filter(
      ({ inputs }) => inputs.location === "northeurope" && (inputs.zones as string[]).includes("1"),
    );
    expect(inZone).toEqual([]);
    expectDone(engine.up());
  });

  const machines = (): readonly StoredResource[] =>
    [...engine.contents().values()]
      .map((text) => JSON.parse(text) as StoredResource)
      .filter(({ token }) => token === tokens.machine);
  const failed = () => machines().flatMap(({ id, failed: isFailed }) => (isFailed ? [id] : []));
  const withoutHost = () =>
    engine.failing({ type: tokens.machine, name: "A-SQL01", fault: "zonal-allocation-failed" }, () =>
      engine.up(),
    );

  it.each([
    ["as it is", () => {}],
    ["after a refresh", () => expectDone(engine.pulumi("refresh", "--yes", "--skip-preview"))],
  ])("is there without a host, and mended by what recover says: %s", (_, first) => {
    const up = withoutHost();
    expect(up.status).not.toBe(0);
    expect(up.output).toContain('Code="ZonalAllocationFailed"');
    expect(failed().map((id) => id.split("/").at(-1))).toEqual(["A-SQL01"]);
    first();
    engine.mend();
    expect(failed()).toEqual([]);
    expect(machines().every(({ running }) => running)).toBe(true);
    expect(engine.runs().failed).toEqual([]);
  });
});
