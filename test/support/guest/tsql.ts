import type { Node } from "web-tree-sitter";
import type { Plan } from "../../../topology/model";
import { partiesOf, sides } from "../../../topology/parts/databases";
import { argument, guestText, loadedBy, powershellTree, scriptNames, sharedNames } from "./powershell";

/*
 * The T-SQL that a step sends to SQL Server, as far as it can be said without running PowerShell: the statements of its script in order,
 * with its parameters in the place of variables. What a script does only when something is missing, or only when it is there, is shown as
 * well; what it asks is not.
 */

type Values = ReadonlyMap<string, string>;

const changes = /^(ALTER|BACKUP|BEGIN|CREATE|DECLARE|EXEC|GRANT|IF|RESTORE)\b/;
const sends = ["Invoke-LabSql", "Invoke-LabContact"];
const local = ["localhost", ""];

/** Statements of the steps of one database, in the order of the plan, each headed by its step with its parameters. */
export async function tsqlOf({ steps, databaseSets }: Plan, database: string): Promise<string> {
  const read = await reader();
  const own = databaseSets
    .filter((set) => set.database === database)
    .flatMap((set) => sides(set).flatMap(partiesOf));
  const parts = steps
    .filter(
      ({ name, machine }) =>
        name.startsWith(`${database}-`) || (name === "mirroring-endpoint" && own.includes(machine)),
    )
    .map(({ id, script, machine, parameters }) =>
      [
        `-- ${id} (${script})`,
        ...Object.entries(parameters).map(([key, value]) => `--   ${key} = ${value}`),
        ...read.statements(script, new Map([...Object.entries(parameters), ["env:COMPUTERNAME", machine]])),
      ].join("\n"),
    );
  return `${parts.join("\n\n")}\n`;
}

/** Every T-SQL text of the scripts, questions too, with names of the right kind in the place of variables. */
export async function tsqlTexts(): Promise<readonly { readonly from: string; readonly sql: string }[]> {
  const tree = await powershellTree();
  return [...scriptNames, ...sharedNames].flatMap((name) => {
    const root = tree(guestText(name));
    const nodes = root
      .descendantsOfType(["string_literal", "additive_expression"])
      .filter((node): node is Node => node !== null && isWholeText(node));
    return nodes
      .map((node) => ({ node, sql: standIns(textOf(node, new Map())) }))
      .filter(({ sql }) => new RegExp(`${changes.source}|^SELECT\\b`).test(sql))
      .flatMap(({ node, sql }) =>
        [sql, ...innerTexts(sql)].map((one) => ({
          from: `guest/${name}:${node.startPosition.row + 1}`,
          sql: one,
        })),
      );
  });
}

/** Statements that a statement executes as texts. */
function innerTexts(sql: string): readonly string[] {
  return [...sql.matchAll(/EXEC \(N'((?:[^']|'')*)'\)/g)].map(([, text = ""]) => text.replaceAll("''", "'"));
}

/** A text that is no part of a longer one. */
function isWholeText(node: Node): boolean {
  const parent = node.parent;
  if (node.type === "additive_expression")
    return node.namedChildCount > 1 && parent?.type !== "additive_expression" && /^["'@]/.test(node.text);
  for (let above = parent; above !== null; above = above.parent) {
    if (above.type === "additive_expression" && above.namedChildCount > 1) return false;
    if (above.type === "expandable_string_literal") return false;
    if (above.type === "command" || above.type === "assignment_expression") return true;
  }
  return true;
}

/** What a variable stands for in a statement: a quoted name, a text, or a number. */
function standIns(sql: string): string {
  return sql
    .replace(/(DISK|FILENAME|PARTNER|WITNESS|SUSER_ID\() ?= ?\$\w+|SUSER_ID\(\$\w+/g, (all) =>
      all.replace(/\$\w+/, "N'text'"),
    )
    .replace(/(PASSWORD|SID) = \$\w+/g, "$1 = 0x0105")
    .replace(/LISTENER_PORT = \$\w+/g, "LISTENER_PORT = 5022")
    .replace(/ROLE = \$\w+/g, "ROLE = PARTNER")
    .replace(/(N'|\[)\$\w+/g, "$1name")
    .replace(/\$\w+/g, "[name]")
    .replace(/\bDATABASE\b(?=[.'])/g, "mgc");
}

async function reader() {
  const tree = await powershellTree();
  const roots = new Map<string, Node>();
  const rootOf = (name: string): Node => {
    const known = roots.get(name) ?? tree(guestText(name));
    roots.set(name, known);
    return known;
  };
  const functions = new Map(
    sharedNames.flatMap((name) =>
      rootOf(name)
        .descendantsOfType("function_statement")
        .map(
          (node) =>
            [node?.children.find((child) => child?.type === "function_name")?.text ?? "", node] as const,
        ),
    ),
  );

  /** Statements below a node; functions of the shared files are followed with what they are given. */
  function below(node: Node, known: Map<string, string>): readonly string[] {
    if (node.type === "function_statement") return [];
    if (node.type === "assignment_expression") assign(node, known);
    const name = node.type === "command" ? (node.childForFieldName("command_name")?.text ?? "") : "";
    if (sends.includes(name)) return sent(node, known);
    const called = functions.get(name);
    if (called !== undefined && called !== null) {
      const given = new Map(known);
      for (const parameter of namesOf(called)) {
        const value = argument(node, parameter);
        if (value !== undefined) given.set(parameter, textOf(value, known));
      }
      const inside = called.children.filter((child) => child?.type === "script_block");
      const nested = node.children.flatMap((child) => (child === null ? [] : below(child, known)));
      return [...nested, ...inside.flatMap((child) => (child === null ? [] : below(child, given)))];
    }
    return node.children.flatMap((child) => (child === null ? [] : below(child, known)));
  }

  return {
    statements(script: string, values: Values): readonly string[] {
      const text = guestText(script);
      for (const file of loadedBy(text)) rootOf(file);
      return below(rootOf(script), new Map(values));
    },
  };
}

function sent(command: Node, known: Values): readonly string[] {
  const query = argument(command, "Query");
  const sql = query === undefined ? "" : textOf(query, known);
  if (!changes.test(sql)) return [];
  const server = argument(command, "Server");
  const where = server === undefined ? "" : textOf(server, known);
  const list = (known.get("Accounts") ?? "").split(",");
  const both = [...list, ...(known.get("Administrators") ?? "").split(",")].filter((one) => one !== "none");
  const all = !sql.includes("$account")
    ? [sql]
    : (sql.startsWith("GRANT") ? list : [...new Set(both)]).map((one) => sql.replaceAll("$account", one));
  return local.includes(where) ? all : all.map((one) => `-- to ${where}\n${one}`);
}

function assign(node: Node, known: Map<string, string>): void {
  const [, variable = "", value = ""] = /^\$(\w+) = ([\s\S]*)$/.exec(node.text) ?? [];
  if (/^(["'@]['"\n]?|ConvertTo-Sql|\(\[uri\]|Join-Path)/.test(value)) {
    const whole = node.namedChildren.at(-1);
    if (whole !== undefined && whole !== null) known.set(variable, textOf(whole, known));
  }
}

function namesOf(node: Node): readonly string[] {
  return node
    .descendantsOfType("script_parameter")
    .map((one) => one?.descendantsOfType("variable")[0]?.text.slice(1) ?? "");
}

/** The value of an expression as far as it can be told: texts joined, variables and the functions for T-SQL replaced. */
function textOf(node: Node, known: Values): string {
  const { text } = node;
  const joined = node
    .descendantsOfType("additive_expression")
    .find((one) => one !== null && one.namedChildCount > 1);
  if (joined !== undefined && joined !== null && joined.text === text)
    return joined.namedChildren.map((child) => (child === null ? "" : textOf(child, known))).join("");
  if (text.startsWith("@'")) return text.slice(3, -3);
  if (/^'[^']*'$/.test(text)) return text.slice(1, -1);
  if (/^"[\s\S]*"$/.test(text)) return resolve(text.slice(1, -1), known);
  return resolve(text, known);
}

/** A PowerShell text with its variables and the functions for T-SQL replaced. */
function resolve(text: string, values: Values): string {
  const plain = text
    .replace(/\$\w+\.Replace\('(\w+)', \(?(.*?)\)?\)$/, (all, from: string, to: string) => {
      const base = values.get(/^\$(\w+)/.exec(all)?.[1] ?? "");
      return base === undefined ? all : base.replaceAll(from, resolve(to, values));
    })
    .replace(/\$\{?((?:env:)?\w+)\}?/g, (all, name: string) => values.get(name) ?? all);
  return plain
    .replace(/^\(\[uri\]TCP:\/\/([^:]+):\d+\)\.Host$/, "$1")
    .replace(/^\(?Join-Path -Path (\S+) -ChildPath "?([^"]*?)"?\)?$/, "$1\\$2")
    .replace(/\(Join-Path -Path (\S+) -ChildPath "([^"]*)"\)/g, "$1\\$2")
    .replace(/ConvertTo-SqlBinary -Bytes \S+/g, "0x00")
    .replace(/\$?\(?ConvertTo-SqlName -Text "?([^")\s]+)"?\)?/g, "[$1]")
    .replace(/\$?\(?ConvertTo-SqlText -Text "?([^")\s]+)"?\)?/g, "N'$1'");
}
