import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCloud } from "../../simulator/arm/cloud";
import { CloudFolder, changeCloud } from "../../simulator/kept/cloudFolder";
import { bodies, ids } from "../support/arm";
import { forkSupport } from "../support/processes";

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "lab-folder-"));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

/** A resource group of a name. */
const groupCalled = (resourceGroupName: string) => ({ ...bodies.group[1], resourceGroupName });
const idCalled = (name: string) => ids.group.replace(/rg$/, name).toLowerCase();
const standing = () => Object.keys(new CloudFolder(path).state.resources).length;

describe("a folder with a simulated Azure", () => {
  it("keeps what was changed, one file for each resource, and nothing else that is one", () => {
    changeCloud(path, (cloud) => {
      cloud.put(...bodies.group);
      cloud.put(...bodies.network);
    });
    expect(readdirSync(path).filter((name) => name.endsWith(".json"))).toHaveLength(2);
    changeCloud(path, (cloud) => cloud.delete(ids.network));
    expect(readdirSync(path).filter((name) => name.endsWith(".json"))).toHaveLength(1);
    expect(readdirSync(path)).not.toContain("lock");
  });

  it("shows everybody what somebody else changed, and made anew", () => {
    const [one, other] = [new CloudFolder(path), new CloudFolder(path)];
    const [first, second] = [one, other].map((folder) => createCloud({ state: folder.state }));
    one.change(() => first?.put(...bodies.group));
    other.refresh();
    expect(second?.get(ids.group)).toMatchObject({ inputs: { location: "northeurope" } });
    other.change(() => {
      second?.delete(ids.group);
      second?.put(bodies.group[0], groupCalled("other"));
    });
    one.refresh();
    expect(Object.keys(one.state.resources)).toEqual([idCalled("other")]);
  });

  it("is read anew where somebody threw it away and began another one, with more in it", () => {
    changeCloud(path, (cloud) => cloud.put(...bodies.group));
    const one = new CloudFolder(path);
    rmSync(path, { recursive: true });
    changeCloud(path, (cloud) => cloud.put(bodies.group[0], groupCalled("first")));
    changeCloud(path, (cloud) => cloud.put(bodies.group[0], groupCalled("second")));
    one.refresh();
    expect(Object.keys(one.state.resources)).toEqual([idCalled("first"), idCalled("second")]);
  });

  it("keeps what was changed before an error", () => {
    const folder = new CloudFolder(path);
    const cloud = createCloud({ state: folder.state });
    expect(() =>
      folder.change(() => {
        cloud.put(...bodies.group);
        throw new Error("no more");
      }),
    ).toThrow("no more");
    expect(standing()).toBe(1);
  });

  it("goes on after a process that was killed while it held the folder, and reads everything again", () => {
    const folder = new CloudFolder(path);
    const before = new CloudFolder(path);
    changeCloud(path, (cloud) => cloud.put(...bodies.group));
    // Killed after a file was written, and before anybody was told.
    const [file = ""] = readdirSync(path).filter((name) => name.endsWith(".json"));
    rmSync(join(path, file));
    writeFileSync(join(path, "lock"), "999999999");
    folder.change(() => undefined);
    before.refresh();
    expect([folder, before].map(({ state }) => Object.keys(state.resources))).toEqual([[], []]);
    expect(readdirSync(path)).not.toContain("lock");
  });

  it("brings what a killed process had begun to its end, before anybody reads", () => {
    changeCloud(path, (cloud) => {
      cloud.put(...bodies.group);
      cloud.put(bodies.group[0], groupCalled("other"));
    });
    const files = readdirSync(path).filter((name) => name.endsWith(".json"));
    const texts = files.map((name) => JSON.parse(readFileSync(join(path, name), "utf8")));
    const [index] = texts.flatMap(({ id }, place) => (id.endsWith("/rg") ? [place] : []));
    const [gone = "", kept = ""] = index === 0 ? files : files.toReversed();
    const resource = { ...texts.find(({ id }) => id.endsWith("/other")), inputs: groupCalled("changed") };
    // Killed with the journal written, and half of it done.
    writeFileSync(join(path, "journal"), JSON.stringify({ written: { [kept]: resource }, removed: [gone] }));
    rmSync(join(path, gone));
    writeFileSync(join(path, "lock"), "999999999");
    const { state } = new CloudFolder(path);
    expect(Object.values(state.resources)).toEqual([resource]);
    expect(readdirSync(path).toSorted()).toEqual(["changed", kept].toSorted());
  });

  it("loses nothing where several processes write at once", async () => {
    const ended = ["a", "b", "c"].map(
      (name) =>
        new Promise<number | null>((resolve) => {
          forkSupport("folderWriter.ts", path, name, "40").on("exit", resolve);
        }),
    );
    expect(await Promise.all(ended)).toEqual([0, 0, 0]);
    expect(standing()).toBe(120);
  });
});
