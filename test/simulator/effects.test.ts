import { describe, expect, it } from "vitest";
import { effects } from "../../simulator/engine/effects";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { registered } from "../support/registered";

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

  it("are none between a program and itself", () => {
    const both = [disk({ urn: "a" }), disk({ urn: "b" })];
    expect(effects(both, both)).toEqual([]);
  });

  it("say what a resource was called before, where it was renamed", () => {
    const [same, renamed] = effects(
      [disk({ urn: "a" }), disk({ urn: "old" })],
      [
        disk({ urn: "a", inputs: { diskName: "d", diskSizeGB: 8 } }),
        disk({ urn: "new", aliases: ["old"], inputs: { diskName: "d", diskSizeGB: 8 } }),
      ],
    );
    expect([same?.was, renamed?.was]).toEqual([undefined, "old"]);
  });
});
