import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStack } from "../../cli/stackFile";
import { EngineStack, skipEngine } from "../support/engine";
import { rehearseLab } from "../support/rehearse";

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
    const steps: readonly { op: string; urn: string; newState: { inputs: object } }[] =
      JSON.parse(stdout).steps;
    const { resources: rehearsed } = await rehearseLab(readStack("minimal", undefined).raw);
    expect(steps.every(({ op }) => op === "create")).toBe(true);
    const place = (urn: string) => urn.replace("urn:pulumi:dev::", "urn:pulumi:minimal::");
    const previewed = new Map(steps.map(({ urn, newState }) => [urn, known(newState.inputs)]));
    expect(steps.length).toBe(rehearsed.length);
    for (const { urn, inputs } of rehearsed.filter(({ custom }) => custom))
      expect(inputs, urn).toMatchObject(previewed.get(place(urn)) as object);
    expect(resources()).toBe(0);
  });

  it("creates everything, and has nothing to do the second time, nor to refresh", () => {
    const first = pulumi("up", "--yes", "--skip-preview");
    expect(first.output).toContain("+ 135 created");
    expect(resources()).toBe(115);
    expect(pulumi("up", "--yes", "--skip-preview", "--expect-no-changes").status).toBe(0);
    expect(pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes").status).toBe(0);
  });

  it("keeps the password out of state, cloud and console", () => {
    const password = pulumi("config", "get", "adminPassword").stdout.trim();
    expect(password).toMatch(/^Twin-1-/);
    const state = pulumi("stack", "export");
    expect(state.output).not.toContain(password);
    const encoded = Buffer.from(password).toString("base64");
    for (const file of readdirSync(engine.twin.cloud)) {
      const text = readFileSync(join(engine.twin.cloud, file), "utf8");
      expect(text.includes(password) || text.includes(encoded)).toBe(false);
    }
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
    pulumi("config", "set", "protectData", "false");
    expect(pulumi("up", "--yes", "--skip-preview").status).toBe(0);
    expect(pulumi("destroy", "--yes", "--skip-preview").status).toBe(0);
    expect(resources()).toBe(0);
  });
});

/** What of the inputs is known in a preview, secrets shown as a rehearsal shows them. */
function known(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  if ("4dabf18193072939515e22adb298388d" in value) return "[secret]";
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => inner !== "04da6b54-80e4-46f7-96ec-b56ff0331ba9" && key !== "__defaults")
      .map(([key, inner]) => [key, known(inner)]),
  );
}
