import type { Node } from "web-tree-sitter";

/*
 * Whatever an account, a name, a share or a grant needs for the first time may be seconds or minutes late: it is tried for minutes, inside a
 * Wait-For or by Invoke-LabContact, and never once.
 */

/** What asks for something that may not be there yet. */
const needs: readonly RegExp[] = [
  /^Resolve-DnsName /,
  /^Add-Computer /,
  /^Set-DnsServerForwarder /,
  /^Test-Path -Path \$share$/,
  /CREATE LOGIN .* FROM WINDOWS/,
  /GRANT CONNECT ON ENDPOINT/,
  /^Add-LabAdministrator -Account "\$NetbiosName/,
  /^Invoke-LabSql .*(BACKUP (DATABASE|LOG)|SET PARTNER =|SET WITNESS =)/,
  /NTAccount -ArgumentList \$account\)/,
];

/** Single tries that are right, by the function or script that they stand in, and why. */
export const rightOnce: Readonly<Record<string, string>> = {
  "Install-Forest.ps1": "an answer would be a controller that lives; none is what is hoped for",
  "Confirm-DataCenter.ps1: Get-Missing": "after the wait it tells what is still missing",
  "Confirm-DomainController.ps1": "its own DNS has answered twice in a row by then",
  "shared/DatabaseSet.ps1: Copy-LabLogin":
    "the account has a login on the partner already, and the session stands",
  "shared/Sql.ps1: Add-LabAdministrator": "whoever calls it waits, or names an account of the machine itself",
};

/** Commands that ask once for what may be late, as `place: text`. */
export function singleTries(file: string, root: Node): readonly string[] {
  const commands = nodes(root, "command");
  const waits = (node: Node): boolean => {
    for (let at: Node | null = node; at !== null; at = at.parent)
      if (at.type === "command" && /^Wait-For\b/.test(at.text)) return true;
    const own = functionOf(node);
    if (own === "") return false;
    const calls = commands.filter((one) => nameOf(one) === own);
    return calls.length > 0 && calls.every(waits);
  };
  return commands
    .filter((node) => needs.some((need) => need.test(node.text)) && nameOf(node) !== "Wait-For")
    .filter((node) => !waits(node))
    .map((node) => {
      const own = functionOf(node);
      return `${own === "" ? file : `${file}: ${own}`}: ${node.text.slice(0, 60)}`;
    });
}

const nodes = (root: Node, type: string) =>
  root.descendantsOfType(type).filter((node): node is Node => node !== null);

const nameOf = (command: Node) => command.childForFieldName("command_name")?.text ?? "";

function functionOf(node: Node): string {
  for (let at = node.parent; at !== null; at = at.parent)
    if (at.type === "function_statement") return /^function\s+([\w-]+)/.exec(at.text)?.[1] ?? "";
  return "";
}
