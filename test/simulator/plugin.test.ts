import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Inputs } from "../../simulator/arm/inputs";
import { changesBetween } from "../../simulator/engine/effects";
import { secretMark, signature } from "../../simulator/engine/secrets";
import { withSurrogates } from "../../simulator/kept/surrogates";
import { bodies, bodyWith, ids, type Key } from "../support/arm";
import { PluginAzure } from "../support/plugin";

const struct = (inputs: Inputs) => Struct.fromJavaScript(inputs as never);
const urn = (key: Key) => `urn:pulumi:dev::p::p:index:Lab$${bodies[key][0]}::${key}`;
const secret = (value: string) => ({
  [signature]: secretMark,
  value,
});

let azure: PluginAzure;

beforeEach(async () => {
  azure = new PluginAzure();
  await azure.start();
});
afterEach(() => azure.end());

/** Names of the files that hold a resource. */
const resourceFiles = () => readdirSync(azure.folder).filter((name) => name.endsWith(".json"));

async function create(key: Key, inputs: Inputs = bodies[key][1], preview = false) {
  const request = new pb.CreateRequest();
  request.setUrn(urn(key));
  request.setProperties(struct(inputs));
  request.setPreview(preview);
  const response = await azure.ask<pb.CreateRequest, pb.CreateResponse>(azure.client.create, request);
  return { id: response.getId(), properties: response.getProperties()?.toJavaScript() as Inputs };
}

async function diff(key: Key, now: Inputs, ignore: string[] = []) {
  const request = new pb.DiffRequest();
  request.setUrn(urn(key));
  request.setOldInputs(struct(bodies[key][1]));
  request.setNews(struct(now));
  request.setIgnorechangesList(ignore);
  const response = await azure.ask<pb.DiffRequest, pb.DiffResponse>(azure.client.diff, request);
  const kinds = Object.entries(pb.PropertyDiff.Kind);
  const detail: Record<string, string | undefined> = {};
  response.getDetaileddiffMap().forEach((one, path) => {
    detail[path] = kinds.find(([, kind]) => kind === one.getKind())?.[0];
  });
  return {
    changes: response.getChanges() === pb.DiffResponse.DiffChanges.DIFF_SOME,
    detail,
    replaces: response.getReplacesList(),
  };
}

describe("the provider on the simulated Azure", () => {
  it("creates nothing in a preview", async () => {
    const { id, properties } = await create("group", bodies.group[1], true);
    expect({ id, properties }).toEqual({ id: "", properties: bodies.group[1] });
    expect(resourceFiles()).toEqual([]);
  });

  it("creates a resource, keeps it in a file, and knows it after a restart", async () => {
    expect((await create("group")).id).toBe(ids.group);
    azure.stop();
    await azure.start();
    await expect(create("group")).rejects.toThrow(`cannot create already existing resource '${ids.group}'`);
  });

  it("answers with ARM's code and sentence where ARM refuses", async () => {
    await expect(create("network")).rejects.toThrow(
      `Status=404 Code="ResourceGroupNotFound" Message="Resource group 'rg' could not be found."`,
    );
    expect(resourceFiles()).toEqual([]);
  });

  it("keeps no secret in its files, and gives it back as a secret", async () => {
    await create("group");
    const word = "Open-Sesame-1";
    const inputs = { ...bodies.network[1], tags: { word: secret(word) } };
    const { properties } = await create("network", inputs);
    expect(properties.tags).toEqual({ word: secret(word) });
    const kept = resourceFiles().map((name) => readFileSync(join(azure.folder, name), "utf8"));
    expect(kept.length).toBe(2);
    expect(kept.join()).not.toContain(word);
  });

  it("tells what changed in detail, and replaces for a name or what azure-native lists", async () => {
    expect(await diff("group", bodies.group[1])).toEqual({ changes: false, detail: {}, replaces: [] });
    expect(await diff("disk", bodyWith("disk", "diskSizeGB", 64)[1])).toEqual({
      changes: true,
      detail: { diskSizeGB: "UPDATE" },
      replaces: [],
    });
    expect(await diff("group", { ...bodies.group[1], location: "swedencentral", tags: { a: "b" } })).toEqual({
      changes: true,
      detail: { location: "UPDATE_REPLACE", tags: "ADD" },
      replaces: ["location"],
    });
    expect((await diff("nic", bodyWith("nic", "networkInterfaceName", "other")[1])).replaces).toEqual([
      "networkInterfaceName",
    ]);
  });

  it("tries to update a machine in place for what ARM then refuses, as azure-native does", async () => {
    const inputs = bodyWith("machine", "osProfile.computerName", "B-SQL01")[1];
    expect(await diff("machine", inputs)).toEqual({
      changes: true,
      detail: { "osProfile.computerName": "UPDATE" },
      replaces: [],
    });
    expect((await diff("machine", inputs, ["osProfile.computerName"])).changes).toBe(false);
  });

  it("reads what is there, tells what drifted, and gives an empty id for what is gone", async () => {
    await create("group");
    const read = async () => {
      const request = new pb.ReadRequest();
      request.setUrn(urn("group"));
      request.setId(ids.group);
      request.setInputs(struct(bodies.group[1]));
      request.setProperties(struct(bodies.group[1]));
      const response = await azure.ask<pb.ReadRequest, pb.ReadResponse>(azure.client.read, request);
      return [response.getId(), response.getInputs()?.toJavaScript()];
    };
    expect(await read()).toEqual([ids.group, bodies.group[1]]);

    const update = new pb.UpdateRequest();
    update.setUrn(urn("group"));
    update.setOlds(struct(bodies.group[1]));
    update.setNews(struct({ ...bodies.group[1], tags: { by: "hand" } }));
    await azure.ask<pb.UpdateRequest, pb.UpdateResponse>(azure.client.update, update);
    expect(await read()).toEqual([ids.group, { ...bodies.group[1], tags: { by: "hand" } }]);

    const request = new pb.DeleteRequest();
    request.setUrn(urn("group"));
    request.setId(ids.group);
    await azure.ask(azure.client.delete, request);
    expect((await read())[0]).toBe("");
    expect(resourceFiles()).toEqual([]);
  });

  it("tells subnets and peerings of a network in an import, and later only where they were sent with it", async () => {
    const first = [
      "group",
      "network",
      "otherNetwork",
      "securityGroup",
      "publicIp",
      "natGateway",
      "subnet",
      "peering",
    ] as const;
    for (const key of first) await create(key);
    const read = async (known: Inputs) => {
      const request = new pb.ReadRequest();
      request.setUrn(urn("network"));
      request.setId(ids.network);
      request.setInputs(struct(known));
      request.setProperties(struct(known));
      const response = await azure.ask<pb.ReadRequest, pb.ReadResponse>(azure.client.read, request);
      return response.getInputs()?.toJavaScript() as Inputs;
    };
    const [, sent] = bodies.network;
    expect(await read(sent)).toEqual(sent);

    const imported = await read({});
    expect(imported).toMatchObject({
      ...sent,
      subnets: [{ id: ids.subnet, addressPrefix: bodies.subnet[1].addressPrefix }],
      virtualNetworkPeerings: [{ id: ids.peering }],
    });
    const update = new pb.UpdateRequest();
    update.setUrn(urn("network"));
    update.setOlds(struct(imported));
    update.setNews(struct({ ...sent, tags: { by: "hand" } }));
    await azure.ask<pb.UpdateRequest, pb.UpdateResponse>(azure.client.update, update);
    expect((await read({})).subnets).toEqual(imported.subnets);
    expect(await read(sent)).toEqual({ ...sent, tags: { by: "hand" } });
  });

  it("refuses a type that it does not know before anything is created", async () => {
    const request = new pb.CheckRequest();
    request.setUrn("urn:pulumi:dev::p::azure-native:sql:Server::s");
    request.setNews(struct({}));
    const response = await azure.ask<pb.CheckRequest, pb.CheckResponse>(azure.client.check, request);
    expect(response.getFailuresList().map((failure) => failure.getReason())).toEqual([
      "The simulated Azure does not know azure-native:sql:Server: add a row to simulator/arm/resourceTypes.ts.",
    ]);
  });
});

describe("two bodies", () => {
  it("differ by the paths of their leaves, secrets by their values", () => {
    const before = { a: 1, list: [{ x: 1 }, { x: 2 }], word: secret("one"), gone: true };
    const after = { a: 1, list: [{ x: 1 }, { x: 3 }], word: secret("two"), more: { y: 1 } };
    expect(changesBetween(before, after)).toEqual([
      { path: "list[1].x", kind: "UPDATE" },
      { path: "word", kind: "UPDATE" },
      { path: "gone", kind: "DELETE" },
      { path: "more", kind: "ADD" },
    ]);
    expect(changesBetween({ word: secret("one") }, { word: secret("one") })).toEqual([]);
  });

  it("keep something in the place of a secret that changes with it and does not tell it", () => {
    const [one, again, two] = ["one", "one", "two"].map((word) =>
      withSurrogates({ a: [secret(word)], b: "open" }),
    );
    expect(again).toEqual(one);
    expect(two).not.toEqual(one);
    expect(one?.b).toBe("open");
    expect(JSON.stringify(one)).toMatch(/"[0-9a-f]{64}"/);
  });
});
