import { allowed, configJsonSchema, type SchemaNode, schemaPaths } from "../../topology/config/keys";

const head = `# Configuration

Every key of a stack file, below \`config:\` and with the prefix \`persistent-chat-lab:\`. Generated from the schema by \`npm run golden\`.

Only the two regions and the password have no default. Editors complete and check stack files with the schema that
\`npm run lab -- schema > stack-schema.json\` writes: put \`# yaml-language-server: $schema=../stack-schema.json\` at the top of a file in \`stacks/\`.
`;

function defaultOf(node: SchemaNode): string {
  if (node.default === undefined) return "";
  return `\`${JSON.stringify(node.default)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

/** The reference of all keys as Markdown: a table for each top-level group. */
export function configReference(): string {
  const paths = schemaPaths(configJsonSchema());
  const isGroup = (node: SchemaNode) => node.properties !== undefined;
  const rows = (list: typeof paths) =>
    list
      .filter(([, node]) => !isGroup(node))
      .map(
        ([path, node]) =>
          `| \`${path}\` | ${cell(node.description ?? "")} | ${cell(allowed(node))} | ${cell(defaultOf(node))} |`,
      );
  const table = (list: typeof paths) =>
    ["| key | meaning | allowed | default |", "| --- | --- | --- | --- |", ...rows(list)].join("\n");
  const top = paths.filter(([path]) => !path.includes("."));
  const groups = top
    .filter(([, node]) => isGroup(node))
    .map(([name, node]) => {
      const inside = paths.filter(([path]) => path.startsWith(`${name}.`));
      return `## ${name}\n\n${node.description}\n\n${table(inside)}\n`;
    });
  return [head, "## The lab as a whole\n", `${table(top)}\n`, ...groups].join("\n");
}
