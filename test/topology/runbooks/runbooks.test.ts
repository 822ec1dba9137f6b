import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStack, shippedStacks } from "../../../cli/stack/stackFile";
import { planLab } from "../../../topology/planLab";
import { siteOfPlan } from "../../../topology/resilience/ofPlan";
import { survivalOf } from "../../../topology/resilience/survival";
import type { Runbook, Step } from "../../../topology/runbooks/runbook";
import { runbooksOf, whatNow } from "../../../topology/runbooks/runbooks";
import { validConfig } from "../../support/arbitraryConfig";
import { planOf } from "../../support/config";
import { complaints, skipMaxdop } from "../../support/guest/maxdop";
import { powershellParser } from "../../support/guest/powershell";
import cmdlets from "./cmdlets.json";
import procedures from "./procedures.json";

const planned = (stack: string) => planLab(readStack(stack, undefined).raw).plan;
const stepsIn = ({ before, acts, after }: Runbook): readonly Step[] => [...before, ...acts, ...after];
const every = shippedStacks.flatMap((stack) => runbooksOf(planned(stack)));
const texts = (language: Step["language"]): readonly string[] => [
  ...new Set(
    every
      .flatMap(stepsIn)
      .filter((step) => step.language === language)
      .map(({ command }) => command),
  ),
];

describe("runbooks", () => {
  it("have names of their own, and steps with ids of their own", () => {
    for (const stack of shippedStacks) {
      const all = runbooksOf(planned(stack));
      expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
      for (const runbook of all) {
        const ids = stepsIn(runbook).map(({ id }) => id);
        expect(new Set(ids).size, runbook.name).toBe(ids.length);
        expect(runbook.acts.length, runbook.name).toBeGreaterThan(0);
      }
    }
  });

  it("name no machine that the plan lacks, and each machine with data in one of them", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        const { plan } = planLab(config);
        const names = plan.machines.map(({ name }) => name);
        const steps = runbooksOf(plan).flatMap(stepsIn);
        const said = steps.flatMap(({ machine, command, title }) => [
          machine,
          ...(`${command} ${title}`.match(/\b[AB]-(?:SQL|WIT|FS|FE|BE|CHAT|DC)\d\d\b/g) ?? []),
        ]);
        expect(said.filter((one) => one !== "" && !names.includes(one))).toEqual([]);
        const kept = plan.databaseSets.flatMap(({ primary, secondary }) => [
          primary.server,
          primary.mirror,
          secondary.server,
        ]);
        expect(kept.filter((one) => !said.includes(one))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it("are there for every row of the survival table that needs people", () => {
    for (const plan of [...shippedStacks.map(planned), planOf({ site: "secondary" })]) {
      const { rows, pairs } = survivalOf(siteOfPlan(plan));
      const names = runbooksOf(plan).map(({ name }) => name);
      const wanted = [...rows, ...pairs].flatMap(({ runbook }) => (runbook === "" ? [] : [runbook]));
      expect(wanted.filter((name) => !names.includes(name))).toEqual([]);
    }
  });

  it("say what they lose, and ask a person where something is given up", () => {
    const all = runbooksOf(planned("figure-1"));
    const of = (name: string) => all.find((one) => one.name === name);
    expect(of("loss-of-primary-data-center")).toMatchObject({ loses: 15, decides: true });
    expect(of("planned-move")).toMatchObject({ loses: 0, decides: false });
    expect(of("use-old-copy")).toMatchObject({ loses: null, decides: true });
  });

  it("fit what a lab has: no witness, no compliance, no Front Ends", () => {
    const names = (stack: string) => runbooksOf(planned(stack)).map(({ name }) => name);
    expect(names("minimal").filter((name) => /witness|mgccomp|front-end|recover-mirror/.test(name))).toEqual(
      [],
    );
    expect(names("minimal")).toContain("force-service-primary");
    expect(names("figure-1")).not.toContain("force-service-primary");
    expect(
      runbooksOf(planned("minimal"))
        .flatMap(stepsIn)
        .filter(({ needs }) => needs !== ""),
    ).toEqual([]);
  });
});

describe("the commands of runbooks", () => {
  const orderIn = (runbook: string, ...parts: readonly RegExp[]) => {
    const commands = (runbooksOf(planned("figure-1")).find(({ name }) => name === runbook)?.acts ?? []).map(
      ({ command }) => command,
    );
    return parts.map((part) => commands.findIndex((command) => part.test(command)));
  };
  const isInOrder = (places: readonly number[]) =>
    places.every((place, index) => place >= 0 && (index === 0 || place > (places[index - 1] as number)));

  it.each<[string, readonly RegExp[]]>([
    [
      "loss-of-primary-data-center",
      [
        /sp_start_job.*LSCopy/,
        /sp_start_job.*LSRestore/,
        /sp_delete_log_shipping_secondary/,
        /KILL/,
        /WITH RECOVERY/,
        /FailOver /,
        /PoolState FailedOver/,
        /ActiveServers @\{Add/,
        /^pulumi config set site secondary$/,
        /^pulumi up$/,
      ],
    ],
    [
      "planned-move",
      [
        /ActiveServers \$Null/,
        /sp_update_job.*LSBackup_mgc.*0/,
        /SET PARTNER OFF/,
        /BACKUP LOG.*NORECOVERY/,
        /sp_start_job.*LSCopy/,
        /sp_start_job.*LSRestore/,
        /last_copied_file, last_restored_file FROM/,
        /RESTORE LOG.*tail/,
        /sp_update_job.*LSCopy.*0/,
        /sp_delete_log_shipping_secondary/,
        /WITH RECOVERY/,
        /PoolState FailedOver/,
      ],
    ],
    [
      "fail-back",
      [
        /ActiveServers \$Null/,
        /SET PARTNER OFF/,
        /BACKUP DATABASE/,
        /BACKUP LOG.*NORECOVERY/,
        /RESTORE DATABASE.*REPLACE/,
        /RESTORE LOG/,
        /WITH RECOVERY/,
        /^pulumi config set site primary$/,
        /^pulumi up --target-replace .*A-SQL02-mgc-mirroring/,
        /^pulumi up --replace .*B-SQL01-mgc-log-shipping-secondary/,
        /ActiveServers @\{Add/,
        /PoolState Normal/,
      ],
    ],
    ["recover-mirror-primary", [/SET PARTNER OFF/, /WITH RECOVERY/]],
  ])("of %s stand in Microsoft's order", (runbook, parts) => {
    expect(isInOrder(orderIn(runbook, ...parts)), String(orderIn(runbook, ...parts))).toBe(true);
  });

  it("call procedures with parameters that they have", () => {
    const known: Readonly<Record<string, { readonly parameters: readonly string[] }>> = procedures;
    const calls = texts("T-SQL").flatMap((text) => [
      ...text.matchAll(/\bEXEC\s+(?:[\w]+\.)*(sp_\w+)([^;]*)/g),
    ]);
    expect(calls.length).toBeGreaterThan(10);
    for (const [, name = "", rest = ""] of calls) {
      const used = [...rest.matchAll(/@(\w+)\s*=/g)].map(([, one = ""]) => one);
      expect(
        used.filter((one) => !known[name]?.parameters.includes(one)),
        name,
      ).toEqual([]);
    }
  });

  it("are PowerShell, of documented cmdlets and parameters", async () => {
    const parse = await powershellParser();
    const known: Readonly<Record<string, { readonly parameters: readonly string[] }>> = cmdlets;
    const all = texts("PowerShell");
    expect(all.length).toBeGreaterThan(5);
    for (const text of all) {
      const { errors, commands } = parse(text);
      expect(errors, text).toEqual([]);
      for (const { name, parameters } of commands) {
        expect(known[name], name).toBeDefined();
        expect(
          parameters.filter((one) => one !== "Verbose" && !known[name]?.parameters.includes(one)),
          name,
        ).toEqual([]);
      }
    }
  });

  it.skipIf(skipMaxdop)("are T-SQL, as Microsoft's grammar has it", () => {
    const folder = mkdtempSync(join(tmpdir(), "lab-runbooks-"));
    try {
      for (const [index, text] of texts("T-SQL").entries()) writeFileSync(join(folder, `${index}.sql`), text);
      expect(complaints(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("what now", () => {
  const names = (stack: string, ...machines: readonly string[]) =>
    whatNow(
      planned(stack),
      machines.map((name) => ({ kind: "machine", name })),
    ).map(({ database, runbooks, isHome }) => [database, runbooks.map(({ name }) => name), isHome]);

  it("tells the runbooks that apply, in order, until the lab is as it was", () => {
    expect(names("minimal", "A-SQL01")).toEqual([
      ["mgc", ["force-service-primary", "resume-mirroring-primary", "roles-back"], true],
    ]);
    expect(names("minimal", "A-SQL01", "A-SQL02")).toEqual([
      ["mgc", ["loss-of-primary-data-center", "fail-back"], true],
    ]);
    expect(names("figure-1", "B-FS01")).toEqual([
      ["mgc", ["ship-logs-again"], true],
      ["mgccomp", ["ship-logs-again-mgccomp"], true],
    ]);
  });

  it("begins where the service is, in the secondary data center", () => {
    const now = (...lost: Parameters<typeof whatNow>[1]) =>
      whatNow(planOf({ site: "secondary" }), lost).map(({ runbooks, isHome, isServed }) => [
        runbooks.map(({ name }) => name),
        isHome,
        isServed,
      ]);
    expect(now()).toEqual([[[], true, true]]);
    expect(now({ kind: "machine", name: "B-SQL02" })).toEqual([[["repair-mirror-secondary"], true, true]]);
    expect(now({ kind: "machine", name: "A-SQL01" })).toEqual([[["fail-back"], true, true]]);
    expect(now({ kind: "data center", side: "primary" })).toEqual([[[], false, true]]);
    expect(now({ kind: "data center", side: "secondary" })).toEqual([[[], false, false]]);
  });

  it("says so where nothing is to be done, and where nothing helps", () => {
    expect(names("figure-1", "A-CHAT01")).toEqual([
      ["mgc", [], true],
      ["mgccomp", [], true],
    ]);
    const plan = planOf({ databases: { compliance: "off" } });
    const [gone] = whatNow(plan, [
      { kind: "data center", side: "primary" },
      { kind: "data center", side: "secondary" },
    ]);
    expect(gone).toMatchObject({ runbooks: [], isHome: false, isServed: false });
  });

  it("begins with what is lost by then, from the primary data center alone", () => {
    const [mgc] = whatNow(planned("figure-1"), [{ kind: "data center", side: "primary" }]);
    expect(mgc).toMatchObject({ isHome: false, isServed: true });
    expect(mgc?.runbooks.map(({ name, loses }) => [name, loses])).toEqual([
      ["loss-of-primary-data-center", 15],
    ]);
  });
});
