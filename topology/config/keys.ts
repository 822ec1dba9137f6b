import { z } from "zod";
import { passwordKey, passwordSchema } from "./password";
import { configSchema } from "./schema";

/** One key of the configuration as JSON Schema describes it, with what the reference and the error messages need. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  /** What a pattern or a refinement allows, in words. */
  readonly allowed?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Where some values are known and others are taken too. */
  readonly anyOf?: readonly { readonly enum?: readonly unknown[] }[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode | boolean;
  readonly prefixItems?: readonly SchemaNode[];
}

/** Everything that a user writes, the password after its user. */
const written = z.strictObject(
  Object.fromEntries(
    Object.entries<z.ZodType>(configSchema.shape).flatMap(([key, schema]) =>
      key === "adminUser"
        ? [
            [key, schema],
            [passwordKey, passwordSchema.optional()],
          ]
        : [[key, schema]],
    ),
  ),
);

/** JSON Schema of the configuration that a user writes: the keys below the project's namespace. */
export function configJsonSchema(): SchemaNode {
  return z.toJSONSchema(written, { io: "input" }) as SchemaNode;
}

/** What a key allows, in words. */
export function allowed(node: SchemaNode): string {
  if (node.allowed !== undefined) return node.allowed;
  if (node.enum !== undefined) return `one of ${node.enum.join(", ")}`;
  if (node.type === "boolean") return "true or false";
  if (node.type === "integer") return `a whole number from ${node.minimum} to ${node.maximum}`;
  if (node.properties !== undefined) return `the keys ${Object.keys(node.properties).join(", ")}`;
  return `a ${node.type ?? "value"}`;
}

/** The node at a path of keys; items of lists belong to their list. */
export function nodeAt(root: SchemaNode, path: readonly PropertyKey[]): SchemaNode {
  let node = root;
  for (const key of path) node = node.properties?.[String(key)] ?? node;
  return node;
}

/** Every path of the schema with its node, parents before children, in declared order. */
export function schemaPaths(root: SchemaNode, prefix = ""): readonly (readonly [string, SchemaNode])[] {
  return Object.entries(root.properties ?? {}).flatMap(([key, node]) => [
    [`${prefix}${key}`, node] as const,
    ...schemaPaths(node, `${prefix}${key}.`),
  ]);
}
