import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Language, type Node, Parser } from "web-tree-sitter";
import { doubts } from "./doubts";

const guestFolder = join(__dirname, "..", "..", "..", "guest");

export interface Command {
  readonly line: number;
  readonly name: string;
  /** Parameters as written, without their hyphen, and the keys of splatted tables. */
  readonly parameters: readonly string[];
  /** The number that `-Minutes` has, if any. */
  readonly minutes?: number;
  /** Whether it stands in a loop. */
  readonly repeated: boolean;
  /** The function that it stands in; empty for the script itself. */
  readonly inside: string;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly mandatory: boolean;
  /** Whether an attribute limits what it may be. */
  readonly validated: boolean;
}

export interface Script {
  readonly text: string;
  /** Where the text is no PowerShell 5.1, as `line: what`. */
  readonly errors: readonly string[];
  /** Where it is PowerShell and still goes wrong in strict mode, as `line: what`. */
  readonly doubts: readonly string[];
  readonly commands: readonly Command[];
  /** Functions that the script defines. */
  readonly functions: readonly string[];
  /** Of the script's own `param()` block. */
  readonly parameters: readonly Parameter[];
}

/** The syntax tree of a PowerShell text by its tree-sitter grammar; the grammar knows no types, variables or values. */
export async function powershellTree(): Promise<(text: string) => Node> {
  await Parser.init();
  const wasm = createRequire(__filename).resolve("tree-sitter-powershell/tree-sitter-powershell.wasm");
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(wasm)));
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error("the parser gave up");
    return tree.rootNode;
  };
}

/** What the tests want to know of a script. */
export async function powershellParser(): Promise<(text: string) => Script> {
  const tree = await powershellTree();
  return (text) => read(tree(text), text);
}

function read(root: Node, text: string): Script {
  const errors: string[] = [];
  const commands: Command[] = [];
  const functions: string[] = [];
  const tables = new Map<string, readonly string[]>();
  const visit = (node: Node, inside: string, repeated: boolean): void => {
    const line = node.startPosition.row + 1;
    if (node.isMissing) errors.push(`${line}: missing ${node.type}`);
    else if (node.isError)
      errors.push(`${line}: no PowerShell near ${node.text.split("\n")[0]?.slice(0, 60)}`);
    if (
      node.type === "try_statement" &&
      !node.namedChildren.some((child) => /catch|finally/.test(child?.type ?? ""))
    )
      errors.push(`${line}: try without catch or finally`);
    if (["&&", "||", "??", "?."].includes(node.type)) errors.push(`${line}: ${node.type} is PowerShell 7`);
    let here = inside;
    if (node.type === "function_statement") {
      here = node.children.find((child) => child?.type === "function_name")?.text ?? "";
      functions.push(here);
    }
    const table = /^\$(\w+)\s*=\s*@\{/.exec(node.type === "assignment_expression" ? node.text : "")?.[1];
    if (table !== undefined) tables.set(table, keysOf(node));
    const name = node.type === "command" ? node.childForFieldName("command_name") : null;
    if (name?.type === "command_name") {
      const minutes = argument(node, "Minutes")?.text;
      commands.push({
        line,
        name: name.text,
        parameters: parametersGiven(node, tables),
        ...(minutes !== undefined && /^\d+$/.test(minutes) ? { minutes: Number(minutes) } : {}),
        repeated,
        inside,
      });
    }
    const loops = /^(foreach|for|while|do)_statement$/.test(node.type);
    for (const child of node.children) if (child !== null) visit(child, here, repeated || loops);
  };
  visit(root, "", false);
  const block = root.descendantsOfType("param_block")[0];
  const parameters = parametersOf(block ?? undefined);
  return { text, errors, doubts: doubts(root), commands, functions, parameters };
}

/** What stands behind a parameter of a command. */
export function argument(command: Node, parameter: string): Node | undefined {
  const elements = (command.childForFieldName("command_elements")?.namedChildren ?? []).filter(
    (element): element is Node => element !== null && element.type !== "command_argument_sep",
  );
  const at = elements.findIndex(
    ({ type, text }) => type === "command_parameter" && text.toLowerCase() === `-${parameter.toLowerCase()}`,
  );
  const next = at < 0 ? undefined : elements[at + 1];
  return next?.type === "command_parameter" ? undefined : next;
}

function parametersGiven(command: Node, tables: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const elements = command.childForFieldName("command_elements")?.namedChildren ?? [];
  const parameters = elements
    .filter((element) => element?.type === "command_parameter")
    .map((element) => element?.text.replace(/^-|:$/g, "") ?? "");
  const splatted = elements.flatMap((element) => {
    const variable = /^@(\w+)$/.exec(element?.text ?? "")?.[1];
    return variable === undefined ? [] : (tables.get(variable) ?? [`@${variable}, which is no table`]);
  });
  return [...parameters, ...splatted];
}

/** Keys of the first table in an assignment. */
function keysOf(assignment: Node): readonly string[] {
  const entries = assignment.descendantsOfType("hash_literal_body")[0]?.namedChildren ?? [];
  return entries
    .filter((entry) => entry?.type === "hash_entry")
    .map((entry) => entry?.children.find((child) => child?.type === "key_expression")?.text ?? "");
}

function parametersOf(block: Node | undefined): readonly Parameter[] {
  const list = block?.descendantsOfType("script_parameter") ?? [];
  return list.map((node) => {
    const attributes = (node?.descendantsOfType("attribute") ?? []).map((attribute) => attribute?.text ?? "");
    return {
      name: node?.descendantsOfType("variable")[0]?.text.slice(1) ?? "",
      type: attributes.find((text) => /^\[[a-z]+\]$/i.test(text))?.slice(1, -1) ?? "",
      mandatory: attributes.some((text) => /^\[Parameter\(Mandatory\)\]$/.test(text)),
      validated: attributes.some((text) => /^\[Validate/.test(text)),
    };
  });
}

/** Names of the scripts that steps run. */
export const scriptNames: readonly string[] = readdirSync(guestFolder).filter((name) =>
  name.endsWith(".ps1"),
);

/** Names of the files that scripts load, as `shared/<file>`. */
export const sharedNames: readonly string[] = readdirSync(join(guestFolder, "shared")).map(
  (name) => `shared/${name}`,
);

/** The text of a file in `guest/`. */
export const guestText = (name: string): string => readFileSync(join(guestFolder, name), "utf8");

/** The shared files that a script loads, in its order. */
export const loadedBy = (text: string): readonly string[] =>
  [...text.matchAll(/^\. "\$PSScriptRoot\\shared\\(\w+\.ps1)"$/gm)].map(([, file]) => `shared/${file}`);
