import { describe, expect, it } from "vitest";
import { readStack, shippedStacks } from "../../cli/stack/stackFile";
import { alternativesTo, hasZones, regions, restrictionOf, roundTripMs } from "../../topology/azure/regions";
import table from "../../topology/azure/roundTrips.json";
import { closest } from "../../topology/config/closest";
import { planLab } from "../../topology/planLab";

describe("the regions", () => {
  it("are known with and without zones, and unknown otherwise", () => {
    expect([hasZones("northeurope"), hasZones("westus"), hasZones("atlantis")]).toEqual([
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
    expect([
      roundTripMs("swedencentral", "northeurope"),
      roundTripMs("northeurope", "swedencentral"),
    ]).toEqual([38, 38]);
    expect(roundTripMs("swedencentral", "atlantis")).toBeUndefined();
  });
});

describe("the round trips", () => {
  it("are a whole triangle over known regions, each once and in order", () => {
    expect([...new Set(table.regions)].sort()).toEqual(table.regions);
    expect(table.regions.filter((region) => !regions.includes(region))).toEqual([]);
    expect(table.matrix.map((row) => row.length)).toEqual(table.regions.map((_, index) => index));
    expect(table.matrix.flat().filter((ms) => !(Number.isInteger(ms) && ms > 0))).toEqual([]);
  });

  it("are those of July 2026 where Microsoft's page was read then", () => {
    const known = Object.fromEntries(
      table.newer.pairs.map((pair) => [pair, roundTripMs(...(pair.split(" ") as [string, string]))]),
    );
    expect(known).toMatchObject({ "swedencentral westeurope": 26, "northeurope westeurope": 17 });
    expect(Object.values(known)).not.toContain(undefined);
  });
});

describe("regions that refuse customers", () => {
  it("carry the month of the report and its address", () => {
    const restricted = regions.flatMap((region) => restrictionOf(region) ?? []);
    expect(restricted.length).toBe(5);
    for (const { since, source, reported } of restricted) {
      expect(since).toMatch(/^20\d\d-(0\d|1[0-2])$/);
      expect(source).toMatch(/^https:\/\//);
      expect(reported).not.toBe("");
    }
  });

  it("have alternatives: open, with zones if wanted, the nearest to the other data center first", () => {
    const near = alternativesTo("uksouth", "northeurope", true);
    expect(near.slice(0, 3)).toEqual(["westeurope", "francecentral", "germanywestcentral"]);
    expect(near.filter((region) => restrictionOf(region) !== undefined || !hasZones(region))).toEqual([]);
    expect(alternativesTo("ukwest", "westus3", false)[0]).toBe("westus");
    expect(alternativesTo("uksouth", "atlantis", true)).toEqual([]);
  });

  it.each(shippedStacks)("do not stand in the stack %s, whose round trip is known", (stack) => {
    const { primary, secondary } = planLab(readStack(stack, undefined).raw).plan.dataCenters;
    expect([primary, secondary].map(({ region }) => restrictionOf(region))).toEqual([undefined, undefined]);
    expect(roundTripMs(primary.region, secondary.region)).toBeGreaterThan(0);
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
