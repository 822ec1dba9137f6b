import { describe, expect, it } from "vitest";
import { type Action, type Moved, type Mover, moveAll, remedyOf } from "../../../cli/standing/power";
import { ending } from "../../../cli/verbs/power";
import type { Plan } from "../../../topology/model";
import { planOf } from "../../support/config";

const plan = planOf({ databases: { witnesses: "both" } });

/** Moves machines of an Azure where some are in another state, or fail; tells in which order they went. */
async function move(
  action: Action,
  {
    powers = {},
    failing = {},
    of = plan,
    everything = true,
  }: {
    readonly powers?: Readonly<Record<string, string | undefined>>;
    readonly failing?: Readonly<Record<string, Error>>;
    readonly of?: Plan;
    readonly everything?: boolean;
  } = {},
) {
  const asked: string[] = [];
  const told: Moved[] = [];
  const mover: Mover = {
    power: async ({ name }) =>
      name in powers ? powers[name] : action === "start" ? "deallocated" : "running",
    async move({ name }) {
      asked.push(name);
      const error = failing[name];
      if (error !== undefined) throw error;
    },
  };
  const all = await moveAll(of, action, mover, { everything, tell: (one) => told.push(one) });
  expect(told).toEqual(all);
  return { all, asked };
}

const resultsOf = (all: readonly Moved[]) =>
  Object.fromEntries(all.map(({ machine, result }) => [machine, result]));
const codeOf = (code: string, message: string) => Object.assign(new Error(message), { code });

describe("the machines of a lab", () => {
  it("start in an order in which each finds what it asks, and stop in the reverse", async () => {
    const { all, asked } = await move("start");
    const tiers = [...new Set(all.map(({ tier }) => tier))];
    expect(tiers).toEqual([
      "domain controllers",
      "file servers",
      "witnesses",
      "SQL Servers",
      "mirrors",
      "Front Ends",
      "Persistent Chat servers",
    ]);
    expect(asked).toHaveLength(plan.machines.length);
    const first = (name: string) => asked.indexOf(name);
    expect(first("A-DC01")).toBeLessThan(first("A-WIT01"));
    expect(first("A-WIT01")).toBeLessThan(first("A-SQL01"));
    expect(first("A-SQL01")).toBeLessThan(first("A-SQL02"));
    const stopped = await move("stop");
    expect([...new Set(stopped.all.map(({ tier }) => tier))]).toEqual(tiers.toReversed());
  });

  it("are waited for, tier by tier", async () => {
    const events: string[] = [];
    await moveAll(plan, "start", {
      power: async () => "deallocated",
      async move({ name, kind }) {
        if (kind === "domainController") await new Promise((resolve) => setTimeout(resolve, 20));
        events.push(name);
      },
    });
    expect(events.slice(0, 2).toSorted()).toEqual(["A-DC01", "B-DC01"]);
  });

  it("that are as they should be are not asked for anything", async () => {
    const { all, asked } = await move("start", { powers: { "A-SQL01": "running" } });
    expect([resultsOf(all)["A-SQL01"], asked.includes("A-SQL01")]).toEqual(["already", false]);
    const stopped = await move("stop", { powers: { "A-SQL01": "deallocated", "A-SQL02": "stopped" } });
    // A machine that was shut down from within still costs what it costs.
    expect([resultsOf(stopped.all)["A-SQL01"], resultsOf(stopped.all)["A-SQL02"]]).toEqual([
      "already",
      "done",
    ]);
  });

  it("that Azure does not have are named", async () => {
    const { all, asked } = await move("start", { powers: { "A-SQL01": undefined } });
    expect([resultsOf(all)["A-SQL01"], asked.includes("A-SQL01")]).toEqual(["not there", false]);
  });

  it("hold nobody up when one of them does not start", async () => {
    const { all } = await move("start", {
      failing: { "A-SQL01": codeOf("ZonalAllocationFailed", "no room\nin zone 1") },
    });
    expect(all.find(({ machine }) => machine === "A-SQL01")).toMatchObject({
      result: "failed",
      code: "ZonalAllocationFailed",
      message: "no room",
    });
    expect(new Set(all.filter(({ machine }) => machine !== "A-SQL01").map(({ result }) => result))).toEqual(
      new Set(["done"]),
    );
  });

  it("tell the code of an operation that failed on its way", async () => {
    const message = "The long-running operation has failed. AllocationFailed. Allocation failed.";
    const { all } = await move("start", { failing: { "A-SQL01": new Error(message) } });
    expect(all.find(({ result }) => result === "failed")).toMatchObject({
      code: "AllocationFailed",
      message: "Allocation failed.",
    });
  });

  it("wait for one domain controller, and are not started without any", async () => {
    const one = await move("start", { failing: { "A-DC01": codeOf("Conflict", "busy") } });
    expect(resultsOf(one.all)).toMatchObject({ "A-DC01": "failed", "B-DC01": "done", "A-SQL01": "done" });
    const none = await move("start", {
      failing: { "A-DC01": codeOf("Conflict", "busy"), "B-DC01": codeOf("Conflict", "busy") },
    });
    expect(resultsOf(none.all)).toMatchObject({ "A-SQL01": "held back", "B-CHAT03": "held back" });
    expect(none.asked.toSorted()).toEqual(["A-DC01", "B-DC01"]);
  });

  it("keep their domain controllers while one of them did not stop", async () => {
    const { all } = await move("stop", { failing: { "A-CHAT01": codeOf("Conflict", "busy") } });
    expect(resultsOf(all)).toMatchObject({ "A-CHAT01": "failed", "A-SQL01": "done", "A-DC01": "held back" });
  });

  it("that are domain controllers run on where the stack file says so, unless everything is to stop", async () => {
    const kept = await move("stop", { everything: false });
    expect(resultsOf(kept.all)).toMatchObject({
      "A-DC01": "left alone",
      "B-DC01": "left alone",
      "A-SQL01": "done",
    });
    expect(resultsOf((await move("stop")).all)).toMatchObject({ "A-DC01": "done" });
    const of = planOf({ databases: { witnesses: "both" }, autoShutdown: { controllers: true } });
    expect(resultsOf((await move("stop", { of, everything: false })).all)).toMatchObject({
      "A-DC01": "done",
    });
  });

  it("whose databases are served elsewhere since a failover are for a runbook to start", async () => {
    const of = planOf({ databases: { witnesses: "both" }, site: "secondary" });
    const { all, asked } = await move("start", { of });
    expect(resultsOf(all)).toMatchObject({
      ...{ "A-SQL01": "left alone", "A-SQL02": "left alone", "A-WIT01": "left alone" },
      ...{ "B-SQL01": "done", "B-WIT01": "done", "A-DC01": "done", "A-CHAT01": "done" },
    });
    expect(asked).not.toContain("A-SQL01");
    expect(resultsOf((await move("stop", { of })).all)["A-SQL01"]).toBe("done");
  });
});

describe("how a start or a stop ended", () => {
  const one = (result: Moved["result"], machine = "A-SQL01", code?: string): Moved => ({
    ...{ machine, tier: "SQL Servers", result, seconds: 1 },
    ...(code === undefined ? {} : { code }),
  });
  const told = (action: Action, ...all: readonly Moved[]) =>
    ending(all, action, " --stack minimal", Number.POSITIVE_INFINITY).trim();

  it("is told in a sentence where all is well", () => {
    expect(told("start", one("done"), one("already"))).toBe(
      "All 2 machines run. Windows and what is on it need some minutes more; npm run lab -- status --stack minimal tells how the lab stands.",
    );
    expect(told("start", one("done"), one("left alone"))).toMatch(/^1 of 2 machines run\./);
    expect(told("stop", one("done"), one("left alone"))).toMatch(/^1 of 2 machines are stopped,/);
    expect(told("stop", one("done"), one("already"))).toBe(
      "All 2 machines are stopped, and cost nothing but their disks and addresses.",
    );
  });

  it("is told with what to do about each machine, and the command to type again", () => {
    expect(
      told("start", one("failed", "A-SQL01", "ZonalAllocationFailed"), one("not there", "A-SQL02")),
    ).toBe(
      [
        "2 of 2 machines did not start. What to do:",
        `  A-SQL01: ${remedyOf("ZonalAllocationFailed")}`,
        "  A-SQL02: pulumi up makes what is not there.",
        "  Then the same command once more: npm run lab -- start --stack minimal",
      ].join("\n"),
    );
  });

  it.each(["AllocationFailed", "OperationNotAllowed", "Conflict", "AuthorizationFailed", "TooManyRequests"])(
    "has a remedy of its own for %s",
    (code) => {
      expect(remedyOf(code)).not.toBe(remedyOf("SomethingElse"));
    },
  );
});
