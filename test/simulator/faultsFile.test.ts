import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Faults, refusalOf } from "../../simulator/arm/faults";
import { readFaults } from "../../simulator/plugin/faultsFile";

const file = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "lab-faults-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "faults.json"), text);
  return join(folder, "faults.json");
};

describe("a file of faults", () => {
  it("says which write of a type goes wrong, and how", () => {
    const list = [{ type: "*", nth: 2, fault: "throttled" }];
    const faults = new Faults(readFaults(file(JSON.stringify(list))));
    expect(faults.next("azure-native:compute:Disk")).toBeUndefined();
    expect(faults.next("azure-native:network:Subnet")).toEqual(list[0]);
    expect(faults.next("azure-native:network:Subnet")).toBeUndefined();
  });

  it("that is not there makes nothing go wrong", () => {
    expect(readFaults(undefined)).toEqual([]);
    expect(readFaults("/nowhere/faults.json")).toEqual([]);
  });

  it("that is no JSON is refused in one sentence", () => {
    expect(() => readFaults(file("{"))).toThrow(/faults\.json is not valid JSON: /);
  });

  it("with several mistakes is refused with all of them", () => {
    const path = file(JSON.stringify([{ type: "Disk", nth: 0, fault: "tired" }]));
    expect(() => readFaults(path)).toThrow(
      /^\S+ is no list of faults:\n {2}0\.type: .*\n {2}0\.nth: .*\n {2}0\.fault: /,
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
