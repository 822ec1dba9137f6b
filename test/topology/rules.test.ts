import { describe, expect, it } from "vitest";
import { configSchema } from "../../topology/config/schema";
import { plan } from "../../topology/plan";
import { problemsOf, rules } from "../../topology/planLab";
import type { Lab } from "../../topology/rules/rule";
import { smallest } from "../support/config";
import { type Changes, region, ruleCases } from "../support/ruleCases";

const labOf = (changes: Changes = {}): Lab => {
  const config = configSchema.parse({ ...smallest, ...changes });
  return { config, plan: plan(config) };
};

describe("the rules", () => {
  it("each have a passing and a failing case here", () => {
    expect(Object.keys(ruleCases).sort()).toEqual(Object.keys(rules).sort());
  });

  it("find nothing in the smallest configuration", () => {
    expect(problemsOf(labOf())).toEqual([]);
  });

  for (const [name, { good, bad, path, message }] of Object.entries(ruleCases)) {
    const findings = (changes?: Changes) => rules[name]?.findings(labOf(changes)) ?? [];

    it(`${name}: passes ${good === undefined ? "the smallest configuration" : JSON.stringify(good).slice(0, 80)}`, () => {
      expect(findings(good)).toEqual([]);
    });

    it(`${name}: finds ${JSON.stringify(bad).slice(0, 80)}`, () => {
      const found = findings(bad);
      expect(found.map((finding) => [finding.path, finding.message])).toEqual([[path, message]]);
      expect(found.every(({ fix }) => fix.endsWith("."))).toBe(true);
    });
  }

  it.each([
    [
      "domain",
      { domain: "builtin.test" },
      "Windows keeps BUILTIN, which would be the domain's NetBIOS name, to itself.",
    ],
    [
      "tags.4dabf18193072939515e22adb298388d",
      { tags: { "4dabf18193072939515e22adb298388d": "x" } },
      "A Pulumi program cannot carry a tag of this name.",
    ],
  ])("find %s in %j as well", (path, bad, message) => {
    expect(problemsOf(labOf(bad)).map((problem) => [problem.path, problem.message])).toEqual([
      [path, message],
    ]);
  });

  it.each([
    ["172.20.0.0/16", "172.20.0.0/16", "172.20.0.0/17 and 172.20.128.0/17"],
    ["10.1.0.0/22", "10.1.0.0/16", "10.1.0.0/17 and 10.1.128.0/17"],
    ["10.1.0.0/23", "10.1.0.0/23", "10.1.0.0/16 and 10.2.0.0/16"],
  ])("offer the halves of the larger range where %s and %s overlap", (one, other, halves) => {
    const dataCenters = {
      primary: { region: "northeurope", addressSpace: one },
      secondary: { region: "swedencentral", addressSpace: other },
    };
    expect(problemsOf(labOf({ dataCenters })).map(({ fix }) => fix)).toEqual([
      `Give each data center a range of its own, such as ${halves}.`,
    ]);
  });

  it.each([
    ["Europe/Berlin", "Write W. Europe Standard Time."],
    ["Mars/Olympus", "Write the id that tzutil /l on Windows lists for it."],
  ])("call %s by Windows' id, and nothing else", (timeZone, fix) => {
    expect(problemsOf(labOf({ autoShutdown: { timeZone } })).map((one) => [one.rule, one.fix])).toEqual([
      ["timeZoneIsOfWindows", fix],
    ]);
  });

  it.each(["usdodcentral", "chinaeast2"])("know %s, whatever is said of its fault isolation", (name) => {
    const lab = labOf(region("northeurope", name, { faultIsolation: "availability-sets" }));
    expect(problemsOf(lab).map(({ rule }) => rule)).toContain("regionsAreOfThePublicCloud");
  });

  it("call regions far from 50 ms on", () => {
    const far = (primary: string, secondary: string) =>
      problemsOf(labOf(region(primary, secondary))).map(({ rule }) => rule);
    expect(far("francecentral", "westus3")).toEqual(["farRegionsUseTheLowBandwidthProfile"]);
    expect(far("eastasia", "southeastasia")).toEqual([]);
  });

  it("name what was probably meant", () => {
    const fixes = (bad: Changes) => problemsOf(labOf(bad)).map(({ fix }) => fix.split("?")[0]);
    expect(fixes({ autoShutdown: { timeZone: "W. Europe Standart Time" } })).toEqual([
      "Did you mean W. Europe Standard Time",
    ]);
    expect(fixes(region("westeurop", "swedencentral", { faultIsolation: "zones" }))).toEqual([
      "Did you mean westeurope",
    ]);
  });

  it("tell of active servers one thing at a time", () => {
    expect(problemsOf(labOf({ pool: { servers: 2, active: [3, 3] } })).map(({ rule }) => rule)).toEqual([
      "activeServersAreInThePool",
      "activeServersAreListedOnce",
    ]);
  });

  it("are warnings only where the lab would still work", () => {
    const lab = labOf({ bastion: "none", ...region("swedencentral", "swedencentral") });
    expect(problemsOf(lab).map(({ rule, severity }) => [rule, severity])).toEqual([
      ["dataCentersAreInDifferentRegions", "error"],
      ["somebodyCanLogOn", "warning"],
    ]);
  });
});
