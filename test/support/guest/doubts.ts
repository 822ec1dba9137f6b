import type { Node } from "web-tree-sitter";

/*
 * What parses and goes wrong all the same once a command finds nothing: in strict mode, which all scripts run in, a member of nothing and
 * an index past the end are errors. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/set-strictmode
 */

/** Commands that answer with an object or fail; a member of their answer can be read at once. */
const alwaysAnswer = [
  "Get-ADDefaultDomainPasswordPolicy",
  "Get-ADDomainController",
  "Get-ADRootDSE",
  "Get-CimInstance",
  "Get-Date",
  "Get-DnsClientGlobalSetting",
  "Get-FileHash",
  "Get-Item",
  "Get-LabDatabase",
  "Get-NetFirewallAddressFilter",
  "Get-PartitionSupportedSize",
  "Get-Service",
  "Get-WindowsFeature",
  "Invoke-RestMethod",
  "New-LabCredential",
  "New-Object",
];

/** Doubts about a script, as `line: what`. */
export function doubts(root: Node): readonly string[] {
  const found: string[] = [];
  const say = (node: Node, what: string) => found.push(`${node.startPosition.row + 1}: ${what}`);
  const visit = (node: Node, parameters: ReadonlySet<string>): void => {
    // Names of variables do not differ by case, and a parameter keeps its type: a list that is assigned to a text becomes one.
    const declared =
      node.type === "function_statement" || node.type === "program" ? namesOf(node) : undefined;
    const own = declared ?? parameters;
    if (node.type === "left_assignment_expression" || node.type === "foreach_statement") {
      const text = node.type === "foreach_statement" ? (/\$\w+/.exec(node.text)?.[0] ?? "") : node.text;
      for (const name of text.split(",").map((one) => one.trim().toLowerCase()))
        if (own.has(name)) say(node, `${name} is a parameter, and is assigned to`);
    }
    if (node.type === "command" && nameOf(node) === "Get-ItemProperty" && !/ -Name /.test(node.text))
      say(node, "Get-ItemProperty without a name gives nothing for a key without values");
    if (node.type === "member_access") {
      const base = node.namedChildren[0];
      if (node.namedChildren[1]?.text === "PSObject") say(node, "PSObject of what may be nothing");
      else if (base?.type === "parenthesized_expression" && mayBeNothing(base))
        say(node, `a member of ${base.text}, which may be nothing`);
    }
    if (node.type === "element_access" && indexes(node, root.text))
      say(node, `an index into ${node.namedChildren[0]?.text}, which may be empty`);
    if (node.type === "pipeline_chain" && pipesNothing(node))
      say(node, `a pipeline over ${node.namedChildren[0]?.text}, which may be nothing`);
    for (const child of node.children) if (child !== null) visit(child, own);
  };
  visit(root, new Set());
  return found;
}

function namesOf(node: Node): ReadonlySet<string> {
  const block = node.type === "program" ? node.children.find((child) => child?.type === "param_block") : node;
  const inside = block?.descendantsOfType("script_parameter") ?? [];
  return new Set(inside.map((one) => one?.descendantsOfType("variable")[0]?.text.toLowerCase() ?? ""));
}

function nameOf(command: Node): string {
  return command.childForFieldName("command_name")?.text ?? "";
}

/** Parentheses around a command or a pipeline that is not known to answer. */
function mayBeNothing(parentheses: Node): boolean {
  const chain = parentheses.descendantsOfType("pipeline_chain")[0];
  const commands = (chain?.namedChildren ?? []).filter((child) => child?.type === "command");
  const [only] = commands;
  if (only === undefined || only === null || chain === null) return false;
  return commands.length > 1 || !alwaysAnswer.includes(nameOf(only)) || /SilentlyContinue/.test(only.text);
}

/** An index into a list of results that the script has not counted. */
function indexes(access: Node, script: string): boolean {
  const base = access.namedChildren[0];
  if (base?.type === "array_expression" || base?.type === "parenthesized_expression") return true;
  if (base?.type !== "variable") return false;
  const name = base.text.slice(1);
  return (
    new RegExp(`\\$${name} = @\\((?!\\))`).test(script) && !new RegExp(`\\$${name}\\.Count`).test(script)
  );
}

/** `$x.y | ForEach-Object { $_.z }`: nothing goes down the pipeline once, and has no member. A filter `{ $_ }` lets none through. */
function pipesNothing(chain: Node): boolean {
  const [first, second] = chain.namedChildren;
  if (first === undefined || first === null || second?.type !== "command" || first.type === "command")
    return false;
  if (!/\.\w+\)?$/.test(first.text)) return false;
  return /^(ForEach|Where|Sort)-Object\b/.test(second.text) && !/^Where-Object \{ \$_ \}/.test(second.text)
    ? /\$_\./.test(second.text)
    : false;
}
