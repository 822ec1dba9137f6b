import { beforeAll, describe, expect, it } from "vitest";
import { scriptText } from "../../guest/scriptText";
import { scripts } from "../../topology/steps/scripts";
import { media, planOf } from "../support/config";
import {
  guestText,
  loadedBy,
  powershellParser,
  type Script,
  scriptNames,
  sharedNames,
} from "../support/guest/powershell";
import { scriptProblems, textProblems } from "../support/guest/scriptProblems";
import { endlessWaits, waitingMinutes } from "../support/guest/waits";

let parse: (text: string) => Script;

beforeAll(async () => {
  parse = await powershellParser();
});

/** The files that a script loads. */
const loaded = (text: string) => loadedBy(text).map((name) => parse(guestText(name)));
const problems = (name: string, text = guestText(name)) =>
  scriptProblems(
    name,
    parse(text),
    loaded(text).flatMap(({ functions }) => functions),
  );

describe("the guest scripts", () => {
  it("are those that the plan knows", () => {
    expect([...scriptNames].sort()).toEqual(Object.keys(scripts).sort());
  });

  it.each(scriptNames)("%s has no problem that can be found without Windows", (name) => {
    expect(problems(name)).toEqual([]);
  });

  it.each(sharedNames)("share %s, which has no problem of that kind", (name) => {
    // Whoever loads one of these files has loaded those before it.
    const own = sharedNames.flatMap((other) => parse(guestText(other)).functions);
    expect(textProblems(parse(guestText(name)), own)).toEqual([]);
  });

  it.each(scriptNames)("%s waits no longer than its steps may take, and in no loop", (name) => {
    const script = parse(guestText(name));
    const shared = loaded(script.text);
    const waiting = waitingMinutes(script, shared);
    expect(endlessWaits(script, shared)).toEqual([]);
    const { steps } = planOf({ media, databases: { compliance: "dedicated" } });
    const limits = steps.filter((step) => step.script === name).map((step) => step.timeoutMinutes);
    expect(limits.length).toBeGreaterThan(0);
    for (const limit of limits) {
      expect(limit).toBeGreaterThanOrEqual(waiting + 3);
      // Azure gives up on the provisioning of an extension after this long, and run commands are provisioned like one.
      expect(limit).toBeLessThanOrEqual(90);
    }
  });

  it.each(scriptNames)("%s reaches its machine as one text that parses, of at most 32 KiB", (name) => {
    const text = scriptText(name);
    expect(parse(text).errors).toEqual([]);
    expect(text).not.toContain("PSScriptRoot");
    // Azure states no limit for inline scripts; tens of KiB are known to work.
    expect(text.length).toBeLessThan(32 * 1024);
  });

  it("wait for the restart that the step before them on their machine asked for", () => {
    const { steps } = planOf({ databases: { compliance: "dedicated" } });
    const restarts = (script: string) => guestText(script).includes("Restart-AfterStep");
    const waits = (script: string) => /Wait-(NewerBoot|Membership)/.test(guestText(script));
    const byId = new Map(steps.map((step) => [step.id, step]));
    const after = steps.filter(({ machine, after }) =>
      after.some((id) => byId.get(id)?.machine === machine && restarts(byId.get(id)?.script ?? "")),
    );
    // Nothing but the step that sees the end of a restart follows one directly.
    expect([...new Set(after.map(({ script }) => script))]).toEqual([
      "Confirm-DomainController.ps1",
      "Confirm-Membership.ps1",
    ]);
    for (const { script, id } of after) expect(waits(script), id).toBe(true);
  });
});

describe("the script of data disks", () => {
  it("tells LUN 0 of the data disks from the system disk of a generation 2 machine, and of a generation 1 machine", () => {
    const pattern = /-match "([^"]+)"/.exec(guestText("Initialize-DataDisks.ps1"))?.[1] ?? "";
    const isFound = (location: string) => new RegExp(pattern.replace("$Lun", "0")).test(location);
    const bus = "Integrated : Bus 0 : Device 63667 : Function 30746";
    expect(isFound(`${bus} : Adapter 1 : Port 0 : Target 0 : LUN 0`)).toBe(true);
    expect(isFound(`${bus} : Adapter 0 : Port 0 : Target 0 : LUN 0`)).toBe(false);
    expect(isFound(`${bus} : Adapter 1 : Port 0 : Target 0 : LUN 10`)).toBe(false);
    expect(isFound("PCI Slot 0 : Adapter 0 : Channel 0 : Device 0")).toBe(false);
  });

  it("formats nothing but a volume without a file system", () => {
    const text = guestText("Initialize-DataDisks.ps1");
    expect(text).toMatch(/if \(\$volume\.FileSystemType -eq 'Unknown'\) \{\n[^}]*\}\n[^}]*Format-Volume/);
    expect(text.match(/Format-Volume/g)).toHaveLength(1);
  });
});

describe("what protects data", () => {
  it("restores over nothing, or over what is only RESTORING and in no session", () => {
    const text = guestText("shared/DatabaseSet.ps1");
    const guard = text.indexOf("if ($held.Role -or @('', 'RESTORING') -notcontains $held.State) { throw");
    expect(guard).toBeGreaterThan(0);
    expect(text.indexOf("WITH NORECOVERY, REPLACE")).toBeGreaterThan(guard);
    const restoring = [...scriptNames, ...sharedNames].filter((name) => guestText(name).includes("REPLACE"));
    expect(restoring).toEqual(["shared/DatabaseSet.ps1"]);
  });

  it("makes no empty database while the partner has a copy", () => {
    const text = guestText("New-PlaceholderDatabase.ps1");
    const guard = text.indexOf("elseif ($there.State) {");
    expect(text.indexOf("FOR ATTACH")).toBeLessThan(guard);
    expect(text.slice(guard)).toMatch(/^[^}]*throw "[^\n]*\n {4}\}\n {4}else \{\n[\s\S]*CREATE DATABASE/);
  });

  it("moves files of an earlier machine away before a restore would write over them", () => {
    const text = guestText("shared/DatabaseSet.ps1");
    expect(text.indexOf("Move-LabLeftover -File $row")).toBeLessThan(text.indexOf("RESTORE DATABASE"));
  });
});

describe("a broken script is found out", () => {
  const good = () => guestText("Join-Domain.ps1");
  it.each<[broken: string, from: string | RegExp, to: string, problem: string | RegExp]>([
    ["a brace too few", "Complete-Step -Script 'Join-Domain'", "{", /missing|no PowerShell/],
    [
      "a cmdlet that does not exist",
      "Clear-DnsClientCache",
      "Clear-DnsCache",
      "28: Clear-DnsCache is neither in cmdlets.json nor a function",
    ],
    [
      "a parameter that a cmdlet does not have",
      "-DnsOnly",
      "-DnsAlone",
      "29: Resolve-DnsName has no parameter DnsAlone",
    ],
    ["an alias", "Out-Null", "oh", "32: oh is neither in cmdlets.json nor a function"],
    ["Invoke-Expression", "Clear-DnsClientCache", "Invoke-Expression -Command 'x'", "28: Invoke-Expression"],
    [
      "a character outside ASCII",
      "member of",
      "member of the \u2018domain\u2019",
      /a character outside ASCII/,
    ],
    [
      "an operator of PowerShell 7",
      "Clear-DnsClientCache",
      "Clear-DnsClientCache && Out-Null",
      /PowerShell 7|no PowerShell/,
    ],
    [
      "a try without a catch",
      "Clear-DnsClientCache",
      "try { Clear-DnsClientCache }",
      /try without catch or finally|missing|no PowerShell/,
    ],
    [
      "a secret in a message",
      '"member of $DomainName"',
      '"member with $AdminPasswordBase64"',
      /: a secret that is not handed to -Encoded$/,
    ],
    ["no prologue", '. "$PSScriptRoot\\shared\\Prologue.ps1"', "", "it does not load the prologue first"],
    [
      "a parameter that the plan does not pass",
      "$AdminUser,",
      "$AdminUser, [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $More,",
      "param() has More, which the plan does not pass",
    ],
    [
      "a parameter fewer than the plan passes",
      "[string] $AdminUser",
      "[string] $User",
      "the plan passes AdminUser, which param() lacks",
    ],
    [
      "a parameter that may be empty",
      "[ValidateNotNullOrEmpty()] [string] $DomainName",
      "[string] $DomainName",
      "parameter DomainName is not a mandatory, validated string",
    ],
    [
      "a parameter that is optional",
      "[Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName",
      "[ValidateNotNullOrEmpty()] [string] $DomainName",
      "parameter DomainName is not a mandatory, validated string",
    ],
    [
      "something after the restart",
      '    Restart-AfterStep -Because "member of $DomainName"',
      '    Restart-AfterStep -Because "x"\n    Clear-DnsClientCache',
      "something comes after the restart",
    ],
    [
      "the name of another script in the last line",
      "Complete-Step -Script 'Join-Domain'",
      "Complete-Step -Script 'Set-Firewall'",
      "its last line is not Complete-Step with its own name",
    ],
    [
      "another last line",
      "Complete-Step -Script 'Join-Domain'",
      "Clear-DnsClientCache",
      "its last line is not Complete-Step with its own name",
    ],
    [
      "no help",
      ".SYNOPSIS",
      ".SUMMARY",
      "no help with synopsis, description, notes with a source, and what has not run",
    ],
  ])("by %s", (_, from, to, problem) => {
    const text = good().replace(from, () => to);
    expect(text).not.toBe(good());
    const found = problems("Join-Domain.ps1", text);
    if (typeof problem === "string") expect(found).toContain(problem);
    else expect(found.join("\n")).toMatch(problem);
  });

  it.each<[broken: string, line: string, problem: string]>([
    [
      "a registry key asked for without a name",
      "(Get-ItemProperty -Path $block).Enabled",
      "Get-ItemProperty without a name gives nothing for a key without values",
    ],
    [
      "the members of what a command may not answer",
      "(Get-Partition -DiskNumber 1).PSObject.Properties",
      "PSObject of what may be nothing",
    ],
    [
      "a member of what a command may not answer",
      "(Get-Disk | Get-Partition).Size",
      "a member of (Get-Disk | Get-Partition), which may be nothing",
    ],
    [
      "a member of what a command was told not to complain of",
      "(Get-Service -Name 'x' -ErrorAction SilentlyContinue).Status",
      "a member of (Get-Service -Name 'x' -ErrorAction SilentlyContinue), which may be nothing",
    ],
    ["an index into a result", "@(Get-Disk)[0]", "an index into @(Get-Disk), which may be empty"],
    [
      "an index into a list that was not counted",
      "$disks = @(Get-Disk); $disks[0]",
      "an index into $disks, which may be empty",
    ],
    [
      "a pipeline over a property",
      "(Get-DnsClientGlobalSetting).SuffixSearchList | ForEach-Object { $_.Length }",
      "a pipeline over (Get-DnsClientGlobalSetting).SuffixSearchList, which may be nothing",
    ],
    ["a list in a parameter", "$domainname = @('x')", "$domainname is a parameter, and is assigned to"],
  ])("by %s", (_, line, problem) => {
    const text = good().replace("Complete-Step", () => `${line}\nComplete-Step`);
    expect(problems("Join-Domain.ps1", text).join("\n")).toContain(problem);
  });

  it("by a member of what always answers, or of a filtered pipeline, in no way", () => {
    const lines = "(Get-Item -Path 'x').Length\n$x.y | Where-Object { $_ } | ForEach-Object { $_.Length }";
    const text = good().replace("Complete-Step", () => `${lines}\nComplete-Step`);
    expect(problems("Join-Domain.ps1", text)).toEqual(["something comes after the restart"]);
  });

  it("by a key of a splatted table that is no parameter", () => {
    const text = guestText("New-Share.ps1").replace("FullAccess =", "FullAcess =");
    expect(problems("New-Share.ps1", text)).toEqual([
      expect.stringMatching(/New-SmbShare has no parameter FullAcess$/),
    ]);
  });

  it("by a procedure or a parameter of T-SQL that does not exist", () => {
    const name = "Set-LogShippingPrimary.ps1";
    expect(problems(name, guestText(name).replace("@backup_share =", "@share ="))).toEqual([
      "sp_add_log_shipping_primary_database has no parameter @share",
    ]);
    expect(
      problems(name, guestText(name).replace("sp_change_log_shipping_primary_database", "sp_add_alert")),
    ).toEqual(["sp_add_alert is not in procedures.json"]);
  });
});
