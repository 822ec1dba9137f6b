import { describe, expect, it } from "vitest";
import { DatabaseSet } from "../../components/databaseSet";
import { dataCentersOf, machineOf, settings } from "../support/components";
import { planOf } from "../support/config";
import { record } from "../support/record";

/** The instances of a database in a lab with some changes. */
async function instancesOf(database: "mgc" | "mgccomp", changes: Record<string, unknown> = {}) {
  const plan = planOf(changes);
  const resources = await record(() => {
    const set = plan.databaseSets.find((one) => one.database === database);
    if (set === undefined) throw new Error(`the plan has no ${database}`);
    const machines = set.machines.map((name) => machineOf(plan, name));
    return new DatabaseSet(database, { set, machines, dataCenters: dataCentersOf(plan), settings });
  });
  return resources
    .filter(({ parent }) => parent === database)
    .map(({ name, type }) => `${name} ${type.split(":").at(-1)}`);
}

describe("DatabaseSet", () => {
  it("has an instance for every role, over both data centers", async () => {
    expect(await instancesOf("mgc")).toEqual([
      "A-SQL01 SqlInstance",
      "A-SQL02 SqlInstance",
      "A-WIT01 SqlInstance",
      "B-SQL01 SqlInstance",
      "B-SQL02 SqlInstance",
      "B-WIT01 SqlInstance",
    ]);
  });

  it("has instances of its own for dedicated compliance, but shares the witnesses", async () => {
    expect(await instancesOf("mgccomp", { databases: { compliance: "dedicated" } })).toEqual([
      "A-SQL03 SqlInstance",
      "A-SQL04 SqlInstance",
      "B-SQL03 SqlInstance",
      "B-SQL04 SqlInstance",
    ]);
  });

  it("has no machine of its own for shared compliance", async () => {
    expect(await instancesOf("mgccomp", { databases: { compliance: "shared" } })).toEqual([]);
  });
});
