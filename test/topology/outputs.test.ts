import { describe, expect, it } from "vitest";
import { labOutputs } from "../../topology/views/outputs";
import { planOf } from "../support/config";

describe("the outputs", () => {
  it("say how to reach and use the lab", () => {
    expect(labOutputs(planOf({ frontEnds: { servers: 1 }, pool: { servers: 2 } }))).toEqual({
      poolFqdn: "pchat.lab.test",
      site: "primary",
      activeServers: ["A-CHAT01"],
      idleServers: ["B-CHAT02"],
      frontEndPools: ["fepool-a.lab.test", "fepool-b.lab.test"],
      sqlInstances: {
        mgc: {
          primary: "A-SQL01",
          mirror: "A-SQL02",
          witness: "A-WIT01",
          secondary: "B-SQL01",
          secondaryMirror: "B-SQL02",
          secondaryWitness: "B-WIT01",
        },
      },
      shares: {
        "B-FS01/LsBackup": "\\\\b-fs01.lab.test\\LsBackup",
        "B-SQL01/LsCopy": "\\\\b-sql01.lab.test\\LsCopy",
        "B-FS01/ChatStore": "\\\\b-fs01.lab.test\\ChatStore",
        "A-FS01/FrontEndStore": "\\\\a-fs01.lab.test\\FrontEndStore",
        "B-FS01/FrontEndStore": "\\\\b-fs01.lab.test\\FrontEndStore",
      },
      worstCaseDataLossMinutes: 15,
      bastions: ["pchatlab-primary-bastion"],
      logOn: "through pchatlab-primary-bastion as labadmin@lab.test with the password in adminPassword",
    });
  });

  it("say that there is no way in where there is none", () => {
    expect(labOutputs(planOf({ bastion: "none" })).logOn).toBe(
      "as LAB\\labadmin, by a way of your own: the lab has no Bastion host",
    );
  });

  it("name no role that a set does not have", () => {
    const plan = planOf({ databases: { witnesses: "none", secondaryMirror: false } });
    expect(labOutputs(plan).sqlInstances).toEqual({
      mgc: { primary: "A-SQL01", mirror: "A-SQL02", secondary: "B-SQL01" },
    });
  });
});
