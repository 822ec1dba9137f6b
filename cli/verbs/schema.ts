import { configJsonSchema, type SchemaNode } from "../../topology/config/keys";
import { passwordKey } from "../../topology/config/password";
import { project } from "../stack/stackContent";
import { out } from "../terminal/terminal";

/** What Pulumi writes in the place of a value that it encrypted, wherever it stands. */
const encrypted = {
  type: "object",
  properties: { secure: { type: "string" } },
  required: ["secure"],
  additionalProperties: false,
};
const orEncrypted = { $ref: "#/$defs/encrypted" };

/** A value that may be encrypted; its description stays where editors look for it. */
const either = ({ description }: SchemaNode, ...forms: readonly object[]): object => ({
  ...(description === undefined ? {} : { description }),
  anyOf: [...forms, orEncrypted],
});

/** A node without the project's own keywords, which other readers refuse, and with all that may be encrypted below it. */
function published({
  allowed,
  properties,
  items,
  prefixItems,
  additionalProperties,
  ...node
}: SchemaNode): object {
  const description = [node.description, allowed === undefined ? "" : `Allowed: ${allowed}.`]
    .join(" ")
    .trim();
  const value = (child: SchemaNode) => either(child, published(child));
  const values = (child: SchemaNode | boolean | undefined) =>
    typeof child === "object" ? value(child) : child;
  return given({
    ...node,
    description: description === "" ? undefined : description,
    properties:
      properties && Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, value(child)])),
    additionalProperties: values(additionalProperties),
    prefixItems: prefixItems?.map(value),
    items: values(items),
  });
}

/** Without keywords that have no value. */
const given = (node: object): object =>
  Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined));

/** A key of the first level, with the other forms that Pulumi writes and hands over as the same: text of a truth value, JSON text, encrypted. */
function firstLevel(name: string, node: SchemaNode): object {
  if (name === passwordKey) return { description: node.description, ...orEncrypted };
  const asText =
    node.type === "boolean"
      ? [{ type: "string", enum: ["true", "false"] }]
      : node.properties !== undefined && name !== "dataCenters"
        ? [{ type: "string", pattern: "^\\{" }]
        : [];
  return either(node, published(node), ...asText);
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
    $defs: { encrypted },
  };
  out.write(`${JSON.stringify(file, null, 2)}\n`);
  return 0;
}
