import { describe, expect, it } from "vitest";
import { ArmError } from "../../simulator/arm/armError";
import { createCloud } from "../../simulator/arm/cloud";
import { hasZones, regions, roundTripMs } from "../../topology/azure/regions";
import { closest } from "../../topology/config/closest";
import { bodies } from "../support/arm";

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

  it("without zones are those in which the simulated Azure refuses one", () => {
    const refuses = (location: string) => {
      const cloud = createCloud();
      const [token, inputs] = bodies.disk;
      cloud.put(...bodies.group);
      try {
        cloud.put(token, { ...inputs, location, zones: ["1"] });
        return false;
      } catch (error) {
        return error instanceof ArmError && error.code === "AvailabilityZoneNotSupported";
      }
    };
    expect(regions.filter(refuses)).toEqual(regions.filter((region) => hasZones(region) === false));
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
