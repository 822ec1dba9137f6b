import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { twinAz } from "../../../cli/pulumi/twinAz";
import { CloudFolder, changeCloud } from "../../../simulator/kept/cloudFolder";
import { deploy, ids } from "../../support/arm";

/** A folder with a simulated Azure in which a machine with a run command stands. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "lab-cloud-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  const { state } = deploy();
  changeCloud(path, (cloud) => Object.assign(cloud.state.resources, state.resources));
  return path;
}
const has = (path: string, id: string) =>
  new CloudFolder(path).state.resources[id.toLowerCase()] !== undefined;

describe("the Azure CLI of the twin", () => {
  it("deletes a run command, and nothing else", () => {
    const path = folder();
    const words = "vm run-command delete --yes --resource-group rg --vm-name vm --name step";
    expect(twinAz(path, words.split(" "))).toBe(0);
    expect([has(path, ids.runCommand), has(path, ids.machine)]).toEqual([false, true]);
  });

  it("deletes any resource by its id, with what stands in it", () => {
    const path = folder();
    expect(twinAz(path, ["resource", "delete", "--ids", ids.machine])).toBe(0);
    expect([has(path, ids.runCommand), has(path, ids.machine), has(path, ids.disk)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it.each([
    ["vm delete --name vm"],
    ["vm run-command delete --name step"],
    ["resource delete"],
    ["resource delete --id x"],
  ])("says of '%s' what it knows", (words) => {
    expect(() => twinAz("nowhere", words.split(" "))).toThrow(
      "Of the Azure CLI the twin knows: az vm run-command delete --resource-group <group> --vm-name <machine> --name <step>, and az resource delete --ids <id>.",
    );
  });
});
