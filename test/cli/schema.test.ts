import { describe, expect, it } from "vitest";
import { lab } from "../support/cli";

describe("lab schema", () => {
  const { code, stdout } = lab("schema");
  const schema = JSON.parse(stdout);
  const config = schema.properties.config;

  it("is a JSON Schema of a whole stack file", () => {
    expect(code).toBe(0);
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(config.required).toEqual(["persistent-chat-lab:dataCenters"]);
    expect(config.properties["persistent-chat-lab:pool"].properties.servers).toMatchObject({
      type: "integer",
      minimum: 1,
      maximum: 8,
      default: 4,
    });
  });

  it("allows the password in its encrypted form only", () => {
    expect(config.properties["persistent-chat-lab:adminPassword"]).toMatchObject({
      type: "object",
      required: ["secure"],
      additionalProperties: false,
    });
  });

  it("lets other projects keep their keys", () => {
    expect(config.patternProperties).toEqual({ "^(?!persistent-chat-lab:)[^:]+:": true });
    expect(config.additionalProperties).toBe(false);
  });
});
