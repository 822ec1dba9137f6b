import Ajv2020 from "ajv/dist/2020";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stackNames } from "../../cli/stack/stackFile";
import { createCloud } from "../../simulator/arm/cloud";
import type { StoredResource } from "../../simulator/arm/resource";
import { resourceTypes } from "../../simulator/arm/resourceTypes";
import { refusalOfUnknown, versions } from "../../simulator/http/armTypes";
import { CloudFolder } from "../../simulator/kept/cloudFolder";
import { HttpAzure } from "../support/http";
import { putAll } from "../support/keptCloud";
import { rehearseStack } from "../support/rehearse";

/*
 * What is answered about every resource of every stack, held against the types that Microsoft publishes for that version of its interface:
 * nothing that they do not know, nothing missing that they promise, nothing of another kind. test/support/azure/takeArmTypes.ts takes them.
 */

/** What may be answered: nothing that can only be sent. */
const answered = (schema: object): object =>
  JSON.parse(JSON.stringify(schema), (_, value) =>
    typeof value === "object" && value !== null && value.writeOnly === true ? false : value,
  );

const checks = Object.entries(versions).flatMap(([name, { types, $defs }]) =>
  Object.entries(types).map(([type, schema]) => ({
    type,
    version: name.split("@")[1] ?? "",
    accepts: new Ajv2020({ strict: true, allErrors: true }).compile(answered({ ...schema, $defs })),
  })),
);

describe("what is answered", () => {
  const azure = new HttpAzure();
  let all: readonly StoredResource[] = [];
  beforeAll(async () => {
    const kept = new CloudFolder(azure.folder);
    const cloud = createCloud({ state: kept.state, cores: {} });
    for (const stack of stackNames()) {
      const { resources } = await rehearseStack(stack);
      kept.change(() => putAll(cloud, resources));
    }
    all = Object.values(kept.state.resources);
    await azure.start();
  });
  afterAll(() => azure.stop());

  it("is held against two versions of each type that labs have, but for schedules, of which there is one", () => {
    const held = checks.map(({ type }) => type).toSorted();
    const types = Object.values(resourceTypes).map(({ armType }) => armType);
    expect(held).toEqual(
      types.flatMap((type) => (type.endsWith("/schedules") ? [type] : [type, type])).toSorted(),
    );
  });

  it.each(checks)(
    "about $type in $version is as Microsoft's types say",
    async ({ type, version, accepts }) => {
      const some = all.filter(({ token }) => resourceTypes[token]?.armType === type);
      expect(some.length).toBeGreaterThan(0);
      for (const { id } of some) {
        const view = /virtualMachines/.test(type) ? "&$expand=instanceView" : "";
        const { body } = await azure.ask("GET", `${id}?api-version=${version}${view}`);
        expect([id, accepts(body) ? [] : accepts.errors, body]).toEqual([id, [], body]);
      }
    },
  );

  it("is found out where it has something that no type knows", () => {
    const { accepts } = checks.find(({ type }) => type === "Microsoft.Resources/resourceGroups") ?? {
      accepts: () => undefined,
    };
    const good = {
      id: "/a",
      name: "a",
      type: "Microsoft.Resources/resourceGroups",
      location: "swedencentral",
    };
    expect(accepts(good)).toBe(true);
    for (const bad of [{ ...good, other: 1 }, { ...good, location: 1 }, { id: "/a" }])
      expect(accepts(bad)).toBe(false);
  });
});

describe("a body with a property that its type does not have", () => {
  const compute = "Microsoft.Compute/virtualMachines";
  const network = "Microsoft.Network/virtualNetworks";

  it.each([
    [
      "beside its properties, by Azure Resource Manager",
      compute,
      { location: "swedencentral", children: [] },
      "InvalidRequestContent",
      "The request content was invalid and could not be deserialized: 'Could not find member 'children' on object of type 'ResourceDefinition'. Path 'children', line 1, position 39.'.",
      [],
    ],
    [
      "among those of a machine",
      compute,
      { properties: { orchestrationMode: "x" } },
      "BadRequest",
      "Could not find member 'orchestrationMode' on object of type 'Properties'. Path 'properties.orchestrationMode', line 1, position 35.",
      [],
    ],
    [
      "among those of a network, in detail",
      network,
      { properties: { virtualNetworkPeerings: [{ properties: { remote: 1 } }] } },
      "InvalidRequestFormat",
      "Cannot parse the request.",
      [
        {
          code: "InvalidJson",
          message:
            "Could not find member 'remote' on object of type 'VirtualNetworkPeeringProperties'. Path 'properties.virtualNetworkPeerings[0].properties.remote', line 1, position 65.",
        },
      ],
    ],
  ])("is refused %s", (_, type, body, code, message, details) => {
    expect(refusalOfUnknown(type, body)).toMatchObject({ status: 400, code, message, details });
  });

  it.each([
    [
      "in whatever case its names are",
      compute,
      { Location: "swedencentral", properties: { HARDWAREPROFILE: { vmSize: "x" } } },
    ],
    [
      "with what only Azure can fill in",
      compute,
      { id: "/a", etag: "1", properties: { vmId: "1", provisioningState: "Succeeded" } },
    ],
    ["with tags of any name", network, { tags: { anything: "1" } }],
    [
      "of a schedule, of which nobody says that it is",
      "Microsoft.DevTestLab/schedules",
      { properties: { other: 1 } },
    ],
  ])("is not refused %s", (_, type, body) => {
    expect(refusalOfUnknown(type, body)).toBeUndefined();
  });
});
