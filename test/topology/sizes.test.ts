import { describe, expect, it } from "vitest";
import {
  familyOf,
  hasAcceleratedNetworking,
  isGeneration1,
  isKnown,
  parseSize,
} from "../../topology/azure/sizes";
import { quotaNeeds } from "../../topology/views/quota";
import { planOf } from "../support/config";

const size = (name: string) => {
  const found = parseSize(name);
  if (found === undefined) throw new Error(`${name} is no size`);
  return found;
};

describe("an Azure VM size", () => {
  it("is read from its name", () => {
    expect(parseSize("Standard_D4s_v5")).toEqual({
      series: "D",
      vCpus: 4,
      features: "s",
      version: 5,
      accelerator: "",
    });
    expect(parseSize("Standard_E16-4ads_v5")).toEqual({
      series: "E",
      vCpus: 16,
      features: "ads",
      version: 5,
      accelerator: "",
    });
    expect(parseSize("Standard_B2ms")).toEqual({
      series: "B",
      vCpus: 2,
      features: "ms",
      version: 1,
      accelerator: "",
    });
    expect(parseSize("Standard_NC4as_T4_v3")).toEqual({
      series: "NC",
      vCpus: 4,
      features: "as",
      version: 3,
      accelerator: "T4",
    });
    expect(parseSize("D4s_v5")).toBeUndefined();
  });

  it.each([
    ["Standard_D4s_v5", "standardDSv5Family"],
    ["Standard_D4ds_v5", "standardDDSv5Family"],
    ["Standard_D8as_v5", "standardDASv5Family"],
    ["Standard_E4bds_v5", "standardEBDSv5Family"],
    ["Standard_F4s_v2", "standardFSv2Family"],
    ["Standard_DS2_v2", "standardDSv2Family"],
    ["Standard_B2ms", "standardBSFamily"],
    ["Standard_M128ms", "standardMSFamily"],
    ["Standard_M416ms_v2", "standardMSv2Family"],
    ["Standard_NV6ads_A10_v5", "StandardNVADSA10v5Family"],
  ])("%s counts against %s", (name, family) => {
    expect(familyOf(name)).toBe(family);
  });

  it("starts generation 2 unless it is an old one without premium storage", () => {
    const first = ["Standard_D2_v2", "Standard_D2_v3", "Standard_A2_v2"];
    const second = [
      "Standard_DS2_v2",
      "Standard_D2s_v3",
      "Standard_B2s",
      "Standard_D2_v5",
      "Standard_F2s_v2",
    ];
    expect(first.filter((name) => !isGeneration1(size(name)))).toEqual([]);
    expect(second.filter((name) => isGeneration1(size(name)))).toEqual([]);
  });

  it("has accelerated networking in the newer general series", () => {
    expect(hasAcceleratedNetworking("Standard_D2s_v5")).toBe(true);
    expect(hasAcceleratedNetworking("Standard_E4ds_v4")).toBe(true);
    expect(hasAcceleratedNetworking("Standard_B2s")).toBe(false);
  });

  it("is known by series and version", () => {
    expect([isKnown(size("Standard_D2s_v5")), isKnown(size("Standard_D2s_v99"))]).toEqual([true, false]);
  });
});

describe("the quota that a lab needs", () => {
  it("is counted by region and family", () => {
    const plan = planOf({
      pool: { servers: 2 },
      frontEnds: { servers: 0 },
      machines: { sqlServer: { size: "Standard_E4s_v5" } },
    });
    expect(quotaNeeds(plan)).toEqual([
      { region: "northeurope", family: "standardDSv5Family", vCpus: 8 },
      { region: "northeurope", family: "standardESv5Family", vCpus: 8 },
      { region: "swedencentral", family: "standardDSv5Family", vCpus: 10 },
      { region: "swedencentral", family: "standardESv5Family", vCpus: 8 },
    ]);
  });
});
