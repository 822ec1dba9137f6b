import { beforeAll, describe, expect, it } from "vitest";
import type { Node } from "web-tree-sitter";
import { readStack } from "../../cli/stack/stackFile";
import type { Step } from "../../topology/model";
import { planLab } from "../../topology/planLab";
import { stackChanges, withChange } from "../support/changes";
import {
  argument,
  guestText,
  loadedBy,
  powershellTree,
  scriptNames,
  sharedNames,
} from "../support/guest/powershell";

/*
 * Partners of a mirroring session change places by themselves, when the principal stops first for instance, and a step that a change of
 * the stack file runs again finds its machine in either role. So whatever a mirror cannot do is sent to whoever is the principal.
 */

/** What fails on a mirror: its database cannot be opened, backed up or changed there. */
const needsThePrincipal =
  /\bBACKUP (DATABASE|LOG)\b|\bSET (WITNESS|RECOVERY|PARTNER FAILOVER)\b|sp_add_log_shipping_primary_database|\.sys\.(extended_properties|database_principals)/;

let tree: (text: string) => Node;
beforeAll(async () => {
  tree = await powershellTree();
});

/** Statements of a script that need the principal and name no server, so that they run on the script's own machine. */
function onItsOwn(name: string): readonly string[] {
  const text = guestText(name);
  const files = name.startsWith("shared/") ? [name] : [name, ...loadedBy(text)];
  return files.flatMap((file) => {
    const root = tree(guestText(file));
    const texts = new Map(
      root
        .descendantsOfType("assignment_expression")
        .map((node) => /^\$(\w+) = ([\s\S]*)$/.exec(node?.text ?? "") ?? [])
        .map(([, variable = "", value = ""]) => [`$${variable}`, value]),
    );
    return root
      .descendantsOfType("command")
      .filter((node): node is Node => node !== null && argument(node, "Server") === undefined)
      .map((node) => argument(node, "Query")?.text ?? "")
      .map((query) => texts.get(query) ?? query)
      .filter((query) => needsThePrincipal.test(query));
  });
}

/** The scripts that a change runs again where their machine stays what it was. */
function runAgain(change: (typeof stackChanges)[number]): readonly string[] {
  const { raw } = readStack("minimal", undefined);
  const before = new Map(planLab(raw).plan.steps.map((step) => [step.id, step]));
  const differs = (step: Step) =>
    JSON.stringify(before.get(step.id)?.parameters) !== JSON.stringify(step.parameters);
  return planLab(withChange(raw, change))
    .plan.steps.filter((step) => !step.waits && before.has(step.id) && differs(step))
    .map(({ script }) => script);
}

describe("whichever partner is the principal,", () => {
  it("no statement of a shared function that needs the principal goes to the script's own machine", () => {
    expect(sharedNames.flatMap(onItsOwn)).toEqual([]);
  });

  // Both run where this instance has just become the principal, or was made to be: the database is new there, or moved there.
  const own: Readonly<Record<string, number>> = {
    "New-PlaceholderDatabase.ps1": 2,
    "Set-LogShippingPrimary.ps1": 1,
  };

  it.each(scriptNames)("%s sends to the principal what only that can do", (name) => {
    expect(onItsOwn(name)).toHaveLength(own[name] ?? 0);
  });

  it("log shipping is set up for the first time only on a principal, which a mirror becomes for that", () => {
    const text = guestText("Set-LogShippingPrimary.ps1");
    expect(text).toMatch(
      /if \(\$principal -ne 'localhost'\) \{ Switch-LabPrincipal [^\n]*-Role 'PRINCIPAL' \}\n\s*try \{ Invoke-LabSql -Query \$create/,
    );
    expect(text).toMatch(
      /finally \{ if \(\$principal -ne 'localhost'\) \{ Switch-LabPrincipal [^\n]*-Role 'MIRROR' \} \}/,
    );
    expect(text.indexOf("Find-LabPrincipal")).toBeLessThan(text.indexOf("else {\n    $change"));
  });

  it("a change of the stack file runs again no step that has to find its machine in a certain role", () => {
    const scripts = new Set(stackChanges.flatMap(runAgain));
    expect([...scripts]).toContain("Set-LogShippingPrimary.ps1");
    expect([...scripts]).toContain("Set-Mirroring.ps1");
    expect([...scripts]).not.toContain("New-PlaceholderDatabase.ps1");
  });
});
