import { expect, it } from "vitest";
import { likeFirst } from "../support/likeFirst";

it("a golden shows the first of a kind whole, and of another one what differs, by path", () => {
  const disk = (name: string, changes: object) => ({
    name,
    type: "disk",
    inputs: {
      sku: { name: "Standard" },
      zones: ["1"],
      tags: { role: "data" },
      luns: [{ lun: 0 }],
      ...changes,
    },
  });
  const address = { name: "ip", type: "address", inputs: {} };
  const [first, second, third, fourth] = [
    disk("a", {}),
    disk("b", {}),
    disk("c", { zones: ["2"], tags: {}, luns: [{ lun: 0 }, { lun: 1 }] }),
    disk("d", { sku: { name: "Premium", tier: "P1" } }),
  ];
  expect(likeFirst([first, second, address, third, fourth], ({ type }) => type)).toEqual([
    first,
    { name: "b", like: "a" },
    address,
    {
      name: "c",
      like: "a",
      "inputs.zones": ["2"],
      "inputs.tags": {},
      "inputs.luns.1.lun": 1,
      without: ["inputs.tags.role"],
    },
    { name: "d", like: "a", "inputs.sku.name": "Premium", "inputs.sku.tier": "P1" },
  ]);
});
