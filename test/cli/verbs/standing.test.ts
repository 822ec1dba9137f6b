import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { shapes } from "../../../cli/terminal/shapes";
import { idOf, simulatedSubscription } from "../../../simulator/arm/ids";
import { tokens } from "../../../simulator/arm/resourceTypes";
import { changeCloud } from "../../../simulator/kept/cloudFolder";
import { ServedLabs } from "../../support/azure/servedLabs";
import { lab } from "../../support/cli";
import { labWith, spawnLab } from "../../support/processes";

/*
 * `status`, `start` and `stop` of a lab that stands on the simulated Azure: as the twin, and as an Azure that the Azure CLI is signed in to.
 */

/** Puts a program in the place of the Azure CLI, which is all that is on PATH. */
function onlyAz(text: string): void {
  const folder = mkdtempSync(join(tmpdir(), "az-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "az"), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, "az"), 0o755);
  vi.stubEnv("PATH", folder);
  vi.stubEnv("ARM_SUBSCRIPTION_ID", "");
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe("a lab on an Azure", () => {
  const labs = new ServedLabs();
  const cloud = join(labs.folder, "cloud");
  beforeAll(() => labs.start("minimal"));
  afterAll(() => labs.stop());

  /** What `npm run lab --` says of it, by way of the Azure CLI. */
  async function said(...words: readonly string[]) {
    onlyAz(await labs.signedInAz());
    vi.stubEnv("REQUESTS_CA_BUNDLE", labs.env.REQUESTS_CA_BUNDLE);
    return lab(...words, "--stack", "minimal");
  }
  const machine = (name: string, dataCenter: string) =>
    idOf(simulatedSubscription, tokens.machine, { resourceGroupName: `mini-${dataCenter}`, vmName: name });

  it("is told as data that keep their shape", async () => {
    const { code, stdout } = await said("status", "--json");
    expect(shapes.status.safeParse(JSON.parse(stdout)).error).toBeUndefined();
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { stack: "minimal", lab: "mini", site: "primary", isWhole: true, missing: [], extra: [] },
    ]);
    expect(JSON.parse(stdout).nextStop.told).toMatch(/^\d\d:\d\d, UTC$/);
  });

  it("is asked for what is stopped, what failed, what lacks, and what nobody planned", async () => {
    changeCloud(cloud, (azure) => {
      azure.setRunning(machine("A-CHAT01", "primary"), false);
      azure.delete(`${machine("B-SQL01", "secondary")}/runCommands/firewall`);
      azure.put(tokens.securityGroup, {
        ...{ resourceGroupName: "mini-primary", networkSecurityGroupName: "mine", location: "northeurope" },
        securityRules: [],
      });
      const step = azure.get(`${machine("B-SQL01", "secondary")}/runCommands/data-disks`);
      if (step !== undefined) {
        azure.delete(step.id);
        azure.put(step.token, step.inputs, "failed");
      }
    });
    const { code, stdout } = await said("status");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Lab mini, served from the primary data center: (\d+) of (\d+) machines run, /);
    expect(stdout).toMatch(/^ {2}A-CHAT01 +deallocated +persistent-chat$/m);
    expect(stdout).toMatch(
      /\nGuest steps that did not succeed\n {2}B-SQL01 {2}data-disks {2}Failed {2}\S+ \S+ UTC {2}A fault let this script fail\.\n\nGuest steps that did not run\n {2}B-SQL01 {2}firewall\n/,
    );
    expect(stdout).toContain(
      "\nIn the plan, and not on Azure, whose lists may be a minute behind\n  B-SQL01/firewall  Microsoft.Compute/virtualMachines/runCommands\n\nOn Azure, and not in the plan\n  mine  Microsoft.Network/networkSecurityGroups\n",
    );
  });

  it("is stopped and started, a line for each machine", async () => {
    const stopped = await said("stop");
    expect([stopped.code, stopped.stderr]).toEqual([0, ""]);
    expect(stopped.stdout).toMatch(/^Persistent Chat servers\n {2}A-CHAT01 {2}was stopped already\n/);
    expect(stopped.stdout).toMatch(
      /Domain controllers\n(?: {2}[AB]-DC01 {4}runs on, as the stack file lets it .*\n){2}\n6 of 8 machines /,
    );
    const rest = await said("stop", "--all");
    expect(rest.stdout).toMatch(
      /Domain controllers\n(?: {2}[AB]-DC01 {4}stopped in \d+ s\n){2}\nAll 8 machines /,
    );
    const { stdout } = await said("status", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ nextStop: null });
    const started = await said("start", "--json");
    expect(shapes["start, stop"].safeParse(JSON.parse(started.stdout)).error).toBeUndefined();
    expect([started.code, JSON.parse(started.stdout).isDone]).toEqual([0, true]);
    // Whoever reads data sees how it goes on, beside them.
    expect(started.stderr).toMatch(/^Domain controllers\n {2}[AB]-DC01 {4}started in \d+ s\n/);
  });

  it("that is another one's is refused in a sentence", async () => {
    onlyAz((await labs.signedInAz()).replace(simulatedSubscription, "11111111-1111-1111-1111-111111111111"));
    vi.stubEnv("REQUESTS_CA_BUNDLE", labs.env.REQUESTS_CA_BUNDLE);
    const { code, stdout } = await lab("status", "--stack", "minimal");
    expect([code, stdout]).toEqual([
      1,
      "Lab mini does not stand: Azure has neither resource group of it, mini-primary and mini-secondary.\n",
    ]);
  });

  it("that nobody may ask is refused in a sentence", async () => {
    onlyAz((await labs.signedInAz()).replace(/"accessToken":"[^"]*"/, '"accessToken":"a.b.c"'));
    vi.stubEnv("REQUESTS_CA_BUNDLE", labs.env.REQUESTS_CA_BUNDLE);
    const { code, stderr } = await lab("status", "--stack", "minimal");
    expect([code, stderr]).toEqual([
      2,
      "Azure refuses that: InvalidAuthenticationToken: The access token is invalid.\nSee npm run lab -- --help\n",
    ]);
  });

  it("is the twin's with --twin, for which no Azure CLI is needed", () => {
    const { code, stdout } = labWith(
      { LAB_TWIN: labs.folder, PATH: "" },
      "stop",
      "--stack",
      "minimal",
      "--twin",
      "--all",
    );
    expect([code, stdout.split("\n").at(-2)]).toEqual([
      0,
      expect.stringMatching(
        /^All \d+ machines are stopped, and cost nothing but their disks and addresses\.$/,
      ),
    ]);
  });
});

describe("a stop that takes its time", () => {
  const labs = new ServedLabs();
  beforeAll(async () => {
    await labs.fill("minimal");
    await labs.serve("--clock", "real");
  });
  afterAll(() => labs.stop());

  it("ends with Ctrl-C, and says what goes on", async () => {
    const child = spawnLab(["stop", "--stack", "minimal", "--twin"], {
      env: { ...process.env, LAB_TWIN: labs.folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: string[] = [];
    child.stderr?.on("data", (part: Buffer) => said.push(String(part)));
    child.stdout?.once("data", () => setTimeout(() => child.kill("SIGINT"), 300));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect([code, said.join("")]).toEqual([
      130,
      "\nAzure goes on with what was begun; the same command once more does the rest.\n",
    ]);
  });
});

describe("an Azure that cannot be asked", () => {
  it.each([
    ["without an Azure CLI", "exit 0", true, "The Azure CLI (az) is not on PATH: pip install azure-cli"],
    [
      "where nobody is signed in",
      "echo WARNING >&2; echo Please run az login >&2; exit 1",
      false,
      "The Azure CLI gives no access: Please run az login\n",
    ],
  ])("is told in a sentence %s", async (_, text, isGone, sentence) => {
    onlyAz(text);
    if (isGone) vi.stubEnv("PATH", "/nowhere");
    const { code, stderr } = await lab("start", "--stack", "minimal");
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });

  it("is told in a sentence where it is a twin that nobody made", () => {
    const { code, stderr } = labWith({ LAB_TWIN: "/nowhere/twin" }, "status", "--stack", "minimal", "--twin");
    expect([code, stderr]).toEqual([
      2,
      "There is no twin in /nowhere/twin yet: npm run lab -- twin -- pulumi up makes one, and LAB_TWIN names another folder.\nSee npm run lab -- --help\n",
    ]);
  });
});
