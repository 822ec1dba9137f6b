import { z } from "zod";
import { shapes } from "../../cli/terminal/shapes";

const head = `# What \`--json\` prints

Written by \`npm run golden\` from \`cli/terminal/shapes.ts\`, which tests hold against what the verbs print. Fields may be added; those that are here keep
their names and meanings. Numbers of minutes are virtual, times of day appear nowhere: the same input gives the same text. \`show --json\` is the
whole plan, the type \`Plan\` of \`topology/model.ts\`, whose comments say what each field means.
`;

interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
}

function typeOf({ type, enum: values, const: only, items }: Node): string {
  if (only !== undefined) return `\`"${only}"\``;
  if (values !== undefined) return values.map((value) => `\`"${value}"\``).join(" or ");
  if (items !== undefined) return `list of ${typeOf(items)}`;
  return { string: "text", boolean: "true or false", integer: "number" }[type ?? ""] ?? type ?? "any value";
}

/** Rows of a table for all fields below a node, lists as `[]`. */
function rows(node: Node, path: string): readonly string[] {
  if (node.items !== undefined) return rows(node.items, `${path}[]`);
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const name = path === "" ? key : `${path}.${key}`;
    const optional = node.required?.includes(key) ? "" : " (may be absent)";
    return [
      `| \`${name}\` | ${typeOf(child)}${optional} | ${child.description ?? ""} |`,
      ...rows(child, name),
    ];
  });
}

/** The reference of all shapes as Markdown. */
export function jsonReference(): string {
  return [
    head,
    ...Object.entries(shapes).map(([verb, shape]) => {
      const node = z.toJSONSchema(shape) as Node;
      const note = node.description === undefined ? "" : `${node.description}\n\n`;
      return `## ${verb}\n\n${note}| field | type | meaning |\n| --- | --- | --- |\n${rows(node, "").join("\n")}\n`;
    }),
  ].join("\n");
}
