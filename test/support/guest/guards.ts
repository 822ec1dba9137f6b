import type { Node } from "web-tree-sitter";

/*
 * What must have been asked before a statement that can lose data, on every path to it: a statement is guarded by another that stands
 * before it, unconditionally, in its own list of statements or in one around it.
 */

export interface Guarded {
  /** A command that is dangerous. */
  readonly danger: RegExp;
  /** What statements must stand before it, each as its text begins. */
  readonly after: readonly RegExp[];
}

/** A refusal: `if (condition) { throw ...`. */
const refuses = (condition: string) =>
  new RegExp(`^if \\(${condition.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\) \\{ throw `);

export const guarded: readonly Guarded[] = [
  {
    danger: /RESTORE (?:DATABASE|LOG)\b/,
    after: [
      refuses("$held.Role -or @('', 'RESTORING') -notcontains $held.State"),
      /^Assert-LabManaged -Database \$Database -Server \$From$/,
    ],
  },
  {
    danger: /SET PARTNER FAILOVER/,
    after: [/^Wait-For -What "both copies of \$Database to agree" .*'SYNCHRONIZED' \}$/],
  },
  {
    danger: /^Switch-LabPrincipal /,
    after: [/^Assert-LabManaged -Database \$Database -Server \$principal$/],
  },
  {
    danger: /SET PARTNER =/,
    after: [
      refuses("$here.State -eq 'ONLINE'"),
      refuses("$there.State -ne 'ONLINE'"),
      /^Copy-LabDatabase -Database \$Database -From \$other /,
    ],
  },
];

/** Scripts that overwrite a database by name, and what each must have asked before. */
export const ofScripts: Readonly<Record<string, Guarded>> = {
  "Set-LogShippingSecondary.ps1": {
    danger: /^Copy-LabDatabase /,
    after: [refuses("$held.State -eq 'ONLINE'")],
  },
  "Set-Mirroring.ps1": { danger: /^Copy-LabDatabase /, after: [refuses("$here.State -eq 'ONLINE'")] },
};

/** Commands that are dangerous and not guarded, as `line: text`. */
export function unguarded(root: Node, { danger, after }: Guarded): readonly string[] {
  return root
    .descendantsOfType("command")
    .filter((node): node is Node => node !== null && danger.test(node.text))
    .filter((command) => {
      const before = statementsBefore(command);
      return !after.every((guard) => before.some((text) => guard.test(text)));
    })
    .map((node) => `${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
}

function statementsBefore(node: Node): readonly string[] {
  const found: string[] = [];
  for (let inner = node; inner.parent !== null; inner = inner.parent)
    if (inner.parent.type === "statement_list")
      for (let one = inner.previousNamedSibling; one !== null; one = one.previousNamedSibling)
        found.push(one.text.replace(/\s+/g, " "));
  return found;
}

/** Commands whose words somebody may read later: a log, the output, a file, an error. */
const tells = /^(?:Write-\w+|Add-LabChange|Add-Content|Set-Content|Out-File|Restart-AfterStep)$/;

/** Statements that tell a secret, or something made of one, as `line: text`. */
export function toldSecrets(root: Node): readonly string[] {
  const functions = root
    .descendantsOfType("function_statement")
    .filter((node): node is Node => node !== null);
  return [root, ...functions].flatMap(toldIn);
}

function toldIn(scope: Node): readonly string[] {
  const own = (type: string) =>
    scope.descendantsOfType(type).filter((node): node is Node => node !== null && scopeOf(node) === scope.id);
  const names = own("variable").map(({ text }) => text.toLowerCase());
  const secret = new Set(names.filter((name) => /base64$|^\$encoded$/.test(name)));
  const holds = (text: string) =>
    [...text.matchAll(/\$\{?(\w+)/g)].some(([, name]) => secret.has(`$${name?.toLowerCase()}`));
  for (let known = -1; known !== secret.size; ) {
    known = secret.size;
    for (const { text } of own("assignment_expression")) {
      const [, name = "", value = ""] = /^\$(\w+) = ([\s\S]*)$/.exec(text) ?? [];
      if (name !== "" && holds(value)) secret.add(`$${name.toLowerCase()}`);
    }
  }
  return [
    ...own("command").filter((node) => tells.test(node.childForFieldName("command_name")?.text ?? "")),
    ...own("flow_control_statement").filter(({ text }) => text.startsWith("throw")),
    ...own("invokation_expression").filter(({ text }) => text.startsWith("[Console]")),
  ]
    .filter(({ text }) => holds(text))
    .map((node) => `${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
}

/** The function that a node stands in, or the whole script. */
function scopeOf(node: Node): number {
  let at = node;
  while (at.parent !== null) {
    at = at.parent;
    if (at.type === "function_statement") break;
  }
  return at.id;
}
