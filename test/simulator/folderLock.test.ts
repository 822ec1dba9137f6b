import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { locked, ownerOf } from "../../simulator/kept/folderLock";
import { forkSupport } from "../support/processes";

let folder: string;
let lock: string;
let children: ChildProcess[];
/** What those who held the lock said. */
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-lock-"));
  lock = join(folder, "lock");
  [children, said] = [[], []];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Another process that holds the lock so many times. */
function holder(times: number): ChildProcess {
  const child = forkSupport("lockHolder.ts", folder, String(times));
  child.on("message", (message) => said.push(String(message)));
  children.push(child);
  return child;
}

/** No process has it. */
const nobody = "999999999";

describe("the lock of a folder", () => {
  it("is gone when the work is done, also where it ends with an error", () => {
    expect(locked(lock, (wasKilled) => [wasKilled, readFileSync(lock, "utf8")])).toEqual([
      false,
      String(process.pid),
    ]);
    expect(() =>
      locked(lock, () => {
        throw new Error("no more");
      }),
    ).toThrow("no more");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("passes from one that was killed to the next, who is told; whoever wanted it and was killed too leaves nothing", () => {
    writeFileSync(lock, nobody);
    writeFileSync(`${lock}.${nobody}`, nobody);
    expect(locked(lock, (wasKilled) => [wasKilled, readFileSync(lock, "utf8")])).toEqual([
      true,
      String(process.pid),
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("passes on too where it was taken and no number written", () => {
    writeFileSync(lock, "");
    expect(locked(lock, (wasKilled) => wasKilled)).toBe(true);
  });

  it("waits for one that is slow to write its number", async () => {
    writeFileSync(lock, "");
    holder(1);
    await setTimeout(700);
    writeFileSync(lock, String(process.pid));
    await setTimeout(300);
    expect(said).toEqual([]);
    rmSync(lock);
    await vi.waitFor(() => expect(said).toEqual(["free"]), 10_000);
  });

  it("is left by one that was killed to whoever wanted it first", async () => {
    writeFileSync(lock, nobody);
    writeFileSync(`${lock}.${process.pid}`, String(process.pid));
    holder(1);
    await setTimeout(700);
    expect([said, readFileSync(lock, "utf8")]).toEqual([[], nobody]);
    rmSync(`${lock}.${process.pid}`);
    await vi.waitFor(() => expect(said).toEqual(["killed"]), 10_000);
    await vi.waitFor(() => expect(existsSync(lock)).toBe(false), 10_000);
  });

  it("is never held by two, though those who hold it are killed one after the other while others wait", async () => {
    const hold = () => new Promise((resolve) => holder(Number.POSITIVE_INFINITY).once("message", resolve));
    await Promise.all([hold(), hold(), hold(), hold()]);
    for (let kills = 0; kills < 8; ) {
      await setTimeout(5);
      const pid = ownerOf(lock);
      const holding = children.find((child) => child.pid === pid && !child.killed);
      if (holding === undefined) continue;
      holding.kill("SIGKILL");
      kills++;
      await hold();
    }
    expect(new Set(said)).toEqual(new Set(["free", "killed"]));
  });
});
