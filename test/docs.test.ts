import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configReference } from "../scripts/configReference";

describe("docs/configuration.md", () => {
  it("is what `npm run docs` writes", () => {
    expect(readFileSync(join(__dirname, "..", "docs", "configuration.md"), "utf8")).toBe(configReference());
  });
});
