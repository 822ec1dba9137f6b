import { beforeAll, describe, expect, it } from "vitest";
import { scriptText } from "../../components/scripts";
import { scripts } from "../../topology/scripts";
import { media, planOf } from "../support/config";
import {
  guestText,
  loadedBy,
  powershellParser,
  type Script,
  scriptNames,
  sharedNames,
} from "../support/powershell";
import { scriptProblems, textProblems } from "../support/scriptProblems";
import { endlessWaits, waitingMinutes } from "../support/waits";

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
    expect(after.length).toBe(20);
    for (const { script, id } of after) expect(waits(script), id).toBe(true);
  });
});

describe("a broken script is found out", () => {
  const good = () => guestText("Join-Domain.ps1");
  it.each<[broken: string, from: string | RegExp, to: string, problem: string | RegExp]>([
    ["a brace too few", "Complete-Step -Step 'join'", "{", /missing|no PowerShell/],
    [
      "a cmdlet that does not exist",
      "Clear-DnsClientCache",
      "Clear-DnsCache",
      "21: Clear-DnsCache is neither in cmdlets.json nor a function",
    ],
    [
      "a parameter that a cmdlet does not have",
      "-DnsOnly",
      "-DnsAlone",
      "22: Resolve-DnsName has no parameter DnsAlone",
    ],
    ["an alias", "Out-Null", "oh", "25: oh is neither in cmdlets.json nor a function"],
    ["Invoke-Expression", "Clear-DnsClientCache", "Invoke-Expression -Command 'x'", "21: Invoke-Expression"],
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
      "33: a secret that is not handed to -Encoded",
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
      "another last line",
      "Complete-Step -Step 'join'",
      "Clear-DnsClientCache",
      "its last line is not Complete-Step",
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
