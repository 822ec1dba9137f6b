import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disagreements } from "../support/agreement";
import { EngineStack, expectDone, skipEngine } from "../support/engine";
import { rehearseStack } from "../support/rehearse";

/*
 * The real Pulumi engine, unchanged, on the simulated Azure.
 */

describe.skipIf(skipEngine)("the real engine", () => {
  let engine: EngineStack;
  const pulumi = (...args: string[]) => engine.pulumi(...args);
  const resources = () => readdirSync(engine.twin.cloud).length;

  beforeAll(() => {
    engine = new EngineStack("minimal");
  });
  afterAll(() => engine?.remove());

  it("previews what a rehearsal registers, with the same inputs wherever they are known before a deployment", async () => {
    const { status, stdout } = pulumi("preview", "--json");
    expect(status).toBe(0);
    const { resources: rehearsed } = await rehearseStack("minimal");
    expect(disagreements(stdout, rehearsed)).toEqual([]);
    expect(resources()).toBe(0);
  });

  it("creates everything, and has nothing to do the second time, nor to refresh", () => {
    const first = pulumi("up", "--yes", "--skip-preview");
    expect(first.output).toContain("+ 135 created");
    expect(resources()).toBe(115);
    expectDone(pulumi("up", "--yes", "--skip-preview", "--expect-no-changes"));
    expectDone(pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes"));
  });

  it("keeps the password out of state, cloud, plugin store and console", () => {
    const password = pulumi("config", "get", "adminPassword").stdout.trim();
    expect(password).toMatch(/^Twin-1-/);
    const encoded = Buffer.from(password).toString("base64");
    const tells = (text: string) => text.includes(password) || text.includes(encoded);
    const said = [
      pulumi("stack", "export"),
      pulumi("preview", "--diff"),
      pulumi("stack", "output", "--json"),
    ];
    expect(said.filter(({ output }) => tells(output))).toEqual([]);
    // Backend with history and backups, cloud, Pulumi's home, the project with its stack files.
    const files = readdirSync(engine.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    expect(files.length).toBeGreaterThan(116);
    expect(files.filter((file) => tells(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("puts back what somebody deleted by hand", () => {
    const schedule = readdirSync(engine.twin.cloud).find((file) =>
      readFileSync(join(engine.twin.cloud, file), "utf8").includes("shutdown-computevm-A-CHAT01"),
    );
    rmSync(join(engine.twin.cloud, schedule ?? ""));
    expect(pulumi("refresh", "--yes", "--skip-preview").output).toMatch(/- 1 (deleted|to delete)/);
    expect(pulumi("up", "--yes", "--skip-preview").output).toContain("+ 1 created");
    expect(resources()).toBe(115);
  });

  it("destroys no machine with data before the configuration says so, then everything", () => {
    const early = pulumi("destroy", "--yes");
    expect(early.status).not.toBe(0);
    expect(early.output).toContain("cannot be deleted");
    expect(resources()).toBe(115);
    pulumi("config", "set", "protectData", "false");
    expectDone(pulumi("up", "--yes", "--skip-preview"));
    expectDone(pulumi("destroy", "--yes", "--skip-preview"));
    expect(resources()).toBe(0);
  });
});
