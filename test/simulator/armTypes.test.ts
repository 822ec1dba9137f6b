import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../cli/terminal/paths";
import { stackNames } from "../../cli/stack/stackFile";
import { createCloud } from "../../simulator/arm/cloud";
import type { StoredResource } from "../../simulator/arm/resource";
import { resourceTypes } from "../../simulator/arm/resourceTypes";
import { withSurrogates } from "../../simulator/kept/surrogates";
import { CloudFolder } from "../../simulator/kept/cloudFolder";
import { HttpAzure } from "../support/http";
import { rehearseStack } from "../support/rehearse";

/*
 * What is answered about every resource of every stack, held against the types that Microsoft publishes for that version of its interface:
 * nothing that they do not know, nothing missing that they promise, nothing of another kind. test/support/azure/takeArmTypes.ts takes them.
 */

interface Taken {
  readonly source: string;
  readonly versions: Readonly<
    Record<string, { readonly types: Readonly<Record<string, object>>; readonly $defs: object }>
  >;
}
const { versions } = JSON.parse(
  readFileSync(join(root, "test", "simulator", "fixtures", "armTypes.json"), "utf8"),
) as Taken;

const checks = Object.entries(versions).flatMap(([name, { types, $defs }]) =>
  Object.entries(types).map(([type, schema]) => ({
    type,
    version: name.split("@")[1] ?? "",
    accepts: new Ajv2020({ strict: true, allErrors: true }).compile({ ...schema, $defs }),
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
      kept.change(() => {
        for (const { custom, type, inputs } of resources)
          if (custom)
            cloud.put(
              type,
              withSurrogates(
                JSON.parse(JSON.stringify(inputs).replaceAll('"[secret]"', '"Surrogate-1-Surrogate"')),
              ),
            );
      });
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
    const good = { id: "/a", name: "a", type: "Microsoft.Resources/resourceGroups", location: "uksouth" };
    expect(accepts(good)).toBe(true);
    for (const bad of [{ ...good, other: 1 }, { ...good, location: 1 }, { id: "/a" }])
      expect(accepts(bad)).toBe(false);
  });
});
