import { describe, expect, it } from "vitest";
import type { SurvivalRow } from "../../../topology/resilience/row";
import { mustRun } from "../../../topology/resilience/service";
import { type Survival, singleRows, survivalOf, worstLoss } from "../../../topology/resilience/survival";
import { siteOf, siteOfStack } from "../../support/resilience";

const databases = { witnesses: "both", secondaryMirror: true, compliance: "off" };
const rich = { pool: { servers: 8 }, databases, frontEnds: { servers: 3 } };

const asked = new Map<string, Survival>();
/** Every row of the smallest configuration with some changes, made once. */
function tableOf(changes: Readonly<Record<string, unknown>>): Survival {
  const key = JSON.stringify(changes);
  const table = asked.get(key) ?? survivalOf(siteOf(changes), true);
  asked.set(key, table);
  return table;
}

/** The row about something, of the smallest configuration with some changes. */
function rowOf(what: string, changes: Readonly<Record<string, unknown>> = rich): SurvivalRow {
  const { rows, pairs } = tableOf(changes);
  const found = [...rows, ...pairs].find((row) => row.what.join("+") === what);
  if (found === undefined) throw new Error(`there is no row ${what}`);
  return found;
}

describe("a row of a lab that is served from its secondary data center", () => {
  const away = { ...rich, site: "secondary" };

  it("is about the session there, and names its runbook", () => {
    expect(rowOf("B-SQL01", away)).toMatchObject({
      chat: "goes on",
      by: "SQL Server",
      dataCenter: "secondary",
      unprotected: ["mgc has no mirror until it is made anew"],
    });
    expect(rowOf("B-SQL02+B-WIT01", away)).toMatchObject({
      chat: "by hand",
      runbook: "break-mirroring-secondary",
      lossMinutes: 0,
    });
    expect(rowOf("A-SQL01", away)).toMatchObject({ chat: "goes on", outageMinutes: 0, unprotected: [] });
  });

  it("says that there is no other data center any more", () => {
    expect(rowOf("secondary", away)).toMatchObject({ chat: "lost", lossMinutes: null });
    expect(rowOf("primary", away)).toMatchObject({ dataCenter: "secondary", lossMinutes: 0 });
    expect(tableOf(away).weakPoints[0]).toMatchObject({
      severity: "high",
      what: "the secondary data center alone serves, and nothing is shipped from it",
    });
    expect(worstLoss(siteOf(away), "mgc")).toBe(Number.POSITIVE_INFINITY);
  });

  it("counts as active the servers that stand there", () => {
    expect(rowOf("B-CHAT05", away).unprotected).toEqual(["3 of 4 active Persistent Chat servers are up"]);
    expect(rowOf("A-CHAT01", away).unprotected).toEqual(["3 of 4 idle Persistent Chat servers are left"]);
  });
});

describe("a row of the survival table", () => {
  it("says that SQL Server sees to a lost principal where a witness watches", () => {
    expect(rowOf("A-SQL01")).toEqual({
      what: ["A-SQL01"],
      chat: "goes on",
      by: "SQL Server",
      dataCenter: "primary",
      outageMinutes: 5,
      lossMinutes: 0,
      files: true,
      compliance: null,
      unprotected: ["mgc has no mirror until it is made anew"],
      runbook: "",
      path: ["A-SQL01 is lost with its disks", "A-SQL02 takes over mgc by itself"],
      inferred: [],
    });
  });

  it("says that people must see to it where none does", () => {
    const row = rowOf("A-SQL01", { ...rich, databases: { ...databases, witnesses: "none" } });
    expect(row).toMatchObject({
      chat: "by hand",
      by: "people",
      lossMinutes: 0,
      runbook: "force-service-primary",
    });
  });

  it("fails over to the secondary data center when the primary one is lost, with its loss", () => {
    const row = rowOf("primary");
    expect(row).toMatchObject({
      chat: "by hand",
      dataCenter: "secondary",
      outageMinutes: 45,
      lossMinutes: 15,
      runbook: "loss-of-primary-data-center",
    });
    expect(row.path).toEqual([
      "the primary data center is lost with all disks",
      "restore what was shipped of mgc, and recover it on B-SQL01",
      "make the Central Management Store of the secondary data center the active one",
      "tell the pool to use the databases in the secondary data center",
      "make 2 more Persistent Chat servers active",
      "fail the users of the Front End pool in the primary data center over to the other pool",
    ]);
  });

  it.each([
    ["secondary", 15, 15],
    ["secondary", 60, 60],
    ["primary", 15, 30],
    ["primary", 5, 10],
  ])(
    "loses with the backup share in the %s data center and %i minutes between backups %i minutes",
    (backupShare, intervalMinutes, lost) => {
      const logShipping = { intervalMinutes, backupAlertMinutes: 61, restoreAlertMinutes: 61 };
      const changes = { ...rich, databases: { ...databases, backupShare, logShipping } };
      expect(rowOf("primary", changes).lossMinutes).toBe(lost);
      expect(worstLoss(siteOf(changes), "mgc")).toBe(lost);
    },
  );

  it("loses everything with the primary data center and the secondary's server", () => {
    expect(rowOf("B-SQL01+primary")).toMatchObject({
      chat: "lost",
      by: "nobody",
      dataCenter: "nowhere",
      lossMinutes: null,
      runbook: "",
    });
  });

  it("takes the worse order of two failures at once", () => {
    const row = rowOf("A-SQL01+A-WIT01");
    expect(row).toMatchObject({ chat: "by hand", lossMinutes: 0 });
    expect(row.inferred).toEqual([
      "Nobody states that a session can be ended on a principal that has no quorum.",
    ]);
  });

  it("lets the users of a lost chat server move to the others, and activates one where none is left", () => {
    expect(rowOf("A-CHAT01")).toMatchObject({ chat: "goes on", by: "the pool", runbook: "" });
    const pair = { databases, pool: { servers: 2 } };
    expect(rowOf("A-CHAT01", pair)).toMatchObject({ chat: "by hand", runbook: "active-server-lost" });
    expect(rowOf("B-CHAT02", pair)).toMatchObject({ chat: "goes on", by: "nobody" });
  });

  it("makes idle servers active in the secondary data center of a slow link, where none was", () => {
    const far = { ...rich, link: "low-bandwidth-high-latency" };
    expect(rowOf("primary", far).path).toContain("make 4 more Persistent Chat servers active");
    expect(rowOf("link", far)).toMatchObject({ chat: "goes on", by: "nobody" });
    expect(rowOf("link")).toMatchObject({ chat: "goes on", by: "the pool" });
    expect(rowOf("link").unprotected).toContain(
      "users of the Front End pool in the secondary data center reach no room",
    );
  });

  it("stops a Front End pool of which too few servers run, and moves its users", () => {
    expect(rowOf("A-FE01")).toMatchObject({ chat: "goes on", by: "nobody" });
    expect(rowOf("A-FE01+A-FE02")).toMatchObject({
      chat: "by hand",
      outageMinutes: 25,
      runbook: "front-end-pool-lost-primary",
    });
    expect([1, 2, 3, 4, 5, 12].map(mustRun)).toEqual([1, 1, 2, 2, 3, 6]);
  });

  it("tells a share's files apart from its machine", () => {
    const one = { ...rich, pool: { servers: 8, fileStore: "secondary" } };
    expect(rowOf("B-FS01/ChatStore", one)).toMatchObject({ files: false, chat: "goes on" });
    expect(rowOf("B-FS01/ChatStore", one).unprotected).toEqual([
      "files cannot be sent, and those that were are gone",
    ]);
    expect(rowOf("B-FS01/LsBackup", one)).toMatchObject({ files: true });
    expect(rowOf("B-FS01", one).files).toBe(false);
  });

  it("tells what becomes of compliance, on instances of its own or shared", () => {
    const own = { ...rich, databases: { ...databases, compliance: "dedicated" } };
    expect(rowOf("A-SQL03", own)).toMatchObject({ compliance: "goes on", by: "nobody" });
    expect(rowOf("primary", own)).toMatchObject({ compliance: "by hand" });
    expect(rowOf("A-SQL03+A-SQL04", own)).toMatchObject({ chat: "goes on", compliance: "by hand" });
    const shared = { ...rich, databases: { ...databases, compliance: "shared" } };
    expect(rowOf("A-SQL01+A-SQL02", shared)).toMatchObject({ chat: "by hand", compliance: "by hand" });
  });

  it("survives the loss of any zone while each party of a session stands in its own", () => {
    for (const zone of [1, 2, 3]) expect(rowOf(`primary/zone ${zone}`)).toMatchObject({ chat: "goes on" });
    const site = siteOf(rich);
    const together = { ...site, zones: { ...site.zones, "A-SQL02": "1" } };
    const row = singleRows(together).find(({ what }) => what.join() === "primary/zone 1");
    expect(row).toMatchObject({ chat: "by hand", runbook: "loss-of-primary-data-center", lossMinutes: 15 });
  });

  it("needs the directory back when both domain controllers are lost", () => {
    expect(rowOf("A-DC01+B-DC01")).toMatchObject({ chat: "by hand", runbook: "directory-controller-lost" });
  });
});

describe("the survival table", () => {
  it("has a row for each machine, zone, data center, share and the link", () => {
    const site = siteOfStack("figure-1");
    const names = singleRows(site).map(({ what }) => what.join());
    expect(names).toEqual([
      ...Object.keys(site.machines),
      ...["primary", "secondary"].flatMap((side) => [1, 2, 3].map((zone) => `${side}/zone ${zone}`)),
      ...["primary", "secondary", "link", "B-FS01/LsBackup", "B-FS01/ChatStore"],
    ]);
  });

  it("tells of two at once only what is worse than each alone, unless all is asked", () => {
    const site = siteOf(rich);
    expect(survivalOf(site).pairs.map(({ what }) => what.join("+"))).toEqual([
      "A-DC01+B-DC01",
      "A-SQL01+A-SQL02",
      "A-SQL01+A-WIT01",
      "A-SQL02+A-WIT01",
      "A-FE01+A-FE02",
      "B-SQL01+primary",
      "B-FS01+primary",
      "B-FE01+B-FE02",
      "primary+secondary",
    ]);
    expect(survivalOf(site, true).pairs.length).toBeGreaterThan(200);
  });
});

describe("a weak point", () => {
  const keysOf = (changes: Readonly<Record<string, unknown>>) =>
    survivalOf(siteOf(changes)).weakPoints.flatMap(({ key }) => (key === "" ? [] : [key]));

  it.each([
    [
      "a missing witness",
      { databases: { ...databases, witnesses: "none" } },
      ["databases.witnesses: primary", "databases.witnesses: both"],
    ],
    [
      "a missing witness there",
      { databases: { ...databases, witnesses: "primary" } },
      ["databases.witnesses: both"],
    ],
    [
      "a missing mirror there",
      { databases: { ...databases, witnesses: "primary", secondaryMirror: false } },
      ["databases.secondaryMirror: true"],
    ],
    [
      "shared compliance",
      { databases: { ...databases, compliance: "shared" } },
      ["databases.compliance: dedicated"],
    ],
    [
      "the backup share",
      { databases: { ...databases, backupShare: "primary" } },
      ["databases.backupShare: secondary"],
    ],
    ["the file store", { pool: { servers: 8, fileStore: "primary" } }, ["pool.fileStore: secondary"]],
    ["one active server", { pool: { servers: 2, fileStore: "secondary" } }, ["pool.servers: 4"]],
    ["no Front Ends", { frontEnds: { servers: 0 } }, ["frontEnds.servers: 3"]],
    ["few Front Ends", { frontEnds: { servers: 1 } }, ["frontEnds.servers: 3", "frontEnds.servers: 3"]],
  ])("is %s, with the key that removes it", (_, change, keys) => {
    const sound = { ...rich, pool: { servers: 8, fileStore: "secondary" } };
    expect(keysOf(sound)).toEqual([]);
    expect(keysOf({ ...sound, ...change })).toEqual(keys);
  });

  it("is what no key removes: files, directory, and the third failure", () => {
    expect(
      survivalOf(siteOfStack("figure-1")).weakPoints.map(({ severity, what }) => `${severity}: ${what}`),
    ).toEqual([
      "medium: B-FS01 alone has the files that were sent",
      "low: B-FS01 and the primary data center together",
      "low: one domain controller in each data center: A-DC01, B-DC01",
      "low: A-SQL01, A-SQL02, B-SQL01 together",
      "low: A-SQL03, A-SQL04, B-SQL03 together",
    ]);
  });
});
