import { describe, expect, it } from "vitest";
import { canReach, explore, type Model, pathTo } from "../../../topology/resilience/explore";

/** A lamp that burns out, is replaced, and of which there are two spare ones. */
interface Lamp {
  readonly burns: boolean;
  readonly spare: number;
}

const lamp: Model<Lamp> = {
  start: { burns: true, spare: 2 },
  keyOf: ({ burns, spare }) => `${burns}${spare}`,
  moves: [
    {
      id: "out",
      title: "it burns out",
      kind: "failure",
      from: ({ burns, spare }) => (burns ? { burns: false, spare } : undefined),
    },
    {
      id: "replace",
      title: "somebody replaces it",
      kind: "act",
      from: ({ burns, spare }) => (!burns && spare > 0 ? { burns: true, spare: spare - 1 } : undefined),
    },
  ],
};

describe("an exploration", () => {
  it("finds every state that so many failures lead to, and no more", () => {
    expect([0, 1, 2, 3, 4].map((most) => explore(lamp, most).states.length)).toEqual([1, 3, 5, 6, 6]);
  });

  it("tells with how few failures each state is reached", () => {
    const { states, failures } = explore(lamp, 3);
    expect(states.map((state, index) => [lamp.keyOf(state), failures[index]])).toEqual([
      ["true2", 0],
      ["false2", 1],
      ["true1", 1],
      ["false1", 2],
      ["true0", 2],
      ["false0", 3],
    ]);
  });

  it("gives the moves that lead to a state, and none for the first one", () => {
    const found = explore(lamp, 2);
    const last = found.states.findIndex((state) => lamp.keyOf(state) === "true0");
    expect(pathTo(found, last).map(({ title }) => title)).toEqual([
      "it burns out",
      "somebody replaces it",
      "it burns out",
      "somebody replaces it",
    ]);
    expect(pathTo(found, 0)).toEqual([]);
  });

  it("says from which states another one can be reached without a failure", () => {
    const found = explore(lamp, 3);
    const lit = canReach(found, ({ burns }) => burns);
    const dark = found.states.filter((_, index) => !lit[index]);
    expect(dark).toEqual([{ burns: false, spare: 0 }]);
  });
});
