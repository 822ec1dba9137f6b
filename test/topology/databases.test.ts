import { describe, expect, it } from "vitest";
import { planOf } from "../support/config";

const partners = (databases: object) =>
  planOf({ databases }).databaseSets.map(({ logShipping: _, machines: __, ...set }) => set);

describe("a database set", () => {
  it("has every role of Microsoft's plan, three in each data center", () => {
    expect(partners({})).toEqual([
      {
        database: "mgc",
        primary: { server: "A-SQL01", mirror: "A-SQL02", witness: "A-WIT01" },
        secondary: { server: "B-SQL01", mirror: "B-SQL02", witness: "B-WIT01" },
      },
    ]);
  });

  it("for compliance has four instances of its own and shares the witnesses, when dedicated", () => {
    expect(partners({ compliance: "dedicated" })[1]).toEqual({
      database: "mgccomp",
      primary: { server: "A-SQL03", mirror: "A-SQL04", witness: "A-WIT01" },
      secondary: { server: "B-SQL03", mirror: "B-SQL04", witness: "B-WIT01" },
    });
  });

  it("for compliance stands on the instances of mgc, when shared", () => {
    const [mgc, mgccomp] = partners({ compliance: "shared" });
    expect(mgccomp).toEqual({ ...mgc, database: "mgccomp" });
    const roles = planOf({ databases: { compliance: "shared" } }).machines.find(
      ({ name }) => name === "A-SQL01",
    );
    expect(roles?.roles).toEqual(["mgc-primary", "mgccomp-primary"]);
  });

  it("lists an instance or witness that two sets share under mgc only", () => {
    const owned = (compliance: string) =>
      planOf({ databases: { compliance } }).databaseSets.map(({ machines }) => machines);
    const mgc = ["A-SQL01", "A-SQL02", "A-WIT01", "B-SQL01", "B-SQL02", "B-WIT01"];
    expect(owned("shared")).toEqual([mgc, []]);
    expect(owned("dedicated")).toEqual([mgc, ["A-SQL03", "A-SQL04", "B-SQL03", "B-SQL04"]]);
  });

  it.each([
    ["both", "A-WIT01", "B-WIT01"],
    ["primary", "A-WIT01", undefined],
    ["secondary", undefined, "B-WIT01"],
    ["none", undefined, undefined],
  ])("with witnesses %s has %s and %s", (witnesses, primary, secondary) => {
    const [set] = partners({ witnesses });
    expect([set?.primary.witness, set?.secondary.witness]).toEqual([primary, secondary]);
  });

  it("without a secondary mirror has no witness there by default", () => {
    const [set] = partners({ secondaryMirror: false });
    expect(set).toEqual({
      database: "mgc",
      primary: { server: "A-SQL01", mirror: "A-SQL02", witness: "A-WIT01" },
      secondary: { server: "B-SQL01" },
    });
  });

  it("keeps principal, mirror and witness in three zones", () => {
    const { machines } = planOf();
    const placements = ["A-SQL01", "A-SQL02", "A-WIT01"].map(
      (name) => machines.find((machine) => machine.name === name)?.placement,
    );
    expect(placements).toEqual([
      { kind: "zone", zone: 1 },
      { kind: "zone", zone: 2 },
      { kind: "zone", zone: 3 },
    ]);
  });

  it("keeps the instances of each set in an availability set, where the region has no zones", () => {
    const { machines, dataCenters } = planOf({
      dataCenters: { primary: { region: "westus" }, secondary: { region: "swedencentral" } },
      databases: { compliance: "dedicated" },
    });
    const set = (name: string) => machines.find((machine) => machine.name === name)?.placement;
    expect(set("A-SQL01")).toEqual({ kind: "availability-set", set: "pchatlab-primary-mgc" });
    expect(set("A-SQL04")).toEqual({ kind: "availability-set", set: "pchatlab-primary-mgccomp" });
    expect(dataCenters.primary.availabilitySets).toContain("pchatlab-primary-mgccomp");
    expect(dataCenters.secondary.availabilitySets).toEqual([]);
  });
});

describe("log shipping", () => {
  it("goes through the backup share to the copy share on the secondary", () => {
    expect(planOf().databaseSets[0]?.logShipping).toMatchObject({
      backupShare: "B-FS01/LsBackup",
      copyShare: "B-SQL01/LsCopy",
      intervalMinutes: 15,
      retentionMinutes: 20160,
    });
  });
});
