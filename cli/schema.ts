import { configJsonSchema, type SchemaNode } from "../topology/config/keys";
import { passwordKey } from "../topology/config/password";
import { project } from "./stackContent";
import { out } from "./terminal";

/** A node without the project's own keywords, which other readers refuse, and with its words where editors show them. */
function published({ allowed, properties, ...node }: SchemaNode): object {
  const description = [node.description, allowed === undefined ? "" : `Allowed: ${allowed}.`]
    .join(" ")
    .trim();
  return {
    ...node,
    ...(description === "" ? {} : { description }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, child]) => [key, published(child)]),
          ),
        }),
  };
}

const encrypted = {
  type: "object",
  properties: { secure: { type: "string" } },
  required: ["secure"],
  additionalProperties: false,
};

/** A key of the first level, with the other forms that Pulumi writes and hands over as the same: text of a truth value, JSON text, encrypted. */
function firstLevel(name: string, node: SchemaNode): object {
  const plain = published(node);
  if (name === passwordKey) return { description: node.description, ...encrypted };
  const asText =
    node.type === "boolean"
      ? [{ type: "string", enum: ["true", "false"] }]
      : node.properties !== undefined && name !== "dataCenters"
        ? [{ type: "string", pattern: "^\\{" }]
        : [];
  return { description: node.description, anyOf: [plain, ...asText, encrypted] };
}

/** Prints the JSON Schema of a whole stack file, the project's namespace included. */
export function schema(): number {
  const { properties = {} } = configJsonSchema();
  const namespaced = Object.fromEntries(
    Object.entries(properties).map(([key, node]) => [`${project}:${key}`, firstLevel(key, node)]),
  );
  const file = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Stack file of persistent-chat-lab",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        required: [`${project}:dataCenters`],
        properties: namespaced,
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
  };
  out.write(`${JSON.stringify(file, null, 2)}\n`);
  return 0;
}
