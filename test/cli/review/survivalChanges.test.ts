import { describe, expect, it } from "vitest";
import { changedSurvival } from "../../../cli/review/survivalChanges";
import { readStack } from "../../../cli/stack/stackFile";
import { planLab } from "../../../topology/planLab";
import { siteOfPlan } from "../../../topology/resilience/ofPlan";
import type { Site } from "../../../topology/resilience/site";
import { withChange } from "../../support/changes";
import { siteOfStack } from "../../support/resilience";

const { raw } = readStack("figure-1", undefined);
const base = siteOfStack("figure-1");
/** Figure 1 with some changes, which still make a lab. */
const changed = (values: Readonly<Record<string, unknown>>): Site => {
  const { plan, problems } = planLab(withChange(raw, { values }));
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return siteOfPlan(plan);
};

const told = (after: Site) =>
  changedSurvival(base, after).map(({ short, worse }) => `${worse ? "worse" : "other"}: ${short}`);

describe("what fails differently", () => {
  it("is nothing where nothing changes, and where one side makes no lab", () => {
    expect(changedSurvival(base, base)).toEqual([]);
    expect(changedSurvival(base, undefined)).toEqual([]);
    expect(changedSurvival(undefined, base)).toEqual([]);
  });

  it.each([
    [
      "a witness that goes",
      { "databases.witnesses": "secondary" },
      [
        "worse: loss of A-SQL01: goes on -> by hand",
        "worse: loss of zone 1 of the primary data center: goes on -> by hand",
        "worse: loss of A-SQL03: compliance goes on -> by hand",
        "worse: new weak point: no witness in the primary data center",
      ],
    ],
    [
      "a backup share that moves to the primary data center",
      { "databases.backupShare": "primary" },
      [
        "worse: loss of the primary data center: 15 -> 30 min lost",
        "worse: loss of A-FS01: then no log of mgc reaches the secondary data center; no log of mgccomp reaches the secondary data center",
        "worse: new weak point: A-FS01/LsBackup is lost with the primary data center",
      ],
    ],
    [
      "an hour between backups",
      {
        "databases.logShipping.intervalMinutes": 60,
        "databases.logShipping.backupAlertMinutes": 180,
        "databases.logShipping.restoreAlertMinutes": 180,
      },
      [
        "worse: loss of the primary data center: 15 -> 60 min lost",
        "worse: loss of B-FS01 and the primary data center: 30 -> 120 min lost",
        "worse: loss of A-SQL01 and A-SQL02: 15 -> 60 min lost",
      ],
    ],
    [
      "compliance on the instances of mgc",
      { "databases.compliance": "shared" },
      [
        "worse: loss of A-SQL01 or 1 more: then mgccomp has no mirror until it is made anew",
        "worse: loss of B-SQL01: then mgccomp has no copy in the secondary data center",
        "worse: loss of B-SQL02: then mgccomp would have no mirror in the secondary data center",
        "other: loss of the primary data center: then compliance is not written until people recover mgccomp (restore what was shipped of mgccomp, and recover it on B-SQL01)",
        "other: new weak point: mgccomp shares the instances of mgc",
      ],
    ],
    [
      "six chat servers instead of eight",
      { "pool.servers": 6 },
      [
        "other: loss of the primary data center: then 1 of 3 active Persistent Chat servers are up; 2 of 3 idle Persistent Chat servers are left",
        "other: loss of the secondary data center: then 2 of 3 active Persistent Chat servers are up; 1 of 3 idle Persistent Chat servers are left",
        "other: loss of A-CHAT01 or 1 more: then 2 of 3 active Persistent Chat servers are up",
        "other: loss of A-CHAT03: then 2 of 3 idle Persistent Chat servers are left",
        "other: loss of B-CHAT05 or 1 more: then 2 of 3 idle Persistent Chat servers are left",
        "other: loss of the link: then 2 of 3 active Persistent Chat servers are up",
      ],
    ],
    [
      "no mirror in the secondary data center",
      { "databases.secondaryMirror": false, "databases.witnesses": "primary" },
      [
        "other: loss of the primary data center: then mgc has one server only; mgccomp has one server only",
        "worse: new weak point: no mirror in the secondary data center",
      ],
    ],
    [
      "no Front Ends: what is left is about databases",
      { "frontEnds.servers": 0 },
      [
        "other: loss of the primary data center: 45 + people -> 20 + people min out",
        "other: loss of the secondary data center: by hand -> goes on",
        "worse: new weak point: no Front Ends",
      ],
    ],
    [
      "zones given up",
      { "dataCenters.primary.faultIsolation": "availability-sets" },
      ["worse: new weak point: no zones in the primary data center"],
    ],
    [
      "the other link profile",
      { link: "low-bandwidth-high-latency" },
      [
        "worse: loss of the primary data center: 45 + people -> 50 + people min out",
        "other: loss of the secondary data center: then 0 of 4 idle Persistent Chat servers are left",
        "other: loss of A-CHAT03 or 1 more: then 3 of 4 active Persistent Chat servers are up",
        "other: loss of B-CHAT05 or 1 more: then 3 of 4 idle Persistent Chat servers are left",
      ],
    ],
    ["another size of machines", { "machines.sqlServer.size": "Standard_D8s_v5" }, []],
  ])("is told of %s", (_, values, rows) => {
    expect(told(changed(values as Record<string, unknown>))).toEqual(rows);
  });

  it("is told of a mirror that moves into the primary's zone", () => {
    expect(told({ ...base, zones: { ...base.zones, "A-SQL02": "1" } })).toEqual([
      "worse: loss of zone 1 of the primary data center: goes on -> by hand",
    ]);
  });

  it("is told of Figure 2 made from Figure 1 as of its link", () => {
    expect(told(siteOfStack("figure-2"))).toEqual(told(changed({ link: "low-bandwidth-high-latency" })));
  });

  it("is told in full, before and after", () => {
    expect(changedSurvival(base, changed({ "databases.witnesses": "secondary" })).slice(0, 1)).toEqual([
      {
        what: "loss of A-SQL01",
        before: "chat goes on, SQL Server sees to it, 5 min out",
        after: "by hand (force-service-primary), 1 + people min out, 0 min lost",
        short: "loss of A-SQL01: goes on -> by hand",
        worse: true,
      },
    ]);
  });

  it("tells the way back as something better", () => {
    const without = changed({ "databases.witnesses": "secondary" });
    const back = changedSurvival(without, base);
    expect(back.filter(({ worse }) => worse)).toEqual([]);
    expect(back.map(({ short }) => short)).toContain(
      "weak point gone: no witness in the primary data center",
    );
  });
});
