import { beforeAll, describe, expect, it } from "vitest";
import type { Node } from "web-tree-sitter";
import { guarded, ofScripts, toldSecrets, unguarded } from "../support/guest/guards";
import { guestText, powershellTree, scriptNames, sharedNames } from "../support/guest/powershell";

let tree: (text: string) => Node;
beforeAll(async () => {
  tree = await powershellTree();
});

const files = [...scriptNames, ...sharedNames];
const set = "shared/DatabaseSet.ps1";
const prologue = "shared/Prologue.ps1";

/** A file with one change that must be there to make. */
const changed = (file: string, from: string, to: string) => {
  const text = guestText(file);
  expect(text).toContain(from);
  return text.replace(from, () => to);
};

describe("what can lose data", () => {
  it.each(files)("is asked for in %s only after what must hold", (file) => {
    const root = tree(guestText(file));
    for (const rule of [...guarded, ...(ofScripts[file] === undefined ? [] : [ofScripts[file]])])
      expect(unguarded(root, rule)).toEqual([]);
  });

  it("is there to be guarded", () => {
    const commands = (file: string) =>
      tree(guestText(file))
        .descendantsOfType("command")
        .map((node) => node?.text ?? "");
    for (const { danger } of guarded)
      expect(
        files.flatMap(commands).filter((text) => danger.test(text)).length,
        String(danger),
      ).toBeGreaterThan(0);
    for (const [file, { danger }] of Object.entries(ofScripts))
      expect(commands(file).filter((text) => danger.test(text)).length, file).toBeGreaterThan(0);
  });

  it.each<[what: string, file: string, from: string, to: string]>([
    [
      "a restore over a database in use",
      set,
      "if ($held.Role -or @('', 'RESTORING') -notcontains $held.State) { throw",
      "if ($false) { throw",
    ],
    ["a restore of a foreign database", set, "    Assert-LabManaged -Database $Database -Server $From\n", ""],
    [
      "a restore whose question stands in a branch",
      set,
      "    Assert-LabManaged -Database $Database -Server $From\n",
      "    if ($From) { Assert-LabManaged -Database $Database -Server $From }\n",
    ],
    [
      "a failover before both copies agree",
      set,
      "(Get-LabDatabase -Database $Database).Session -eq 'SYNCHRONIZED' }\n    Invoke",
      "(Get-LabDatabase -Database $Database).Session -eq 'SYNCHRONISED' }\n    Invoke",
    ],
    [
      "a failover of a foreign database",
      "Set-LogShippingPrimary.ps1",
      "    Assert-LabManaged -Database $Database -Server $principal\n",
      "",
    ],
    [
      "a mirror over a database that is served",
      "Set-Mirroring.ps1",
      "if ($here.State -eq 'ONLINE') { throw",
      "if ($here.State -eq 'OFFLINE') { throw",
    ],
    [
      "a restore over a secondary that took over",
      "Set-LogShippingSecondary.ps1",
      "if ($held.State -eq 'ONLINE') { throw",
      "if ($held.State -eq 'OFFLINE') { throw",
    ],
  ])("is found out: %s", (_what, file, from, to) => {
    const root = tree(changed(file, from, to));
    const rules = [...guarded, ...(ofScripts[file] === undefined ? [] : [ofScripts[file]])];
    expect(rules.flatMap((rule) => unguarded(root, rule))).not.toEqual([]);
  });
});

describe("a secret", () => {
  it.each(files)("is told by nothing in %s", (file) => {
    expect(toldSecrets(tree(guestText(file)))).toEqual([]);
  });

  it.each<[what: string, file: string, from: string, to: string]>([
    [
      "its encoded form in the log",
      prologue,
      "    $secret = ConvertFrom-LabSecret -Encoded $Encoded\n",
      "    $secret = ConvertFrom-LabSecret -Encoded $Encoded\n    Write-LabLog -Text $Encoded\n",
    ],
    [
      "what was made of it in the output",
      prologue,
      "    return (ConvertTo-SecureString -String $text -AsPlainText -Force)",
      '    $copy = "<$text>"\n    Write-Output -InputObject $copy\n    return (ConvertTo-SecureString -String $text -AsPlainText -Force)',
    ],
    [
      "a parameter in an error",
      "Join-Domain.ps1",
      "Complete-Step -Script 'Join-Domain'",
      'throw "no luck with $AdminPasswordBase64"',
    ],
    [
      "a parameter in a file",
      "Join-Domain.ps1",
      "Complete-Step -Script 'Join-Domain'",
      "Set-Content -Path 'x' -Value $AdminPasswordBase64",
    ],
  ])("is found out: %s", (_what, file, from, to) => {
    expect(toldSecrets(tree(changed(file, from, to)))).toHaveLength(1);
  });
});

describe("the prologue", () => {
  const text = guestText(prologue);

  it("ends a script that failed with an exit code of 1", () => {
    const [trap] = tree(text).descendantsOfType("trap_statement");
    expect(trap?.text).toMatch(/\n {4}exit 1\n\}$/);
    expect(trap?.text.match(/\bexit\b/g)).toHaveLength(1);
  });

  it("gives up a wait after its minutes, not before, and asks again every ten seconds", () => {
    const wait = /function Wait-For \{[\s\S]*?\n\}/.exec(text)?.[0] ?? "";
    expect(wait).toContain("$deadline = (Get-Date).AddMinutes($Minutes)");
    expect(wait).toMatch(
      /if \(\(Get-Date\) -gt \$deadline\) \{ throw [^\n]*\}\n {8}Start-Sleep -Seconds 10\n/,
    );
  });

  it("leaves Azure's agent time to report before a restart, and none to start another script", () => {
    expect(/shutdown\.exe" \/r \/t (\d+) /.exec(text)?.[1]).toBe("5");
  });

  it("writes names and texts into T-SQL with their own quotes doubled", () => {
    const sql = guestText("shared/Sql.ps1");
    expect(sql).toContain("return '[' + $Text.Replace(']', ']]') + ']'");
    expect(sql).toContain(`return "N'" + $Text.Replace("'", "''") + "'"`);
  });
});

describe("the health of a SQL Server machine", () => {
  it("is wrong where a database has another role than planned", () => {
    const text = guestText("Confirm-SqlServer.ps1");
    expect(text).toMatch(/-ne \$wanted/);
    expect(text).not.toMatch(/-eq \$wanted/);
  });
});
