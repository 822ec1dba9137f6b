import { describe, expect, it } from "vitest";
import { inOrder } from "../../topology/steps/order";

const node = (id: string, ...after: string[]) => ({ id, after });
const ids = (nodes: readonly { readonly id: string }[]) => nodes.map(({ id }) => id);

describe("the order of steps", () => {
  it("puts each after what it waits for and keeps the given order otherwise", () => {
    expect(ids(inOrder([node("c", "b"), node("a"), node("b", "a"), node("d")]))).toEqual([
      "a",
      "b",
      "c",
      "d",
    ]);
  });

  it("does not exist for a cycle, and says which", () => {
    expect(() => inOrder([node("x"), node("a", "b"), node("b", "c"), node("c", "a")])).toThrow(
      "Cannot order steps, each waits for the next: a -> b -> c -> a",
    );
  });

  it("does not exist when a step waits for one that is not there", () => {
    expect(() => inOrder([node("a", "b")])).toThrow('Cannot order steps: "a" waits for unknown step "b"');
  });
});
