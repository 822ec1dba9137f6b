import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { Cloud } from "../../simulator/arm/cloud";
import type { Fault } from "../../simulator/arm/faults";
import { tokens } from "../../simulator/arm/resourceTypes";
import { CloudFolder } from "../../simulator/kept/cloudFolder";
import { bodies, deploy, ids, type Key, keys } from "../support/arm";
import { armBody } from "../support/armBody";
import { HttpAzure, versioned } from "../support/http";
import { guarded, keepIn } from "../support/keptCloud";
import { oddRequest, strangeIn } from "../support/oddRequests";

let azure: HttpAzure;

/** Starts with what a cloud has. */
async function start(
  cloud?: Cloud,
  faults: readonly Fault[] = [],
  clock: "fast" | "real" = "fast",
): Promise<void> {
  azure = new HttpAzure();
  if (cloud !== undefined) keepIn(azure.folder, cloud);
  await azure.start(faults, clock);
}
afterEach(() => azure.stop());

const send = (key: Key, method = "PUT") => azure.ask(method, versioned(ids[key]), armBody(...bodies[key]));
const stored = () => new CloudFolder(azure.folder).state.resources;

/** Waits for the end of an operation; gives what it said last. */
async function ended(url: string | string[] | undefined) {
  const { pathname, search } = new URL(String(url));
  for (let tries = 0; tries < 500; tries++) {
    const { body } = await azure.ask("GET", `${pathname}${search}`);
    if (body.status !== "InProgress") return body;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("it does not end");
}

describe("who asks the simulated Azure", () => {
  it("must have a token of this server, which knows who may have one by a secret", async () => {
    await start();
    const path = versioned(ids.group);
    expect(await azure.ask("GET", path, undefined, {})).toMatchObject({
      status: 401,
      body: { error: { code: "AuthenticationFailed" } },
    });
    expect((await azure.ask("GET", path, undefined, { Authorization: "Bearer a.b.c" })).body.error.code).toBe(
      "InvalidAuthenticationToken",
    );
    expect((await azure.signIn(undefined)).status).toBe(401);
    expect((await azure.signIn("something else")).status).toBe(401);
  });

  it("may write an id behind an address that ends with a slash, as SDKs do", async () => {
    await start(deploy());
    expect((await azure.ask("GET", `/${versioned(ids.network)}`)).body.id).toBe(ids.network);
  });

  it("is told without one what the cloud is made of, as one object", async () => {
    await start();
    const { status, body } = await azure.ask(
      "GET",
      "/metadata/endpoints?api-version=2022-09-01",
      undefined,
      {},
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: "Test", resourceManager: `https://localhost:${azure.port}/` });
  });

  it("finds the ids of a request in every answer, errors included", async () => {
    await start();
    const { headers } = await azure.ask("GET", "/nowhere");
    expect(headers["x-ms-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["x-ms-correlation-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("a body of ARM's", () => {
  it("of each type is kept as azure-native's is, and comes back as it was sent, but for what is secret", async () => {
    await start();
    const there = deploy().state.resources;
    for (const key of keys) {
      const [token, inputs] = bodies[key];
      const { status } = await send(key);
      expect(status, key).toBe(201);
      const kept = stored()[ids[key].toLowerCase()];
      const expected = JSON.parse(guarded(JSON.stringify(there[ids[key].toLowerCase()])));
      expect(kept, key).toEqual(expected);
      const { body } = await azure.ask("GET", versioned(ids[key]));
      const sent = structuredClone(armBody(token, inputs)) as {
        properties: { osProfile?: { adminPassword?: string }; protectedParameters?: unknown };
      };
      delete sent.properties.osProfile?.adminPassword;
      delete sent.properties.protectedParameters;
      expect(body, key).toMatchObject(sent);
      expect([body.id, body.name], key).toEqual([ids[key], ids[key].split("/").at(-1)]);
    }
  });

  it("that was read can be sent back, and changes nothing", async () => {
    await start(deploy());
    const before = stored();
    for (const key of keys.filter((one) => one !== "runCommand")) {
      const { body } = await azure.ask("GET", versioned(ids[key]));
      const { status, body: said } = await azure.ask("PUT", versioned(ids[key]), body);
      expect([key, status, said?.error]).toEqual([key, 200, undefined]);
      expect(stored()[ids[key].toLowerCase()], key).toEqual(before[ids[key].toLowerCase()]);
    }
  });

  it("is merged by PATCH, property by property", async () => {
    await start(deploy());
    const { body } = await azure.ask("PATCH", versioned(ids.machine), { tags: { owner: "me" } });
    expect(body.tags).toEqual({ owner: "me" });
    expect(body.properties.hardwareProfile.vmSize).toBe("Standard_D4s_v5");
  });

  it("gives no secret back, and keeps none in its files", async () => {
    await start();
    for (const key of keys) await send(key);
    await azure.ask("PUT", versioned(`${ids.machine}/runCommands/secret`), {
      location: "northeurope",
      properties: {
        source: { script: "hostname" },
        protectedParameters: [{ name: "Word", value: "Hunter-2-Hunter-2" }],
      },
    });
    const password = String((bodies.machine[1].osProfile as { adminPassword: string }).adminPassword);
    const files = readdirSync(azure.folder).map((name) => readFileSync(join(azure.folder, name), "utf8"));
    const list = await azure.ask("GET", versioned(ids.machine.slice(0, ids.machine.lastIndexOf("/"))));
    const step = await azure.ask(
      "GET",
      versioned(`${ids.machine}/runCommands/secret`, "&$expand=instanceView"),
    );
    for (const word of ["Hunter-2-Hunter-2", password])
      expect([...files, JSON.stringify([list.body, step.body])].join("\n")).not.toContain(word);
  });
});

describe("the signature of a blob's address", () => {
  it("never comes back, and stands in no file", async () => {
    await start(deploy());
    const signed = "https://media.blob.core.windows.net/scripts/a.ps1?sv=2024-11-04&sig=Abc%3D";
    const path = versioned(`${ids.machine}/runCommands/signed`);
    const body = {
      location: "northeurope",
      properties: {
        source: { scriptUri: signed },
        outputBlobUri: signed,
        parameters: [{ name: "a", value: "b?sig=c" }],
      },
    };
    const { status } = await azure.ask("PUT", path, body);
    const read = await azure.ask("GET", path);
    const files = readdirSync(azure.folder).map((name) => readFileSync(join(azure.folder, name), "utf8"));
    expect([status, read.body.properties.source, read.body.properties.parameters]).toEqual([
      201,
      { scriptUri: "https://media.blob.core.windows.net/scripts/a.ps1" },
      [{ name: "a", value: "b?sig=c" }],
    ]);
    expect([...files, JSON.stringify(read.body)].join("\n")).not.toContain("Abc%3D");
  });
});

describe("what no address is for", () => {
  it.each([
    ["no version", "GET", ids.group, 400, "MissingApiVersionParameter"],
    [
      "a version that nobody knows",
      "GET",
      `${ids.group}?api-version=1999-01-01`,
      400,
      "InvalidApiVersionParameter",
    ],
    ["another subscription", "GET", "/subscriptions/1?api-version=2022-12-01", 404, "SubscriptionNotFound"],
    [
      "a group of another subscription",
      "GET",
      `${ids.group.replace(/subscriptions.[^/]*/, "subscriptions/1")}/resources?api-version=2022-09-01`,
      404,
      "SubscriptionNotFound",
    ],
    [
      "a type that labs do not have",
      "GET",
      `${ids.group}/providers/Microsoft.Web/sites?api-version=2024-04-01`,
      404,
      "InvalidResourceNamespace",
    ],
    [
      "a kind that a provider does not have",
      "GET",
      `${ids.group}/providers/Microsoft.Compute/galleries?api-version=2024-11-01`,
      404,
      "InvalidResourceType",
    ],
    [
      "a resource that is not there",
      "GET",
      `${ids.group}/providers/Microsoft.Compute/disks/x?api-version=2024-03-02`,
      404,
      "ResourceNotFound",
    ],
    [
      "a group that is not there",
      "GET",
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/x?api-version=2024-03-01",
      404,
      "ResourceGroupNotFound",
    ],
    [
      "an act that machines do not have",
      "POST",
      `${ids.machine}/dance?api-version=2024-11-01`,
      404,
      "InvalidResourceType",
    ],
    ["a method that nobody has", "TRACE", `${ids.group}?api-version=2024-03-01`, 405, "MethodNotAllowed"],
    [
      "a filter that nobody knows",
      "GET",
      "/subscriptions/00000000-0000-0000-0000-000000000000/resources?api-version=2022-09-01&$filter=colour%20eq%20'red'",
      400,
      "InvalidFilterInQueryString",
    ],
  ])("is, besides bodies, %s", async (_, method, path, status, code) => {
    await start(deploy());
    const answered = await azure.ask(method, path);
    expect([answered.status, answered.body.error.code]).toEqual([status, code]);
  });

  it("is JSON that is none, and a body without end", async () => {
    await start(deploy());
    expect((await azure.ask("PUT", versioned(ids.group), "{")).body.error.code).toBe("InvalidRequestContent");
    expect((await azure.ask("PUT", versioned(ids.group), "[]")).body.error.code).toBe(
      "InvalidRequestContent",
    );
    const large = await azure
      .ask("PUT", versioned(ids.group), `"${"x".repeat(5 * 1024 * 1024)}"`)
      .catch(() => undefined);
    expect(large?.status).toBe(413);
    expect((await azure.ask("GET", versioned(ids.group))).status).toBe(200);
  });

  it("is an error of ARM's for whatever path, method and body there may be", async () => {
    await start(deploy());
    await fc.assert(
      fc.asyncProperty(oddRequest, async ({ method, path, body }) => {
        const answered = await azure.ask(method, path, method.startsWith("P") ? body : undefined);
        expect(strangeIn(answered.status, method, JSON.stringify(answered.body ?? {}))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});

describe("what takes longer", () => {
  it("is told by the address of an operation, until it is done", async () => {
    await start(deploy(undefined, "machine"));
    const made = await send("machine");
    expect(made.status).toBe(201);
    expect(made.body.properties.provisioningState).toBe("Creating");
    expect(await ended(made.headers["azure-asyncoperation"])).toMatchObject({ status: "Succeeded" });
    const { body } = await azure.ask("GET", versioned(ids.machine));
    expect(body.properties.provisioningState).toBe("Succeeded");
    const { pathname, search } = new URL(String(made.headers.location));
    expect((await azure.ask("GET", `${pathname}${search}`)).body.id).toBe(ids.machine);
  });

  it("takes minutes where somebody wants to see that, and refuses another write meanwhile", async () => {
    await start(deploy(), [], "real");
    const { status, headers } = await azure.ask("POST", `${ids.machine}/deallocate?api-version=2024-11-01`);
    expect([status, headers["retry-after"]]).toEqual([202, "5"]);
    const { pathname, search } = new URL(String(headers["azure-asyncoperation"]));
    expect((await azure.ask("GET", `${pathname}${search}`)).body.status).toBe("InProgress");
    expect((await azure.ask("POST", `${ids.machine}/start?api-version=2024-11-01`)).body.error.code).toBe(
      "Conflict",
    );
    expect((await azure.ask("GET", versioned(ids.machine))).body.properties.provisioningState).toBe(
      "Updating",
    );
  });

  it("ends as failed where a fault refuses it in the middle, and leaves nothing", async () => {
    await start(deploy(undefined, "machine"), [{ type: tokens.machine, fault: "quota-exceeded" }]);
    const { status, headers } = await send("machine");
    expect(status).toBe(201);
    expect(await ended(headers["azure-asyncoperation"])).toMatchObject({
      status: "Failed",
      error: { code: "OperationNotAllowed" },
    });
    expect((await azure.ask("GET", versioned(ids.machine))).status).toBe(404);
  });

  it("is refused at once where there were too many requests", async () => {
    await start(deploy(undefined, "machine"), [{ type: tokens.machine, fault: "throttled" }]);
    const { status, body } = await send("machine");
    expect([status, body.error.code]).toEqual([429, "TooManyRequests"]);
  });

  it("deletes a group with all that is in it", async () => {
    await start(deploy());
    const { status, headers } = await azure.ask("DELETE", versioned(ids.group));
    expect(status).toBe(202);
    expect(await ended(headers["azure-asyncoperation"])).toMatchObject({ status: "Succeeded" });
    expect(stored()).toEqual({});
  });
});

describe("machines and lists", () => {
  const view = async () =>
    (await azure.ask("GET", versioned(ids.machine, "&$expand=instanceView"))).body.properties.instanceView
      .statuses[1].code;

  it("stop, start and are deallocated, whatever the case of a path", async () => {
    await start(deploy());
    const act = (name: string) =>
      azure.ask(
        "POST",
        `${ids.machine.replace("resourceGroups/rg", "resourcegroups/RG")}/${name}?api-version=2024-11-01`,
      );
    expect(await view()).toBe("PowerState/running");
    await ended((await act("powerOff")).headers["azure-asyncoperation"]);
    expect(await view()).toBe("PowerState/stopped");
    await ended((await act("start")).headers["azure-asyncoperation"]);
    expect(await view()).toBe("PowerState/running");
    await ended((await act("deallocate")).headers["azure-asyncoperation"]);
    expect(await view()).toBe("PowerState/deallocated");
    await ended((await act("restart")).headers["azure-asyncoperation"]);
    expect(await view()).toBe("PowerState/deallocated");
  });

  it("are listed by subscription, by group, by parent and by filter", async () => {
    await start(deploy());
    const names = async (path: string) =>
      (await azure.ask("GET", path)).body.value.map(({ name }: { name: string }) => name);
    const all = "/subscriptions/00000000-0000-0000-0000-000000000000";
    expect(await names(`${all}/providers/Microsoft.Compute/virtualMachines?api-version=2024-11-01`)).toEqual([
      "vm",
    ]);
    expect(await names(`${ids.group}/providers/Microsoft.Compute/disks?api-version=2024-03-02`)).toEqual([
      "disk",
    ]);
    expect(await names(`${ids.machine}/runCommands?api-version=2024-11-01`)).toEqual(["step"]);
    const ofType = "&$filter=resourceType%20eq%20'Microsoft.Network/natGateways'";
    expect(await names(`${all}/resources?api-version=2022-09-01${ofType}`)).toEqual(["nat"]);
    expect(await names(`${ids.group}/resources?api-version=2022-09-01${ofType}`)).toEqual(["nat"]);
    expect(await names(`${all}/resourcegroups?api-version=2024-03-01`)).toEqual(["rg"]);
  });

  it("count against the quota of their family and region", async () => {
    await start(deploy());
    const place = "/subscriptions/00000000-0000-0000-0000-000000000000/providers";
    const usages = await azure.ask(
      "GET",
      `${place}/Microsoft.Compute/locations/northeurope/usages?api-version=2024-11-01`,
    );
    const of = (value: string) =>
      usages.body.value.find((one: { name: { value: string } }) => one.name.value === value);
    expect(of("standardDSv5Family")).toMatchObject({ currentValue: 4, limit: 350 });
    expect(of("cores")).toMatchObject({ currentValue: 4, limit: 350 });
  });
});
