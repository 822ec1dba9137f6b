import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { DatabaseSet } from "../../components/databaseSet";
import { DomainControllers } from "../../components/domainControllers";
import { FileServer } from "../../components/fileServer";
import { FrontEndPool } from "../../components/frontEndPool";
import type { DataCenters } from "../../components/machine";
import { PersistentChatPool } from "../../components/persistentChatPool";
import type { Plan } from "../../topology/model";
import { dataCentersOf, machineOf, settings } from "../support/components";
import { planOf } from "../support/config";
import { only, type Recorded, record } from "../support/record";

type Build = (plan: Plan, dataCenters: DataCenters) => pulumi.Resource;

const build = (changes: Record<string, unknown>, make: Build) => {
  const plan = planOf(changes);
  return record(() => make(plan, dataCentersOf(plan)));
};

const childrenOf = (resources: readonly Recorded[], name: string) =>
  resources
    .filter(({ parent }) => parent === name)
    .map((child) => `${child.name} ${child.type.split(":").at(-1)}`);

const named = (plan: Plan, names: readonly string[]) => names.map((name) => machineOf(plan, name));

describe("DomainControllers", () => {
  it("has a machine in each data center", async () => {
    const resources = await build({}, (plan, dataCenters) => {
      const machines = plan.machines.filter(({ kind }) => kind === "domainController");
      return new DomainControllers("directory", { domain: plan.domain, machines, dataCenters, settings });
    });
    expect(childrenOf(resources, "directory")).toEqual(["A-DC01 Machine", "B-DC01 Machine"]);
  });
});

describe("DatabaseSet", () => {
  const setOf = (changes: Record<string, unknown>, database: "mgc" | "mgccomp") =>
    build(changes, (plan, dataCenters) => {
      const set = plan.databaseSets.find((one) => one.database === database);
      if (set === undefined) throw new Error(`the plan has no ${database}`);
      return new DatabaseSet(database, { set, machines: named(plan, set.machines), dataCenters, settings });
    });

  it("has an instance for every role, over both data centers", async () => {
    expect(childrenOf(await setOf({}, "mgc"), "mgc")).toEqual([
      "A-SQL01 SqlInstance",
      "A-SQL02 SqlInstance",
      "A-WIT01 SqlInstance",
      "B-SQL01 SqlInstance",
      "B-SQL02 SqlInstance",
      "B-WIT01 SqlInstance",
    ]);
  });

  it("has instances of its own for dedicated compliance, but shares the witnesses", async () => {
    expect(childrenOf(await setOf({ databases: { compliance: "dedicated" } }, "mgccomp"), "mgccomp")).toEqual(
      ["A-SQL03 SqlInstance", "A-SQL04 SqlInstance", "B-SQL03 SqlInstance", "B-SQL04 SqlInstance"],
    );
  });

  it("has no machine of its own for shared compliance", async () => {
    expect(childrenOf(await setOf({ databases: { compliance: "shared" } }, "mgccomp"), "mgccomp")).toEqual(
      [],
    );
  });
});

describe("FileServer", () => {
  it("has one machine", async () => {
    const resources = await build({}, (plan, dataCenters) => {
      const machine = machineOf(plan, "B-FS01");
      return new FileServer("files", { machine, shares: plan.shares, dataCenters, settings });
    });
    expect(childrenOf(resources, "files")).toEqual(["B-FS01 Machine"]);
  });
});

describe("FrontEndPool", () => {
  it("has its servers and a back end of its own in one data center", async () => {
    const resources = await build({}, (plan, dataCenters) => {
      const [pool] = plan.frontEndPools;
      if (pool === undefined) throw new Error("the plan has no Front End pool");
      const backEnd = machineOf(plan, pool.backEnd);
      return new FrontEndPool(pool.name, {
        pool,
        machines: named(plan, pool.servers),
        backEnd,
        dataCenters,
        settings,
      });
    });
    expect(childrenOf(resources, "fepool-a")).toEqual([
      "A-FE01 Machine",
      "A-FE02 Machine",
      "A-FE03 Machine",
      "A-BE01 SqlInstance",
    ]);
  });
});

describe("PersistentChatPool", () => {
  it("has its servers in pool order over both data centers", async () => {
    const resources = await build({}, (plan, dataCenters) => {
      const machines = named(plan, plan.pool.servers);
      return new PersistentChatPool("pchat", { pool: plan.pool, machines, dataCenters, settings });
    });
    expect(childrenOf(resources, "pchat")).toEqual([
      "A-CHAT01 Machine",
      "A-CHAT02 Machine",
      "B-CHAT03 Machine",
      "B-CHAT04 Machine",
    ]);
    const location = (name: string) => only(resources, `${name}-vm`).inputs.location;
    expect([location("A-CHAT02"), location("B-CHAT03")]).toEqual(["northeurope", "uksouth"]);
  });
});
