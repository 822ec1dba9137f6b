import { describe, expect, it, onTestFinished } from "vitest";
import { createCloud } from "../../simulator/arm/cloud";
import type { ReadFault } from "../../simulator/arm/faultLists";
import { simulatedSubscription } from "../../simulator/arm/ids";
import { type Limits, noLimits } from "../../simulator/arm/limits";
import { bodies, bodyWith, deploy, ids } from "../support/arm";
import { HttpAzure } from "../support/http";

/*
 * What the simulated Azure says of a subscription before anything is made, and that it refuses the same.
 */

const subscription = `/subscriptions/${simulatedSubscription}`;
const compute = `${subscription}/providers/Microsoft.Compute`;

/** The answer to a question of a subscription that may not have everything. */
async function ask(path: string, limits: Partial<Limits> = {}, reads: readonly ReadFault[] = []) {
  const azure = await HttpAzure.of(createCloud({ limits: { ...noLimits, ...limits } }), [], "fast", reads);
  onTestFinished(() => azure.stop());
  return azure.ask("GET", path);
}

const skusOf = async (limits: Partial<Limits>, filter = "&$filter=location%20eq%20%27northeurope%27") =>
  (await ask(`${compute}/skus?api-version=2021-07-01${filter}`, limits)).body.value;

describe("the sizes of a subscription", () => {
  it("have Microsoft's shape, zones where the region has some, and no restriction by default", async () => {
    const [found] = (await skusOf({})).filter(({ name }: { name: string }) => name === "Standard_D4s_v5");
    expect(found).toEqual({
      resourceType: "virtualMachines",
      name: "Standard_D4s_v5",
      tier: "Standard",
      size: "D4s_v5",
      family: "standardDSv5Family",
      locations: ["northeurope"],
      locationInfo: [{ location: "northeurope", zones: ["1", "2", "3"], zoneDetails: [] }],
      capabilities: [
        { name: "vCPUs", value: "4" },
        { name: "MemoryGB", value: "16" },
        { name: "HyperVGenerations", value: "V1,V2" },
        { name: "CpuArchitectureType", value: "x64" },
        { name: "PremiumIO", value: "True" },
      ],
      restrictions: [],
    });
    const [zoneless] = await skusOf({}, "&$filter=location%20eq%20%27westus%27");
    expect(zoneless.locationInfo[0].zones).toEqual([]);
  });

  it("carry restrictions of the region and of zones, where they are and nowhere else", async () => {
    const size = "Standard_D4s_v5";
    const sizes = [
      { size, region: "northeurope", zones: ["1", "3"] },
      { size: "Standard_D2s_v5", region: "northeurope" },
      { size, region: "westeurope" },
    ];
    const restricted = (await skusOf({ sizes }))
      .filter(({ restrictions }: { restrictions: unknown[] }) => restrictions.length > 0)
      .map(({ name, restrictions }: { name: string; restrictions: unknown }) => [name, restrictions]);
    const reasonCode = "NotAvailableForSubscription";
    const values = ["northeurope"];
    expect(Object.fromEntries(restricted)).toEqual({
      Standard_D2s_v5: [{ type: "Location", values, restrictionInfo: { locations: values }, reasonCode }],
      Standard_D4s_v5: [
        { type: "Zone", values, restrictionInfo: { locations: values, zones: ["1", "3"] }, reasonCode },
      ],
    });
    const everywhere = await skusOf({ sizes }, "");
    expect(new Set(everywhere.map(({ locations }: { locations: string[] }) => locations[0])).size).toBe(47);
  });
});

describe("what else a subscription may have", () => {
  it("is counted in vCPUs, with limits of one region before those of all", async () => {
    const cores = [
      { region: "northeurope", quota: "standardDSv5Family", limit: 10 },
      { region: "northeurope", quota: "Total Regional", limit: 20 },
    ];
    const limitsIn = async (region: string) => {
      const path = `${compute}/locations/${region}/usages?api-version=2025-04-01`;
      const usages = (await ask(path, { cores })).body.value;
      return ["cores", "standardDSv5Family"].map(
        (name) => usages.find((one: { name: { value: string } }) => one.name.value === name).limit,
      );
    };
    expect(await limitsIn("northeurope")).toEqual([20, 10]);
    expect(await limitsIn("westeurope")).toEqual([350, 350]);
  });

  it.each([
    [[], "Registered"],
    [["microsoft.devtestlab"], "NotRegistered"],
  ])("names providers that it is not registered for: %j", async (providers, registrationState) => {
    const path = `${subscription}/providers/Microsoft.DevTestLab?api-version=2022-09-01`;
    expect((await ask(path, { providers })).body).toMatchObject({ registrationState });
  });

  const image = "MicrosoftSQLServer:sql2019-ws2019:sqldev-gen2";
  const versions = `${compute}/locations/northeurope/publishers/MicrosoftSQLServer/artifacttypes/vmimage/offers/sql2019-ws2019/skus/sqldev-gen2/versions`;
  const version = "?api-version=2025-04-01";

  it("has a version of each image, with a plan where terms are open, unless the image is missing", async () => {
    const listed = (await ask(`${versions}${version}`)).body;
    expect(listed).toMatchObject([{ location: "northeurope", name: "1.0.0" }]);
    expect((await ask(`${versions}/1.0.0${version}`)).body.properties).not.toHaveProperty("plan");
    expect((await ask(`${versions}/1.0.0${version}`, { openTerms: [image] })).body.properties.plan).toEqual({
      publisher: "MicrosoftSQLServer",
      name: "sqldev-gen2",
      product: "sql2019-ws2019",
    });
    for (const [path, limits] of [
      [versions, { missingImages: [image] }],
      [versions.replace("sqldev", "other"), {}],
      [`${versions}/2.0.0`, {}],
    ] as const)
      expect((await ask(`${path}${version}`, limits)).status).toBe(404);
  });

  it("has terms that were accepted or not", async () => {
    const terms = `${subscription}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/MicrosoftSQLServer/offers/sql2019-ws2019/plans/sqldev-gen2/agreements/current?api-version=2021-01-01`;
    expect((await ask(terms)).body.properties.accepted).toBe(true);
    expect((await ask(terms, { openTerms: [image] })).body.properties.accepted).toBe(false);
  });

  it("has permissions, with actions that are denied", async () => {
    const path = `${subscription}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
    const deniedActions = ["Microsoft.Compute/virtualMachines/write"];
    expect((await ask(path, { deniedActions })).body.value).toMatchObject([
      { actions: ["*"], notActions: deniedActions },
    ]);
  });
});

describe("a question that Azure does not answer", () => {
  const path = `${subscription}/resourcegroups?api-version=2022-09-01`;

  it("is throttled so many times, and tells when to ask again", async () => {
    const reads = [{ fault: "read-throttled", asked: "resourceGroups", times: 1, retryAfter: 7 }] as const;
    const azure = await HttpAzure.of(undefined, [], "fast", reads);
    onTestFinished(() => azure.stop());
    const first = await azure.ask("GET", path);
    expect([first.status, first.headers["retry-after"], first.body.error.code]).toEqual([
      429,
      "7",
      "TooManyRequests",
    ]);
    expect((await azure.ask("GET", path)).status).toBe(200);
  });

  it("loses its connection, and writes do not", async () => {
    const azure = await HttpAzure.of(undefined, [], "fast", [{ fault: "read-unanswered", asked: "*" }]);
    onTestFinished(() => azure.stop());
    await expect(azure.ask("GET", path)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect((await azure.put("group")).status).toBe(201);
  });
});

describe("a machine for which there is no host", () => {
  const fault = { type: bodies.machine[0], fault: "zonal-allocation-failed" } as const;

  it("fails in the middle, stands all the same, and gets its host with the same request or a start", async () => {
    const azure = await HttpAzure.of(deploy(undefined, "machine"), [{ ...fault, nth: 1 }]);
    onTestFinished(() => azure.stop());
    const machine = `${ids.machine}?api-version=2025-04-01`;
    const asked = await azure.put("machine");
    expect(asked.status).toBe(201);
    expect(await azure.ended(asked.headers["azure-asyncoperation"])).toMatchObject({
      status: "Failed",
      error: { code: "ZonalAllocationFailed" },
    });
    expect((await azure.ask("GET", machine)).body.properties.provisioningState).toBe("Failed");
    const again = await azure.put("machine");
    expect(await azure.ended(again.headers["azure-asyncoperation"])).toMatchObject({ status: "Succeeded" });
    expect((await azure.ask("GET", machine)).body.properties.provisioningState).toBe("Succeeded");
  });

  it("runs no scripts until it was started", () => {
    const cloud = deploy(undefined, "machine");
    cloud.put(...bodies.machine, "failed");
    expect(() => cloud.put(...bodies.runCommand)).toThrow("Cannot modify extensions in the VM");
    cloud.setRunning(ids.machine, false);
    expect(cloud.get(ids.machine)).toMatchObject({ failed: true, running: false });
    cloud.setRunning(ids.machine, true);
    expect(cloud.get(ids.machine)).not.toHaveProperty("failed");
    cloud.put(...bodies.runCommand);
    cloud.put(...bodyWith("machine", "hardwareProfile.vmSize", "Standard_D8s_v5"));
    expect(cloud.get(ids.machine)?.running).toBe(true);
  });

  it("is a refusal of anything else", async () => {
    const azure = await HttpAzure.of(deploy(undefined, "disk"), [{ ...fault, type: bodies.disk[0] }]);
    onTestFinished(() => azure.stop());
    const asked = await azure.put("disk");
    expect((await azure.ended(asked.headers["azure-asyncoperation"])).error.code).toBe(
      "ZonalAllocationFailed",
    );
    expect(azure.state.resources[ids.disk.toLowerCase()]).toBeUndefined();
  });
});
