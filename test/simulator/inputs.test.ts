import { describe, expect, it } from "vitest";
import { same, texts, without } from "../../simulator/arm/inputs";

describe("two bodies", () => {
  it.each([
    [{ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 }, true],
    [["a", "b"], ["b", "a"], false],
    [["a"], { 0: "a" }, false],
    [null, {}, false],
    [{ a: null }, { a: null }, true],
  ])("%j and %j are the same data: %s", (one, other, expected) => {
    expect(same(one, other)).toBe(expected);
  });
});

describe("the texts of a body", () => {
  it("come with their paths, and nothing else comes", () => {
    expect([...texts({ a: "x", b: null, c: [1, "y", { d: "z", e: true }], f: undefined })]).toEqual([
      ["a", "x"],
      ["c.1", "y"],
      ["c.2.d", "z"],
    ]);
  });
});

describe("a body without some paths", () => {
  it("keeps the rest, and is not changed itself", () => {
    const body = { a: { b: 1, c: 2 }, d: 3 };
    expect(without(body, ["a.b", "d", "e"])).toEqual({ a: { c: 2 } });
    expect(body).toEqual({ a: { b: 1, c: 2 }, d: 3 });
  });
});
