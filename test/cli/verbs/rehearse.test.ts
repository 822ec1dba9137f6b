import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { chromium, drawnIn } from "../../support/chromium";
import { lab, stackFile } from "../../support/cli";

const rehearsal = async (...args: string[]) =>
  JSON.parse((await lab("rehearse", "--stack", "minimal", "--json", ...args)).stdout);

describe("lab rehearse", async () => {
  const result = await rehearsal();

  it("prints the virtual time of everything with --json, with the fields that others rely on", () => {
    expect(Object.keys(result)).toEqual([
      "resources",
      "makespanMinutes",
      "sequentialMinutes",
      "criticalPath",
      "timeline",
    ]);
    expect(result.resources).toBe(141);
    expect(result.timeline.length).toBe(121);
    for (const span of [...result.timeline, ...result.criticalPath])
      expect(Object.keys(span)).toEqual(["urn", "start", "end", ...("back" in span ? ["back"] : [])]);
    // Two promotions and six joins end with a restart.
    expect(result.timeline.filter((span: object) => "back" in span).length).toBe(8);
    expect(result.criticalPath.at(-1).end).toBe(result.makespanMinutes);
  });

  it("draws durations with the seed that it is given", async () => {
    expect((await rehearsal("--seed", "3")).makespanMinutes).not.toBe(result.makespanMinutes);
  });

  it("takes --parallel as the Pulumi CLI does", async () => {
    expect((await rehearsal("--parallel", "1")).makespanMinutes).toBeCloseTo(result.sequentialMinutes, 1);
  });

  it("shows when each machine is built and worked on, the critical path and the total", async () => {
    const { code, stdout, stderr } = await lab("rehearse", "--stack", "minimal");
    expect(code).toBe(0);
    expect(stderr).toContain(
      "Rehearsing stack minimal on a simulated Azure: no account, no network, nothing is created.\n",
    );
    expect(stdout).toMatch(/^ {2}A-DC01 +domain-controller +░+█+ +█+$/m);
    expect(stdout).toMatch(
      /\nCritical path: from, to, and what the rest waited for\n {2}0:00 {2}0:00 {2}primary-group\n/,
    );
    expect(stdout).toContain(
      "\n121 Azure resources for 8 machines: ready after 44 min, one after the other 3 h 10 min (4.4 times as long).\n",
    );
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it("tells what the simulated Azure refuses, and exits with 1", async () => {
    const path = stackFile(`config:
  persistent-chat-lab:dataCenters:
    primary: { region: northeurope }
    secondary: { region: swedencentral }
  persistent-chat-lab:frontEnds: { servers: 6 }
  persistent-chat-lab:machines: { frontEnd: { size: Standard_D64s_v5 } }
`);
    const { code, stdout, stderr } = await lab("rehearse", "--config-file", path, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout).refusals.length).toBe(2);
    expect(stderr).toMatch(
      /The simulated Azure refused \d+ resources:\n {2}[AB]-FE\d\d-vm\n {4}Status=409 Code="OperationNotAllowed" Message="/,
    );
  });

  it("tells by family which quota would be too small, in Azure's words", async () => {
    const { code, stdout, stderr } = await lab(
      "rehearse",
      "--stack",
      "minimal",
      "--cores",
      "standardDSv5Family=4",
    );
    expect(code).toBe(1);
    expect(stdout).toContain(
      "\nNot ready: 4 of 121 Azure resources refused, 43 more wait for them, 74 would stand after 35 min.\n",
    );
    expect(stdout).not.toMatch(/ready after|Critical path/);
    expect(stdout).toMatch(/\n {2}A-CHAT01 {2}persistent-chat\n/);
    expect(stderr).toMatch(
      /Code="OperationNotAllowed" Message="Operation could not be completed as it results in exceeding approved standardDSv5Family Cores quota\. .* Current Limit: 4, /,
    );
  });

  it("lets Azure refuse what a file of faults says", async () => {
    const type = "azure-native:compute:VirtualMachine";
    const file = stackFile(JSON.stringify([{ type, name: "A-SQL01", fault: "sku-not-available" }]));
    const { code, stdout, stderr } = await lab("rehearse", "--stack", "minimal", "--faults", file);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /refused 1 resource:\n {2}A-SQL01-vm\n {4}Status=409 Code="SkuNotAvailable" Message="/,
    );
    expect(stdout).toContain("\nNot ready: 1 of 121 Azure resources refused, ");
  });

  it("takes no faults that need something to be killed or left half-way", async () => {
    const faults = [
      { type: "*", fault: "hangs" },
      { type: "*", fault: "throttled" },
      { type: "*", fault: "slow" },
    ];
    const { code, stderr } = await lab("rehearse", "--faults", stackFile(JSON.stringify(faults)));
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /A rehearsal has refusals only, and \S+ has hangs, slow: try it with npm run lab -- twin --faults\.\n/,
    );
  });

  it("refuses a family that the lab does not use", async () => {
    const { code, stderr } = await lab("rehearse", "--stack", "minimal", "--cores", "standardXFamily=4");
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /The lab has no machine of the family standardXFamily; it uses standard\w+Family/,
      ),
    ]);
  });
});

describe("the timeline of a rehearsal as SVG", () => {
  it("goes to stdout, with a bar for what Azure builds and what scripts do on each machine", async () => {
    const { code, stdout } = await lab("rehearse", "--stack", "minimal", "--format", "svg");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^<svg role="img" [^>]*>\n<title>pchat\.lab\.test: 121 Azure resources for 8 machines: ready after \d+ min, .*<\/title>\n/,
    );
    expect(stdout.match(/fill="#b9c4d3"/g)).toHaveLength(1 + 8);
    expect(stdout.match(/fill="#2f7d4a"/g)).toHaveLength(1 + 61);
  });

  it.skipIf(chromium === undefined)("has every machine, and no text over another", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lab-timeline-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { stdout } = await lab("rehearse", "--stack", "figure-1", "--format", "svg");
    const texts = drawnIn(stdout, folder);
    expect(texts.filter(({ over }) => over.length > 0)).toEqual([]);
    expect(texts.filter(({ text }) => /^[AB]-/.test(text))).toHaveLength(30);
  });

  it("goes into a file, and is told of", async () => {
    const path = stackFile("", "timeline.svg");
    const { stdout, stderr } = await lab("rehearse", "--stack", "minimal", "--format", "svg", "--out", path);
    expect(stdout).toBe("");
    expect(stderr).toContain("the timeline of stack minimal");
    expect(readFileSync(path, "utf8")).toMatch(/^<svg role="img" /);
  });

  it("goes into a file only as a picture", async () => {
    expect((await lab("rehearse", "--out", "x")).stderr).toContain("--out of rehearse needs --format svg.\n");
    expect((await lab("rehearse", "--json", "--format", "svg")).stderr).toContain(
      "--json and --format are two ways to write the same: choose one.\n",
    );
  });
});
