import { describe, expect, it } from "vitest";
import type { Run, Standing } from "../../../cli/standing/standing";
import { isWhole, type LabStatus, statusOf } from "../../../cli/standing/status";
import { statusText } from "../../../cli/verbs/status";
import { planOf } from "../../support/config";

const plan = planOf();
const group = (dataCenter: string) => `/subscriptions/0/resourceGroups/${plan.lab}-${dataCenter}`;
const machineId = (name: string) =>
  `${group(name.startsWith("A") ? "primary" : "secondary")}/providers/Microsoft.Compute/virtualMachines/${name}`;
const planned = [
  group("primary"),
  group("secondary"),
  ...plan.machines.map(({ name }) => machineId(name)),
  ...plan.steps.map(({ machine, name }) => `${machineId(machine)}/runCommands/${name}`),
];
const ended = new Date("2026-11-28T01:20:00Z");
const run = (machine: string, name: string, more: Partial<Run> = {}): Run => ({
  ...{ machine, name, state: "Succeeded", output: "", error: "", ended },
  ...more,
});
const whole: Standing = {
  ids: planned,
  machines: plan.machines.map(({ name }) => ({ name, power: "running" })),
  runs: plan.steps.map(({ machine, name }) => run(machine, name)),
  schedules: [],
};
const now = new Date("2026-11-28T02:00:00Z");
const status = (changes: Partial<Standing> = {}): LabStatus =>
  statusOf(plan, planned, { ...whole, ...changes }, now);
const text = (changes: Partial<Standing> = {}) =>
  statusText(plan, status(changes), Number.POSITIVE_INFINITY, now);

/** The runs with that of one step changed. */
const withRun = (machine: string, name: string, more: Partial<Run>) =>
  whole.runs.map((one) => (one.machine === machine && one.name === name ? { ...one, ...more } : one));

describe("a lab that stands", () => {
  it("is whole as the plan has it, whatever case Azure writes ids in", () => {
    expect(isWhole(status())).toBe(true);
    const found = status({
      ids: planned.map((id) => id.toUpperCase()),
      machines: plan.machines.map(({ name }) => ({ name: name.toLowerCase(), power: "running" })),
      runs: whole.runs.map((one) => ({ ...one, machine: one.machine.toLowerCase() })),
    });
    expect([isWhole(found), found.missing, found.extra]).toEqual([true, [], []]);
    expect(new Set(found.machines.map(({ power }) => power))).toEqual(new Set(["running"]));
  });

  it("is whole while it is stopped", () => {
    const found = status({ machines: plan.machines.map(({ name }) => ({ name, power: "deallocated" })) });
    expect([isWhole(found), found.nextStop]).toEqual([true, undefined]);
  });

  it("has the system disks of its machines, which no plan registers", () => {
    const disks = plan.machines.map(
      ({ osDiskName, dataCenter }) => `${group(dataCenter)}/providers/Microsoft.Compute/disks/${osDiskName}`,
    );
    expect(isWhole(status({ ids: [...planned, ...disks] }))).toBe(true);
  });

  it("is not whole with something in its groups that no plan has", () => {
    const id = `${group("primary")}/providers/Microsoft.Storage/storageAccounts/mine`;
    const found = status({ ids: [...planned, id] });
    expect([isWhole(found), found.extra]).toEqual([
      false,
      [{ type: "Microsoft.Storage/storageAccounts", name: "mine", id }],
    ]);
    expect(text({ ids: [...planned, id] })).toContain(
      "On Azure, and not in the plan\n  mine  Microsoft.Storage/storageAccounts\n",
    );
  });

  it("tells of what lacks only the outermost", () => {
    const gone = (id: string) => id.startsWith(machineId("A-SQL01"));
    const changes = {
      ids: planned.filter((id) => !gone(id)),
      machines: whole.machines.filter(({ name }) => name !== "A-SQL01"),
      runs: whole.runs.filter(({ machine }) => machine !== "A-SQL01"),
    };
    expect(isWhole(status(changes))).toBe(false);
    expect(text(changes)).toContain(
      "In the plan, and not on Azure, whose lists may be a minute behind\n  A-SQL01  Microsoft.Compute/virtualMachines\n\n",
    );
    expect(text(changes)).toContain("Guest steps that did not run\n  A-SQL01  none of them ran\n\n");
    expect(text(changes)).toMatch(/^ {2}A-SQL01 +not there/m);
  });

  it("is told in a narrow terminal without a line that is too long", () => {
    const lines = statusText(plan, status(), 60, now).split("\n");
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
    expect(lines.length).toBeGreaterThan(plan.machines.length);
  });

  it("that was never made is told in a sentence", () => {
    expect(text({ ids: [], machines: [], runs: [] })).toBe(
      `Lab ${plan.lab} does not stand: Azure has neither resource group of it, ${plan.lab}-primary and ${plan.lab}-secondary.\n`,
    );
  });
});

describe("a guest step", () => {
  it.each([
    ["Failed", { error: "WARNING: x\nno disk with LUN 0\n\n" }, "no disk with LUN 0"],
    ["TimedOut", { output: "Waiting\nStill waiting\n" }, "Still waiting"],
    ["Canceled", {}, undefined],
  ])("that is %s has failed, with the last line of what it printed", (state, more, said) => {
    const runs = withRun("A-SQL01", "data-disks", { state, ...more });
    const step = status({ runs }).steps.find((one) => one.machine === "A-SQL01" && one.step === "data-disks");
    expect(step).toEqual({
      ...{ machine: "A-SQL01", step: "data-disks", outcome: "failed", state, ended },
      ...(said === undefined ? {} : { said }),
    });
    expect(isWhole(status({ runs }))).toBe(false);
    expect(text({ runs })).toContain(
      `Guest steps that did not succeed\n  A-SQL01  data-disks  ${`${state}  2026-11-28 01:20 UTC  ${said ?? ""}`.trimEnd()}\n\n`,
    );
  });

  it.each(["Running", "Pending", "Unknown", "Creating"])(
    "that is %s runs, and nothing that it printed is its end",
    (state) => {
      const runs = withRun("A-SQL01", "data-disks", { state, output: "half of it" });
      const found = status({ runs }).steps.find(({ outcome }) => outcome === "running");
      expect(found).toEqual({ machine: "A-SQL01", step: "data-disks", outcome: "running", state, ended });
    },
  );

  it("that Azure does not have did not run", () => {
    const runs = whole.runs.filter(({ name }) => name !== "firewall");
    expect(text({ runs })).toMatch(/Guest steps that did not run\n(?: {2}\S+ +firewall\n)+\n/);
  });
});

describe("health", () => {
  const told = (wrong: readonly string[]) =>
    withRun("A-SQL01", "health", {
      output: `hello\n${JSON.stringify({ databases: { mgc: { role: "PRINCIPAL", state: "SYNCHRONIZED" } }, wrong })}\n{"script":"Confirm-SqlServer","changed":false}\n`,
    });

  it("is what the machine last told, in a line", () => {
    expect(status({ runs: told([]) }).health).toEqual([
      {
        ...{ machine: "A-SQL01", step: "health", told: ended, wrong: [] },
        found: { databases: { mgc: { role: "PRINCIPAL", state: "SYNCHRONIZED" } } },
      },
    ]);
    expect(text({ runs: told([]) })).toContain(
      "Health, as the machines last told it\n  A-SQL01  2026-11-28 01:20 UTC  all as planned, mgc PRINCIPAL SYNCHRONIZED\n\n",
    );
  });

  it("names accounts that get no tickets without RC4, where there are some", () => {
    const said = (withoutAes: readonly string[]) =>
      text({ runs: withRun("A-DC01", "verify", { output: JSON.stringify({ withoutAes, wrong: [] }) }) });
    expect(said(["KerbAuth"])).toContain("all as planned, accounts without AES: KerbAuth\n");
    expect(said([])).toContain("  A-DC01  2026-11-28 01:20 UTC  all as planned\n");
  });

  it("is bad where the machine says that something is wrong", () => {
    const runs = told(["mgc is SUSPENDED", "the witness of mgc is DISCONNECTED"]);
    expect(isWhole(status({ runs }))).toBe(false);
    expect(text({ runs })).toContain("mgc is SUSPENDED; the witness of mgc is DISCONNECTED\n");
  });

  it("is told by none where no script runs", () => {
    expect(text()).toContain("  none told it; on the simulated Azure no script runs\n");
  });
});

describe("the next stop of a lab", () => {
  const at = (machine: string, time: string) => ({ machine, isOn: true, time, timeZone: "UTC" });
  const names = plan.machines.map(({ name }) => name);

  it.each([
    ["of all", names.map((name) => at(name, "1900")), "in 17 h 00 min (19:00, UTC): every machine that runs"],
    [
      "of most",
      names.map((name) => at(name, name === "A-DC01" ? "1910" : "1900")),
      "in 17 h 00 min (19:00, UTC): all that run but A-DC01",
    ],
    ["of one", [at("A-DC01", "1900")], "in 17 h 00 min (19:00, UTC): A-DC01"],
    ["of none", [], "none: what runs is not stopped by itself"],
  ])("is told %s", (_, schedules, expected) => {
    expect(text({ schedules })).toMatch(
      new RegExp(`Next stop\\n {2}${expected.replace(/[()]/g, "\\$&")}\\n$`),
    );
  });

  it("is none while nothing runs", () => {
    expect(text({ machines: names.map((name) => ({ name, power: "deallocated" })) })).toMatch(
      /Next stop\n {2}nothing runs\n$/,
    );
  });
});
