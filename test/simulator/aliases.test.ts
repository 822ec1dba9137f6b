import { describe, expect, it } from "vitest";
import { type AliasedParent, formerUrns } from "../../simulator/engine/aliases";
import { effects } from "../../simulator/engine/effects";
import { urnOf } from "../../simulator/engine/urns";
import { registered } from "../support/registered";

const stack = "urn:pulumi:dev::lab::pulumi:pulumi:Stack::lab-dev";
const group = "urn:pulumi:dev::lab::x:index:Group::main";
const disk = (name: string, type = "x:index:Group$y:Disk") => `urn:pulumi:dev::lab::${type}::${name}`;
const inGroup = (...aliases: readonly string[]): AliasedParent => ({ urn: group, aliases });

describe("a URN", () => {
  it("names the types of all ancestors but the stack", () => {
    expect(urnOf("dev", "lab", stack, "x:index:Group", "main")).toBe(group);
    expect(urnOf("dev", "lab", group, "y:Disk", "main-disk")).toBe(disk("main-disk"));
    expect(urnOf("dev", "lab", "", "y:Disk", "d")).toBe(disk("d", "y:Disk"));
  });
});

describe("the URNs that a resource had", () => {
  it.each([
    ["no alias", [], inGroup(), []],
    ["another name", [{ name: "old" }], inGroup(), [disk("old")]],
    ["another type", [{ type: "z:Disk" }], inGroup(), [disk("main-disk", "x:index:Group$z:Disk")]],
    ["no parent", [{ noParent: true }], inGroup(), [disk("main-disk", "y:Disk")]],
    ["another parent", [{ parent: stack }], inGroup(), [disk("main-disk", "y:Disk")]],
    [
      "another stack and project",
      [{ stack: "prod", project: "labs" }],
      inGroup(),
      ["urn:pulumi:prod::labs::x:index:Group$y:Disk::main-disk"],
    ],
    ["a URN", [{ urn: "urn:of:old" }], inGroup(), ["urn:of:old"]],
    ["what it is now", [{ name: "main-disk" }], inGroup(), []],
    [
      "a parent that had another name",
      [],
      inGroup("urn:pulumi:dev::lab::x:index:Group::first"),
      [disk("first-disk")],
    ],
    [
      "a parent that had another type",
      [],
      inGroup("urn:pulumi:dev::lab::x:index:Old::main"),
      [disk("main-disk", "x:index:Old$y:Disk")],
    ],
    [
      "another name below a parent that had another type",
      [{ name: "old" }],
      inGroup("urn:pulumi:dev::lab::x:index:Old::main"),
      [disk("old"), disk("old", "x:index:Old$y:Disk"), disk("main-disk", "x:index:Old$y:Disk")],
    ],
  ])("follow from %s", (_title, aliases, parent, urns) => {
    expect(formerUrns(disk("main-disk"), aliases, parent)).toEqual(urns);
  });
});

describe("effects() of a renamed resource", () => {
  const base = [registered({ urn: "old", type: "azure-native:compute:Disk", inputs: { diskSizeGB: 4 } })];
  const renamed = (diskSizeGB: number, aliases: readonly string[]) => [
    registered({ urn: "new", type: "azure-native:compute:Disk", aliases, inputs: { diskSizeGB } }),
  ];

  it("are none where an alias names it and nothing else changed", () => {
    expect(effects(base, renamed(4, ["other", "old"]))).toEqual([]);
  });

  it("are those of its properties, told with the URN that it had", () => {
    expect(effects(base, renamed(8, ["old"]))).toMatchObject([{ urn: "new", was: "old", op: "update" }]);
  });

  it("are a creation and a deletion without an alias", () => {
    expect(effects(base, renamed(4, [])).map(({ urn, op }) => [urn, op])).toEqual([
      ["new", "create"],
      ["old", "delete"],
    ]);
  });
});
