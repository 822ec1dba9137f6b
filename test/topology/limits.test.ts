import { describe, expect, it } from "vitest";
import { ArmError } from "../../simulator/arm/armError";
import {
  firstPriority,
  lastPriority,
  longestComputerName,
  mostRunCommands,
  mostTags,
} from "../../topology/azure/limits";
import { machineName } from "../../topology/parts/names";
import { securityRules } from "../../topology/parts/securityRules";
import { planLab } from "../../topology/planLab";
import { planSteps } from "../../topology/steps/steps";
import { bodies, bodyWith, deploy, type Key } from "../support/arm";
import { planOf, smallest } from "../support/config";

/** Whether something is done, and not refused by the planner or by Azure. */
function goes(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof ArmError || /^Cannot plan the lab/.test((error as Error).message)) return false;
    throw error;
  }
}

const has = (count: number) => Array.from({ length: count }, (_, index) => index);
const put = (key: Key, path: string, value: unknown) => () =>
  deploy(undefined, key).put(...bodyWith(key, path, value));

/** The file server with so many guest steps: all but those of its shares it has anyway. */
function planGuestSteps(count: number): void {
  const plan = planOf();
  const named = (name: string) => {
    const found = plan.machines.find((machine) => machine.name === name);
    if (found === undefined) throw new Error(`the plan has no ${name}`);
    return found;
  };
  const host = "B-FS01";
  const own = plan.shares.filter((share) => share.host === host);
  const others = plan.steps.filter(({ machine }) => machine === host).length - own.length;
  const shares = [
    ...plan.shares.filter((share) => share.host !== host),
    ...has(count - others).map((index) => ({
      ...(own[index] ?? { ...(own[0] as (typeof own)[number]), id: `${host}/${index}` }),
    })),
  ];
  planSteps({
    ...plan,
    media: undefined,
    domain: plan.domain.fqdn,
    controllers: { primary: named("A-DC01"), secondary: named("B-DC01") },
    machine: named,
    sets: plan.databaseSets,
    shares,
  });
}

/** A subnet with so many flows into it. */
function planRules(count: number): void {
  const [machine] = planOf().machines;
  if (machine === undefined) throw new Error("the plan has no machine");
  const flow = {
    from: [machine.name],
    to: [machine.name],
    protocol: "TCP",
    ports: ["1"],
    purpose: "",
  } as const;
  securityRules(
    [machine],
    has(count).map((index) => ({ ...flow, name: `flow${index}` })),
    () => machine.address,
  );
}

/** Rules with so many priorities between the first and the last, which ends the list. */
const prioritiesBetween = (lastPriority - firstPriority) / 10;

const tagsOf = (count: number) => Object.fromEntries(has(count).map((index) => [`tag${index}`, "x"]));

describe("a limit", () => {
  it.each<
    [limit: string, most: number, planned: (count: number) => void, sent: (count: number) => () => unknown]
  >([
    [
      "of run commands on a machine",
      mostRunCommands,
      planGuestSteps,
      (count) => () => {
        const cloud = deploy(undefined, "runCommand");
        for (const index of has(count))
          cloud.put(...bodyWith("runCommand", "runCommandName", `step${index}`));
      },
    ],
    [
      "of tags on a resource",
      mostTags,
      (count) => {
        // Four are the lab's own.
        const { problems } = planLab({ ...smallest, tags: tagsOf(count - 4) });
        if (problems.some(({ rule }) => rule === "tagsFit")) throw new Error("Cannot plan the lab");
      },
      (count) => put("machine", "tags", tagsOf(count)),
    ],
    [
      "of characters in a computer name",
      longestComputerName,
      (count) => machineName("primary", "SQL", Number("1".repeat(count - "A-SQL".length))),
      (count) => put("machine", "osProfile.computerName", "A".repeat(count)),
    ],
  ])("%s, %i, is kept by the plan and asked by the simulated Azure", (_, most, planned, sent) => {
    expect([goes(() => planned(most)), goes(sent(most))]).toEqual([true, true]);
    expect([goes(() => planned(most + 1)), goes(sent(most + 1))]).toEqual([false, false]);
  });

  it("of priorities is kept by the plan and asked by the simulated Azure", () => {
    const [, group] = bodies.securityGroup;
    const [rule] = group.securityRules as readonly object[];
    const sent = (priority: number) => put("securityGroup", "securityRules", [{ ...rule, priority }]);
    const fit = Math.ceil(prioritiesBetween);
    expect([goes(() => planRules(fit)), goes(() => planRules(fit + 1))]).toEqual([true, false]);
    expect([firstPriority, lastPriority].map((priority) => goes(sent(priority)))).toEqual([true, true]);
    expect([firstPriority - 1, lastPriority + 1].map((priority) => goes(sent(priority)))).toEqual([
      false,
      false,
    ]);
  });
});
