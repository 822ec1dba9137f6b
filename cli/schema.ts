import { configJsonSchema } from "../topology/schema";
import { project } from "./stackContent";
import { out } from "./terminal";

/** Prints the JSON Schema of a whole stack file, the project's namespace included. */
export function schema(): number {
  const { properties = {}, ...config } = configJsonSchema();
  const namespaced = Object.fromEntries(
    Object.entries(properties).map(([key, node]) => [`${project}:${key}`, node]),
  );
  const password = {
    type: "object",
    properties: { secure: { type: "string" } },
    required: ["secure"],
    additionalProperties: false,
  };
  const file = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Stack file of persistent-chat-lab",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        required: [`${project}:dataCenters`],
        properties: {
          ...namespaced,
          [`${project}:adminPassword`]: { description: properties.adminPassword?.description, ...password },
        },
        // Other providers may keep keys here, this project's must be known.
        patternProperties: { [`^(?!${project}:)[^:]+:`]: true },
        additionalProperties: false,
      },
      secretsprovider: { type: "string" },
      encryptedkey: { type: "string" },
      encryptionsalt: { type: "string" },
      environment: true,
    },
    additionalProperties: false,
    ...("$defs" in config ? { $defs: config.$defs } : {}),
  };
  out.write(`${JSON.stringify(file, null, 2)}\n`);
  return 0;
}
