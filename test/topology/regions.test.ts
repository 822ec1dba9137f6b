import { describe, expect, it } from "vitest";
import { hasZones, regions, roundTripMs } from "../../topology/azure/regions";
import { closest } from "../../topology/config/closest";

describe("the regions", () => {
  it("are known with and without zones, and unknown otherwise", () => {
    expect([hasZones("northeurope"), hasZones("ukwest"), hasZones("atlantis")]).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  it("are as many as Azure's list had with and without zones", () => {
    expect(regions.map(hasZones).filter((zones) => zones).length).toBe(37);
    expect(regions.length).toBe(47);
  });

  it("are listed once, in order", () => {
    expect([...new Set(regions)].sort()).toEqual(regions);
  });

  it("are as far apart in one direction as in the other", () => {
    expect([roundTripMs("uksouth", "northeurope"), roundTripMs("northeurope", "uksouth")]).toEqual([13, 13]);
    expect(roundTripMs("uksouth", "atlantis")).toBeUndefined();
  });
});

describe("the closest name", () => {
  it("is found for a slip of the pen and not for another word", () => {
    expect(closest("northeurop", regions)).toBe("northeurope");
    expect(closest("UKSouth", regions)).toBe("uksouth");
    expect(closest("atlantis", regions)).toBeUndefined();
    expect(closest("x", [])).toBeUndefined();
  });
});
