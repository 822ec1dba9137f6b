import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Faults, refusalOf } from "../../simulator/arm/faults";
import { noLimits } from "../../simulator/arm/limits";
import { tokens } from "../../simulator/arm/resourceTypes";
import { countedFaults, readFaults } from "../../simulator/kept/faultsFile";
import { ids } from "../support/arm";

const file = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "lab-faults-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "faults.json"), text);
  return join(folder, "faults.json");
};

describe("a file of faults", () => {
  it("gives a write the first of the faults that are about it, and counts the write for all", () => {
    const faults = new Faults([
      { type: tokens.disk, fault: "throttled" },
      { type: "*", fault: "hangs" },
      { type: tokens.subnet, fault: "slow", nth: 2 },
    ]);
    expect(faults.next(tokens.disk, ids.disk)?.fault).toBe("throttled");
    expect(faults.next(tokens.subnet, ids.subnet)?.fault).toBe("hangs");
    expect(faults.next(tokens.subnet, ids.subnet)?.fault).toBe("hangs");
    expect(
      new Faults([
        { type: "*", fault: "slow" },
        { type: "*", fault: "hangs" },
      ]).next(tokens.disk, ids.disk)?.fault,
    ).toBe("slow");
  });

  it("says which write of a type goes wrong, and how", () => {
    const list = [{ type: "*", nth: 2, fault: "throttled" }];
    const faults = new Faults(readFaults(file(JSON.stringify(list))).writes);
    expect(faults.next(tokens.disk, ids.disk)).toBeUndefined();
    expect(faults.next(tokens.subnet, ids.subnet)).toEqual(list[0]);
    expect(faults.next(tokens.subnet, ids.subnet)).toBeUndefined();
  });

  it.each([
    [{ type: tokens.disk, nth: 1 }, [false, true, false]],
    [{ type: "*", name: "vm/step", nth: 1 }, [false, false, true]],
    [{ type: tokens.group, name: "rg", nth: 1 }, [true, false, false]],
    [{ type: tokens.disk, name: "other", nth: 1 }, [false, false, false]],
    [{ type: "*" }, [true, true, true]],
  ])("with %j names these of a group, a disk and a step: %j", (which, hit) => {
    const faults = new Faults([{ ...which, fault: "refused" }]);
    const writes = [
      [tokens.group, ids.group],
      [tokens.disk, ids.disk],
      [tokens.runCommand, ids.runCommand],
    ] as const;
    expect(writes.map(([token, id]) => faults.next(token, id) !== undefined)).toEqual(hit);
  });

  it("is counted over all processes that work on a folder, and anew where its content changes", () => {
    const folder = mkdtempSync(join(tmpdir(), "lab-cloud-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = file(JSON.stringify([{ type: "*", nth: 2, fault: "refused" }]));
    const next = () => countedFaults(path, folder).next(tokens.disk, ids.disk)?.fault;
    expect([next(), next(), next()]).toEqual([undefined, "refused", undefined]);
    writeFileSync(path, JSON.stringify([{ type: "*", nth: 1, fault: "throttled" }]));
    expect([next(), next()]).toEqual(["throttled", undefined]);
  });

  it("that is not there makes nothing go wrong", () => {
    const none = { writes: [], reads: [], limits: noLimits };
    expect(readFaults(undefined)).toEqual(none);
    expect(readFaults("/nowhere/faults.json")).toEqual(none);
  });

  it("that is no JSON is refused in one sentence", () => {
    expect(() => readFaults(file("{"))).toThrow(/faults\.json is not valid JSON: /);
  });

  it("with several mistakes is refused with all of them", () => {
    const path = file(JSON.stringify([{ type: "Disk", nth: 0, fault: "refused" }, { fault: "tired" }]));
    expect(() => readFaults(path)).toThrow(
      /^\S+ is no list of faults:\n {2}0\.type: .*\n {2}0\.nth: .*\n {2}1\.fault: /,
    );
  });

  it("may give a refusal other words, and refuses nothing where it names an accident", () => {
    expect(
      refusalOf({ type: "*", nth: 1, fault: "refused", status: 500, code: "Oops", message: "No." }),
    ).toMatchObject({
      status: 500,
      code: "Oops",
      message: "No.",
    });
    expect(refusalOf({ type: "*", nth: 1, fault: "hangs" })).toBeUndefined();
  });
});
