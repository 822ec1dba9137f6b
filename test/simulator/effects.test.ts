import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readStack } from "../../cli/stackFile";
import { effects } from "../../simulator/engine/effects";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { stackChanges } from "../support/changes";
import { registered } from "../support/registered";
import { rehearseLab } from "../support/rehearse";
import { type Told, toldBy } from "../support/told";

const golden: readonly (Told & { readonly title: string })[] = JSON.parse(
  readFileSync(join(__dirname, "..", "golden", "changes.json"), "utf8"),
);

describe("the effects of a change, told without an engine", () => {
  it.each(stackChanges)(
    "of $title are those that the real engine had when it deployed it",
    async (change) => {
      const row = golden.find(({ title }) => title === change.title);
      const told = await toldBy(change);
      // What Azure refuses has no effect that could be published.
      const effect = change.refused === undefined ? told.effect : {};
      expect({ ...told, effect }).toEqual({ effect: row?.effect, protects: row?.protects });
    },
  );
});

describe("effects()", () => {
  const disk = (changes: Partial<RegisteredResource>) =>
    registered({ type: "azure-native:compute:Disk", inputs: { diskName: "d", diskSizeGB: 4 }, ...changes });

  it("say which properties changed, and which of them force a replacement", () => {
    const base = [disk({ urn: "a" }), disk({ urn: "b" })];
    const head = [
      disk({ urn: "a", inputs: { diskName: "d", diskSizeGB: 8 } }),
      disk({ urn: "b", inputs: { diskName: "e", diskSizeGB: 8 } }),
    ];
    expect(effects(base, head).map(({ urn, op, because }) => [urn, op, because])).toEqual([
      ["a", "update", ["diskSizeGB"]],
      ["b", "replace", ["diskName"]],
    ]);
  });

  it("pass over what the program ignores, and follow what it replaces together", () => {
    const base = [disk({ urn: "a" }), disk({ urn: "b" })];
    const head = [
      disk({ urn: "a", inputs: { diskName: "e", diskSizeGB: 4 } }),
      disk({
        urn: "b",
        inputs: { diskName: "d", diskSizeGB: 8 },
        ignoreChanges: ["diskSizeGB"],
        replaceWith: ["a"],
      }),
    ];
    expect(effects(base, head).map(({ urn, op, because }) => [urn, op, because])).toEqual([
      ["a", "replace", ["diskName"]],
      ["b", "replace", ["replaceWith"]],
    ]);
  });

  it("are refused where they replace or delete what is protected, and nowhere else", () => {
    const base = ["a", "b", "c"].map((urn) => disk({ urn, protect: true }));
    const head = [
      disk({ urn: "a", inputs: { diskName: "e" } }),
      disk({ urn: "b", inputs: { diskName: "d", diskSizeGB: 8 } }),
    ];
    expect(effects(base, head).map(({ urn, op, refused }) => [urn, op, refused])).toEqual([
      ["a", "replace", true],
      ["b", "update", false],
      ["c", "delete", true],
    ]);
  });

  it("are none between a program and itself", async () => {
    const { resources } = await rehearseLab(readStack("figure-1", undefined).raw);
    expect(effects(resources, resources)).toEqual([]);
  });
});
