import { describe, expect, it } from "vitest";
import { rawConfig } from "../../topology/config/raw";

describe("the configuration as Pulumi hands it over", () => {
  it("is read back as the user wrote it", () => {
    const all = {
      "p:pool": '{"servers":8}',
      "p:tags": "[1]",
      "p:protectData": "false",
      "p:lab": "fig1",
      "q:lab": "not mine",
    };
    expect(rawConfig("p", all)).toEqual({ pool: { servers: 8 }, tags: [1], protectData: false, lab: "fig1" });
  });

  it("keeps text that only looks like something else", () => {
    const all = { "p:a": "{broken", "p:b": "12", "p:c": "truely", "p:d": "" };
    expect(rawConfig("p", all)).toEqual({ a: "{broken", b: "12", c: "truely", d: "" });
  });
});
