import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { addressIn } from "../../../cli/azure/serving";
import { killedAfter } from "../../support/azure/killed";
import { ServedLabs } from "../../support/azure/servedLabs";
import { lab } from "../../support/cli";
import { spawnLab } from "../../support/processes";

const seed = Number(process.env.LAB_SEED ?? Date.now() % 100_000);
let folder: string;
let server: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-serve-"));
});
afterEach(() => {
  server?.kill("SIGKILL");
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a server as a user does; gives what it said until it was there. */
async function started(...words: readonly string[]): Promise<string> {
  const child = spawnLab(["serve", "--folder", folder, ...words], { stdio: ["ignore", "ignore", "pipe"] });
  server = child;
  let said = "";
  for await (const part of child.stderr ?? []) {
    said += String(part);
    if (said.includes("Ctrl-C ends it.") || child.exitCode !== null) break;
  }
  return said;
}

const ended = (signal: NodeJS.Signals) =>
  new Promise<number | null>((resolve) => {
    server?.on("exit", resolve);
    server?.kill(signal);
  });

describe("lab serve", () => {
  it("says where it is and what to type, is told apart by its folder, and ends with Ctrl-C", async () => {
    const said = await started();
    const port = addressIn(folder)?.port;
    expect(said).toContain(`is at https://localhost:${port}, for this machine only.`);
    expect(said).toContain(`eval "$(npm run --silent lab -- serve --folder ${folder} --env)"`);
    const second = await lab("serve", "--folder", folder);
    expect(second).toMatchObject({ code: 2, stdout: "" });
    expect(second.stderr).toContain(
      `Process ${server?.pid} serves ${folder} already, at https://localhost:${port}.`,
    );
    expect(await ended("SIGINT")).toBe(0);
    expect(addressIn(folder)).toBeUndefined();
  });

  it("prints for a shell what the Azure CLI needs, whose secret nobody else can read", async () => {
    await started();
    const { code, stdout } = await lab("serve", "--folder", folder, "--env");
    expect(code).toBe(0);
    const names = [...stdout.matchAll(/^export (\w+)=/gm)].map(([, name]) => name);
    expect(names).toEqual([
      "AZURE_CONFIG_DIR",
      "REQUESTS_CA_BUNDLE",
      "IDENTITY_ENDPOINT",
      "IDENTITY_HEADER",
      "AZURE_CORE_COLLECT_TELEMETRY",
      "AZURE_CORE_NO_COLOR",
    ]);
    for (const name of ["secret", "key.pem"])
      expect(statSync(join(folder, "serve", name)).mode & 0o077, name).toBe(0);
  });

  it("keeps its port and its secret over a kill, and takes another folder's port from nobody", async () => {
    await started();
    const before = [addressIn(folder)?.port, readFileSync(join(folder, "serve", "secret"), "utf8")];
    await ended("SIGKILL");
    await started();
    expect([addressIn(folder)?.port, readFileSync(join(folder, "serve", "secret"), "utf8")]).toEqual(before);
    const other = mkdtempSync(join(tmpdir(), "lab-serve-"));
    try {
      expect(await lab("serve", "--folder", other, "--port", String(before[0]))).toMatchObject({
        code: 2,
        stderr: `Port ${before[0]} is somebody else's (EADDRINUSE): choose another one with --port.\nSee npm run lab -- --help\n`,
      });
      expect(readdirSync(other)).not.toContain("address.json");
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  it(`has all that it answered, and nothing by half, after kill -9 at a drawn moment (LAB_SEED=${seed})`, async () => {
    const labs = new ServedLabs();
    onTestFinished(() => labs.stop());
    for (const milliseconds of fc.sample(fc.integer({ min: 50, max: 300 }), { numRuns: 3, seed }))
      expect(await killedAfter(labs, milliseconds)).toEqual([]);
  });

  it("says so where nobody serves, and where the file of faults is none", async () => {
    expect(await lab("serve", "--folder", folder, "--env")).toMatchObject({
      code: 2,
      stderr: `Nobody serves ${folder} now: start npm run lab -- serve --folder ${folder}, in another window or with & behind it.\nSee npm run lab -- --help\n`,
    });
    expect(await lab("serve", "--folder", folder, "--faults", "nowhere.json")).toMatchObject({
      code: 2,
      stderr: 'There is no file of faults "nowhere.json".\nSee npm run lab -- --help\n',
    });
  });
});
