import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { bodies, deploy, ids, keys } from "../support/arm";
import { armBody } from "../support/armBody";
import { HttpAzure, versioned } from "../support/http";
import { guarded } from "../support/keptCloud";
import { oddRequest, strangeIn } from "../support/oddRequests";

let azure: HttpAzure;

afterEach(() => azure.stop());

describe("who asks the simulated Azure", () => {
  it("must have a token of this server, which knows who may have one by a secret", async () => {
    azure = await HttpAzure.of();
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
    azure = await HttpAzure.of(deploy());
    expect((await azure.ask("GET", `/${versioned(ids.network)}`)).body.id).toBe(ids.network);
  });

  it("is told without one what the cloud is made of, as one object", async () => {
    azure = await HttpAzure.of();
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
    azure = await HttpAzure.of();
    const { headers } = await azure.ask("GET", "/nowhere");
    expect(headers["x-ms-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["x-ms-correlation-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("a body of ARM's", () => {
  it("of each type is kept as azure-native's is, and comes back as it was sent, but for what is secret", async () => {
    azure = await HttpAzure.of();
    const there = deploy().state.resources;
    for (const key of keys) {
      const [token, inputs] = bodies[key];
      const { status } = await azure.put(key);
      expect(status, key).toBe(201);
      const kept = azure.state.resources[ids[key].toLowerCase()];
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
    azure = await HttpAzure.of(deploy());
    const before = azure.state.resources;
    for (const key of keys.filter((one) => one !== "runCommand")) {
      const { body } = await azure.ask("GET", versioned(ids[key]));
      const { status, body: said } = await azure.ask("PUT", versioned(ids[key]), body);
      expect([key, status, said?.error]).toEqual([key, 200, undefined]);
      expect(azure.state.resources[ids[key].toLowerCase()], key).toEqual(before[ids[key].toLowerCase()]);
    }
  });

  it("is merged by PATCH, property by property", async () => {
    azure = await HttpAzure.of(deploy());
    const { body } = await azure.ask("PATCH", versioned(ids.machine), { tags: { owner: "me" } });
    expect(body.tags).toEqual({ owner: "me" });
    expect(body.properties.hardwareProfile.vmSize).toBe("Standard_D4s_v5");
  });

  it("gives no secret back, and keeps none in its files", async () => {
    azure = await HttpAzure.of();
    for (const key of keys) await azure.put(key);
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
    azure = await HttpAzure.of(deploy());
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
    azure = await HttpAzure.of(deploy());
    const answered = await azure.ask(method, path);
    expect([answered.status, answered.body.error.code]).toEqual([status, code]);
  });

  it("is JSON that is none, and a body without end", async () => {
    azure = await HttpAzure.of(deploy());
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
    azure = await HttpAzure.of(deploy());
    await fc.assert(
      fc.asyncProperty(oddRequest, async ({ method, path, body }) => {
        const answered = await azure.ask(method, path, method.startsWith("P") ? body : undefined);
        expect(strangeIn(answered.status, method, JSON.stringify(answered.body ?? {}))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
