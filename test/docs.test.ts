import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configReference } from "../scripts/configReference";
import { guestReference } from "../scripts/guestSteps";

const docs = (name: string) => readFileSync(join(__dirname, "..", "docs", name), "utf8");

describe("what `npm run docs` writes", () => {
  it("is what docs/configuration.md says", () => {
    expect(docs("configuration.md")).toBe(configReference());
  });

  it("is what docs/guest.md says", () => {
    expect(docs("guest.md")).toBe(guestReference());
  });
});
