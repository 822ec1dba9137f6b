import type { Node } from "web-tree-sitter";

/*
 * What a script that is killed leaves behind: a `finally` does not run, a flag in memory is gone. Each place where that matters is listed here
 * with what a kill before, in the middle and after leaves, and which run mends it; a place that is not listed is found.
 */

interface Kill {
  /** Script, and the act that it is about. */
  readonly file: string;
  readonly place: RegExp;
  readonly leaves: string;
  readonly mendedBy: string;
}

export const kills: readonly Kill[] = [
  {
    file: "Get-Media.ps1",
    place: /^try \{\s*Wait-For -What 'the volume of the image'/,
    leaves:
      "before: an image; in the middle: an image that is mounted, and half a copy; after: a copy without its mark",
    mendedBy: "the next run mounts it again and copies over; a restart unmounts",
  },
  {
    file: "Initialize-SkypeDirectory.ps1",
    place: /^try \{\s*Start-ScheduledTask/,
    leaves: "in the middle: a task with its password, as Windows keeps it, that goes on; after: its report",
    mendedBy: "the next run registers the task anew (Force), reads the report, and removes the task",
  },
  {
    file: "Set-LogShippingPrimary.ps1",
    place: /^try \{ Invoke-LabSql -Query \$create/,
    leaves: "in the middle: partners that changed places, which is allowed; after: the row",
    mendedBy: "the next run makes the row where there is none, and moves nothing where there is one",
  },
  {
    file: "Set-LogShippingSecondary.ps1",
    place: /^try \{ Copy-LabDatabase/,
    leaves: "in the middle: restores that are off, and half a copy; after: restores that are off",
    mendedBy:
      "the next run takes the copy anew where it is not whole; Set-LabSchedule enables the job in any case",
  },
  {
    file: "Set-Mirroring.ps1",
    place: /^try \{\s*if \(\$there\.Role\)/,
    leaves: "in the middle: log backups that are off, and half a session; after: log backups that are off",
    mendedBy: "the next run ends half a session, and enables log backups whatever it finds",
  },
  {
    file: "Set-SqlInstance.ps1",
    place: /^try \{\s*& "\$env:SystemRoot\\System32\\net\.exe" start/,
    leaves:
      "before: a stopped instance; in the middle: one in single-user mode; after: SYSTEM without its right",
    mendedBy:
      "the next run starts it (Wait-Answer), leaves single-user mode, and gives SYSTEM its right by name",
  },
  {
    file: "shared/Sql.ps1",
    place: /^try \{\s*\$connection\.Open\(\)/,
    leaves: "a connection that Windows closes with the process",
    mendedBy: "nothing has to",
  },
];

const nodes = (root: Node, type: string) =>
  root.descendantsOfType(type).filter((node): node is Node => node !== null);

/** Every `try` with a `finally`, as it begins. */
export const finals = (root: Node): readonly string[] =>
  nodes(root, "try_statement")
    .filter((node) => nodes(node, "finally_clause").some((clause) => clause.parent?.id === node.id))
    .map(({ text }) => text);

/** Variables of a script that are set to true or false and asked later: what a kill forgets. */
export function flags(root: Node): readonly string[] {
  const inFunction = (node: Node): boolean =>
    node.parent !== null && (node.parent.type === "function_statement" || inFunction(node.parent));
  const own = nodes(root, "assignment_expression").filter((node) => !inFunction(node));
  const set = own.flatMap(({ text }) => /^\$(?:script:)?(\w+)\s*=\s*\$(?:true|false)$/.exec(text)?.[1] ?? []);
  return [...new Set(set)].filter((name) => new RegExp(`if \\(-?(?:not )?\\$${name}\\b`).test(root.text));
}
