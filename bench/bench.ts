import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasPulumi } from "../cli/pulumi/pulumi";
import { readStack, shippedStacks } from "../cli/stack/stackFile";
import { sentinel } from "../test/support/components";
import { runAsPulumiDoes } from "../test/support/engine/fakeEngine";
import { rehearseLab } from "../test/support/rehearse";
import { copyRepository, labIn } from "../test/support/repository";
import { flatConfig } from "../topology/config/raw";
import { planLab } from "../topology/planLab";
import { siteOfPlan } from "../topology/resilience/ofPlan";
import { survivalOf } from "../topology/resilience/survival";
import { served } from "./azure";
import { writeBareProgram } from "./bareProgram";
import { type EngineSeconds, secondsOf, secondsOfLabs } from "./engine";
import { inTurn, measure, root } from "./measure";
import { measured, printSummary, tell, tellWhether } from "./rows";
import { shortestMinutes } from "./shortest";
import { tellSpeed } from "./yardstick";

/*
 * What this project promises about speed and memory, measured. Ratios come from runs in turn on one machine, so they hold on any;
 * limits in seconds are for two cores of an ordinary server, and a yardstick tells how much longer a slower one may take.
 * `--quick` measures fewer times, and leaves out the largest of what grows and the tests' own time.
 */

const quick = process.argv.includes("--quick");
const times = quick ? 3 : 7;
const lab = (...args: string[]) => measure("cli/start.ts", ...args);
const full = ["--stack", "full"];

async function commands(): Promise<void> {
  const check = lab("check", ...full);
  tellWhether(
    "check loads nothing of Pulumi",
    check.loadedPulumi ? "loads it" : "loads none",
    "loads none",
    !check.loadedPulumi,
  );
  const bare = writeBareProgram("full");
  const { checking, previewing, rehearsing, registering } = await inTurn(times, {
    checking: () => lab("check", ...full).seconds,
    previewing: () => lab("preview", ...full).seconds,
    rehearsing: () => lab("rehearse", ...full).seconds,
    registering: () => measure(bare).seconds,
  });
  tellSpeed("check --stack full", checking, "at most", 0.5, " s");
  tell("preview --stack full, against a bare program", previewing / registering, "at most", 1.15, " x");
  tellSpeed("rehearse --stack full, on top of preview", rehearsing - previewing, "at most", 2, " s");
  await askingAzure();
  tell("rehearse --stack full, peak memory", lab("rehearse", ...full).peakMiB, "at most", 350, " MiB");
}

/** Whether a subscription can have Figure 1: the program, and two dozen questions at an address that is served meanwhile. */
async function askingAzure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lab-bench-"));
  try {
    process.env.LAB_TWIN = folder;
    const { asking } = await inTurn(times, {
      asking: () => lab("check", "--stack", "figure-1", "--azure", "--twin").seconds,
    });
    tellSpeed("check --azure --twin --stack figure-1", asking, "at most", 5, " s");
  } finally {
    delete process.env.LAB_TWIN;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a lab survives: the table that previews ask for, and every state that the databases of Figure 1 can come into. */
async function survival(): Promise<void> {
  const site = siteOfPlan(planLab(readStack("figure-1", undefined).raw).plan);
  const { asking } = await inTurn(3 * times, {
    asking: () => {
      const started = performance.now();
      survivalOf(site);
      return performance.now() - started;
    },
  });
  tellSpeed("what figure-1 survives, its pairs too", asking, "at most", 50, " ms");
  const explored = [
    { what: "three failures of any kind", args: ["3"], states: 283_058, most: { seconds: 30, MiB: 500 } },
    {
      what: "four losses of machines, data centers and link",
      args: ["4", "hardware"],
      states: 700_822,
      most: { seconds: 60, MiB: 600 },
    },
  ];
  for (const { what, args, states, most } of quick ? explored.slice(0, 1) : explored) {
    const { stdout, seconds, peakMiB } = measure("bench/survival.ts", "figure-1", ...args);
    const claim = `mgc of figure-1, every state after ${what}`;
    tellWhether(claim, stdout, String(states), stdout === String(states));
    tellSpeed(`${claim}: time`, seconds, "at most", most.seconds, " s");
    tell(`${claim}: peak memory`, peakMiB, "at most", most.MiB, " MiB");
  }
  const { stdout, seconds } = measure("bench/survival.ts", "figure-1", "2", "runbooks");
  tellWhether(
    "runbooks of mgc of figure-1, from every state after two failures",
    stdout,
    "none broken",
    stdout.endsWith("none broken"),
  );
  tellSpeed("the same: time", seconds, "at most", 60, " s");
}

/** All stacks of both sides, in a repository whose working tree has one file edited. */
function comparisons(): void {
  const folder = copyRepository();
  const seconds = (file: string, comment: string) => {
    const path = join(folder, file);
    const before = readFileSync(path, "utf8");
    writeFileSync(path, before + comment);
    const started = performance.now();
    const { status, stderr } = labIn(folder, "preview", "--base", "HEAD");
    if (status !== 0) throw new Error(`lab preview --base fails: ${stderr}`);
    writeFileSync(path, before);
    return (performance.now() - started) / 1000;
  };
  try {
    const script = seconds("guest/Set-Firewall.ps1", "# a comment\n");
    tellSpeed("preview --base, every stack, a script edited", script, "at most", 10, " s");
    const program = seconds("components/lab.ts", "// a comment\n");
    tellSpeed("preview --base, every stack, the program edited", program, "at most", 12, " s");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function asPulumiStarts(): Promise<void> {
  const config = { ...flatConfig(readStack("minimal", undefined).raw), adminPassword: sentinel };
  const call = { stack: "minimal", config, secretKeys: ["adminPassword"] };
  const start = async (runtime: object) =>
    (await runAsPulumiDoes({ ...call, runtime })).seconds.firstRegistration;
  const { ours, typeChecked } = await inTurn(Math.min(times, 3), {
    ours: () => start({}),
    typeChecked: () => start({ tsconfig: "tsconfig.json", nodeargs: "--stack-trace-limit=10" }),
  });
  tell("start under Pulumi, faster than with its defaults", typeChecked / ours, "at least", 2.5, " x");
  const bad = { stack: "bad", config: { pool: '{"servers":9}' } };
  const { refusing } = await inTurn(times, {
    refusing: async () => (await runAsPulumiDoes(bad)).seconds.end,
  });
  tellSpeed("a bad configuration is refused under Pulumi", refusing, "at most", 2, " s");
}

async function virtualTime(): Promise<void> {
  for (const stack of shippedStacks) {
    const { raw } = readStack(stack, undefined);
    const rehearsal = await rehearseLab(raw);
    const { makespanMinutes, sequentialMinutes } = rehearsal;
    const bound = shortestMinutes(planLab(raw).plan, rehearsal);
    tell(`${stack}: virtual time, against what must wait`, makespanMinutes / bound, "at most", 1.05, " x");
    tell(
      `${stack}: one after the other takes longer`,
      sequentialMinutes / makespanMinutes,
      "at least",
      3,
      " x",
    );
  }
}

/** The real engine, where there is a Pulumi CLI. */
function engine(): void {
  const seconds: EngineSeconds[][] = [[], []];
  for (let round = 0; round < (quick ? 1 : 3); round++)
    for (const [index, options] of (["ours", "defaults"] as const).entries())
      seconds[index]?.push(secondsOf("full", options));
  const least = (index: number, key: keyof EngineSeconds) =>
    Math.min(...(seconds[index] ?? []).map((one) => one[key]));
  const faster = (key: keyof EngineSeconds) => least(1, key) / least(0, key);
  tell("pulumi preview of full, faster than with defaults", faster("preview"), "at least", 1.8, " x");
  tell("pulumi up of full, faster than with defaults", faster("up"), "at least", 1.3, " x");
  tell("pulumi up with nothing to do, faster likewise", faster("upAgain"), "at least", 1.4, " x");
  const counts = quick ? [2, 5] : [2, 5, 10];
  const labs = secondsOfLabs(Math.max(...counts));
  const perLab = (count: number) => labs.slice(0, count).reduce((sum, one) => sum + one, 0) / count;
  for (const count of counts)
    tell(
      `pulumi up of ${count} labs in one Azure, each against one`,
      perLab(count) / perLab(1),
      "at most",
      1.3,
      " x",
    );
}

function testSuite(): void {
  const started = performance.now();
  const { status, stdout } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot"],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`npm test fails:\n${stdout.slice(-4000)}`);
  tellSpeed("npm test", (performance.now() - started) / 1000, "at most", 90, " s");
}

async function main(): Promise<void> {
  await measured("the command line", commands);
  await measured("survival", survival);
  await measured("the simulated Azure at its address", () => served(quick));
  await measured("preview --base", comparisons);
  await measured("the program as Pulumi starts it", asPulumiStarts);
  await measured("virtual time", virtualTime);
  if (hasPulumi()) await measured("the real Pulumi engine", engine);
  if (!quick) await measured("npm test", testSuite);
  if (!printSummary()) process.exitCode = 1;
}

void main();
