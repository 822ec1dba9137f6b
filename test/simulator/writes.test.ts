import { describe, expect, it } from "vitest";
import type { ArmError } from "../../simulator/arm/armError";
import type { Fault, FaultName } from "../../simulator/arm/faults";
import { Faults } from "../../simulator/arm/faults";
import { tokens } from "../../simulator/arm/resourceTypes";
import { Writes } from "../../simulator/arm/writes";
import { ids } from "../support/arm";

/** A write of a network interface with something in store for it: how often it was done, how, and who was killed. */
function one(fault: FaultName, more: Partial<Fault> = {}) {
  const killed: string[] = [];
  const outcomes: (string | undefined)[] = [];
  const writes = new Writes(new Faults([{ type: tokens.nic, fault, ...more }]), (victim) =>
    killed.push(victim),
  );
  const write = (failure?: ArmError) => outcomes.push(failure?.code);
  return { killed, outcomes, writes, done: () => writes.run(tokens.nic, ids.nic, write) };
}

describe("a write to Azure", () => {
  it("is done where nothing is in store for it", async () => {
    const writes = new Writes();
    expect(await writes.run(tokens.nic, ids.nic, () => 1)).toBe(1);
    expect(writes.runNow(tokens.nic, ids.nic, () => 2)).toBe(2);
  });

  it("is refused before anything is done, at once or not, and counted all the same", async () => {
    const { writes, outcomes, done } = one("throttled", { nth: 2 });
    writes.runNow(tokens.nic, ids.nic, () => outcomes.push("first"));
    await expect(done()).rejects.toMatchObject({ status: 429, code: "TooManyRequests" });
    expect(outcomes).toEqual(["first"]);
    const now = one("refused");
    expect(() => now.writes.runNow(tokens.nic, ids.nic, () => now.outcomes.push("done"))).toThrow(
      "The request was refused.",
    );
    expect(now.outcomes).toEqual([]);
  });

  it("is done late where Azure is slow", async () => {
    const { outcomes, done } = one("slow", { milliseconds: 1 });
    const late = done();
    expect(outcomes).toEqual([]);
    await late;
    expect(outcomes).toEqual([undefined]);
  });

  it("lets a script fail", async () => {
    const { outcomes, done } = one("script-failed");
    await done();
    expect(outcomes).toEqual(["VMExtensionProvisioningError"]);
  });

  it("is done, and its answer lost", async () => {
    const { outcomes, done } = one("answer-lost");
    await expect(done()).rejects.toThrow("the connection to Azure was lost before it answered");
    expect(outcomes.length).toBe(1);
  });

  it.each([
    ["provider-killed", ["provider"], 1],
    ["provider-killed-before", ["provider"], 0],
    ["engine-killed", ["engine"], 1],
    ["engine-killed-before", ["engine"], 0],
    ["hangs", [], 1],
  ] as const)(
    "%s: kills %j after %d writes, and answers once the user does not want to wait",
    async (fault, victims, count) => {
      const { killed, outcomes, writes, done } = one(fault);
      const answer = expect(done()).rejects.toThrow("canceled while Azure had not answered");
      writes.cancel();
      await answer;
      expect({ killed, count: outcomes.length }).toEqual({ killed: victims, count });
    },
  );
});
