import type { ChildProcess } from "node:child_process";
import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { parse } from "yaml";
import { hasAz } from "../../../cli/azure/az";
import { addressIn } from "../../../cli/azure/serving";
import { hasPulumi, pulumi } from "../../../cli/pulumi/pulumi";
import { initStack, prepareTwin, stackText, type Twin } from "../../../cli/pulumi/twin";
import { readStack } from "../../../cli/stack/stackFile";
import { root } from "../../../cli/terminal/paths";
import type { Cloud } from "../../../simulator/arm/cloud";
import type { AnyFault } from "../../../simulator/arm/faultLists";
import type { Fault } from "../../../simulator/arm/faults";
import type { StoredResource } from "../../../simulator/arm/resource";
import { tokens } from "../../../simulator/arm/resourceTypes";
import { changeCloud } from "../../../simulator/kept/cloudFolder";
import { countsIn } from "../../../simulator/kept/faultsFile";
import type { Step } from "../../../topology/model";
import { planLab } from "../../../topology/planLab";
import { withChange } from "../changes";
import { type CommandResult, labWith, spawnLab, typed } from "../processes";
import { withoutCheckpoints } from "./checkpoints";

/** What stands in a command for the Azure CLI. */
const asksAzure = / -- az /;

/** Without a CLI tests of the engine are skipped, unless LAB_REQUIRE_ENGINE is set. */
export const skipEngine = !hasPulumi() && process.env.LAB_REQUIRE_ENGINE !== "1";

export interface EngineResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly output: string;
}

/** Holds that a command succeeded; where it did not, the test shows what it printed. */
export function expectDone({ status, output }: EngineResult): void {
  expect(status, output).toBe(0);
}

/** Guest steps that ran before one that they wait for had run, by when each last ran. */
export function tooEarly(steps: readonly Step[], at: ReadonlyMap<string, number>): readonly string[] {
  return steps.flatMap(({ id, after }) =>
    after
      .filter((before) => (at.get(before) ?? 0) > (at.get(id) ?? 0))
      .map((before) => `${id} before ${before}`),
  );
}

/** Serves the simulated Azure of a folder, as `npm run lab -- serve` does. */
function served(folder: string): ChildProcess {
  const server = spawnLab(["serve", "--folder", folder], { stdio: "ignore" });
  const nap = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; addressIn(folder) === undefined && tries < 1000; tries++) Atomics.wait(nap, 0, 0, 20);
  return server;
}

/** One stack on a simulated Azure of its own, driven by the real Pulumi CLI. */
export class EngineStack {
  readonly twin: Twin;
  /** All that the stack has: its project, backend, cloud and home of Pulumi. */
  readonly folder = mkdtempSync(join(tmpdir(), "lab-twin-"));

  /** Somebody who serves the simulated Azure meanwhile: everything works beside him, and by way of him. */
  private readonly server: ChildProcess;

  /** What is to go wrong, when something is. */
  private readonly faults = join(this.folder, "faults.json");

  /**
   * @param saves whether Pulumi saves its state before and after each resource, as it does for users, or at the end only, which takes a
   * quarter of the time and is the same where nothing is killed
   */
  constructor(
    readonly stack: string,
    { saves = "always" }: { readonly saves?: "always" | "at the end" } = {},
  ) {
    const twin = prepareTwin(this.folder);
    this.twin = saves === "always" ? twin : { ...twin, env: { ...twin.env, ...withoutCheckpoints } };
    initStack(this.twin, stack);
    this.server = served(this.folder);
  }

  pulumi(...args: string[]): EngineResult {
    return this.alone(...this.words(args));
  }

  /** A command that is about no stack. */
  alone(...args: string[]): EngineResult {
    const { project, env } = this.twin;
    const place = { project, env: { ...env, LAB_FAULTS: this.faults } };
    const { status, stdout, stderr } = pulumi(place, ...args);
    return { status, stdout, output: stdout + stderr };
  }

  private words(args: readonly string[]): readonly string[] {
    return [...args, "--stack", this.stack, "--non-interactive", "--color", "never"];
  }

  /** Runs something with other values in the stack's file: path below the namespace -> value, `null` for a key that goes. */
  with<T>(changes: Readonly<Record<string, unknown>>, run: () => T): T {
    const path = this.file;
    const before = readFileSync(path, "utf8");
    const content = parse(before);
    const values = Object.fromEntries(
      Object.entries(changes).map(([key, value]) => [`persistent-chat-lab:${key}`, value]),
    );
    writeFileSync(path, stackText({ ...content, config: withChange(content.config, { values }) }));
    try {
      return run();
    } finally {
      writeFileSync(path, before);
    }
  }

  /** The stack's file in the project of the twin. */
  get file(): string {
    return join(this.twin.project, "stacks", `Pulumi.${this.stack}.yaml`);
  }

  /** Runs something with another text in a file of the program. */
  edited<T>(file: string, change: (text: string) => string, run: () => T): T {
    // The project shares the program with the checkout by links: from now on it has one of its own.
    for (const name of ["index.ts", "components", "topology", "guest"]) {
      const path = join(this.twin.project, name);
      if (!lstatSync(path).isSymbolicLink()) continue;
      rmSync(path);
      cpSync(join(root, name), path, { recursive: true });
    }
    const path = join(this.twin.project, file);
    const before = readFileSync(path, "utf8");
    expect(change(before)).not.toBe(before);
    writeFileSync(path, change(before));
    try {
      return run();
    } finally {
      writeFileSync(path, before);
    }
  }

  /** Deploys without asking. */
  up(...args: string[]): EngineResult {
    return this.pulumi("up", "--yes", "--skip-preview", ...args);
  }

  /** Runs something while a write goes wrong, or while the subscription may not have something. */
  failing<T>(fault: AnyFault, run: () => T): T {
    writeFileSync(this.faults, JSON.stringify([fault]));
    try {
      return run();
    } finally {
      rmSync(this.faults);
      rmSync(countsIn(this.twin.cloud), { force: true });
    }
  }

  /** How many writes there are while something runs. */
  counting(run: () => void): number {
    const never: Fault = { type: "*", nth: Number.MAX_SAFE_INTEGER, fault: "refused" };
    return this.failing(never, () => {
      run();
      const { counts } = JSON.parse(readFileSync(countsIn(this.twin.cloud), "utf8")) as {
        readonly counts: readonly number[];
      };
      return counts[0] ?? 0;
    });
  }

  /** Guest steps that wait for one, directly or not, by their ids in the plan. */
  waitingFor(id: string): readonly string[] {
    const { steps } = planLab(readStack(this.stack, undefined).raw).plan;
    const found = new Set<string>();
    for (const step of steps)
      if (step.after.some((before) => before === id || found.has(before))) found.add(step.id);
    return [...found];
  }

  /** What is in the simulated Azure: file name -> text. */
  contents(): ReadonlyMap<string, string> {
    const { cloud } = this.twin;
    const files = readdirSync(cloud).filter((name) => name.endsWith(".json"));
    return new Map(files.map((name) => [name, readFileSync(join(cloud, name), "utf8")]));
  }

  /** When each guest step last ran, by its id in the plan, and how. */
  runs(): {
    readonly at: ReadonlyMap<string, number>;
    readonly failed: readonly string[];
    readonly succeeded: readonly string[];
  } {
    const steps = [...this.contents()]
      .map(([name, text]) => ({ name, stored: JSON.parse(text) as StoredResource }))
      .filter(({ stored }) => stored.token === tokens.runCommand)
      .map(({ name, stored }) => ({
        id: `${stored.inputs.vmName}/${stored.inputs.runCommandName}`,
        at: statSync(join(this.twin.cloud, name)).mtimeMs,
        run: stored.run,
      }));
    return {
      at: new Map(steps.map(({ id, at }) => [id, at])),
      failed: steps.filter(({ run }) => run !== "succeeded").map(({ id }) => id),
      succeeded: steps.filter(({ run }) => run === "succeeded").map(({ id }) => id),
    };
  }

  /** Keeps cloud and state as they are now; the answer brings them back, as often as it is called. */
  snapshot(): () => void {
    const kept = mkdtempSync(join(this.folder, "kept-"));
    const parts = ["cloud", "backend"];
    for (const part of parts) cpSync(join(this.folder, part), join(kept, part), { recursive: true });
    return () => {
      for (const part of parts) {
        rmSync(join(this.folder, part), { recursive: true });
        cpSync(join(kept, part), join(this.folder, part), { recursive: true });
      }
    };
  }

  /** Where the password of the lab can be read: files of Pulumi, of the cloud and of the project, by name, and what commands said. */
  leaks(said: Readonly<Record<string, EngineResult>>): readonly string[] {
    const password = this.pulumi("config", "get", "adminPassword").stdout.trim();
    expect(password).toMatch(/^Twin-1-/);
    const encoded = Buffer.from(password).toString("base64");
    const tells = (text: string) => text.includes(password) || text.includes(encoded);
    // Backend with history and backups, cloud, Pulumi's home, the stack files; not the program, to which the project has links.
    const files = ["backend", "cloud", "home", join("project", "stacks")]
      .flatMap((part) => readdirSync(join(this.folder, part), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    expect(files.length).toBeGreaterThan(this.contents().size);
    return [
      ...files.filter((file) => tells(readFileSync(file, "utf8"))),
      ...Object.keys(said).filter((name) => tells(said[name]?.output ?? "")),
    ];
  }

  /** What the lab says, of this twin. */
  lab(...words: readonly string[]): CommandResult {
    return labWith({ LAB_TWIN: this.folder }, ...words);
  }

  /** Does what `lab recover` says, as it stands, and then deploys once more. */
  mend(): void {
    const env = { LAB_TWIN: this.folder };
    const words = [
      "--stack",
      this.stack,
      "--config-file",
      this.file,
      "--out",
      join(this.folder, "import.json"),
    ];
    const found = this.lab("recover", "--twin", ...words, "--json");
    expect(found.stderr).not.toContain("\n    at ");
    const { commands } = JSON.parse(found.stdout) as { readonly commands: readonly string[] };
    expect(found.code).toBe(commands.length === 0 ? 0 : 1);
    for (const command of commands) {
      if (asksAzure.test(command) && !hasAz()) this.withoutAz(command);
      else expectDone(typed(`${command}${/ pulumi up /.test(command) ? " --yes --skip-preview" : ""}`, env));
    }
    if (commands.length === 0) expectDone(this.up());
    expectDone(this.up("--expect-no-changes"));
    expect(this.lab("recover", "--twin", ...words).stdout).toContain(
      `Nothing of stack ${this.stack} is to be mended`,
    );
  }

  /** Does by hand what the Azure CLI is told to do, where there is none. */
  private withoutAz(command: string): void {
    const option = (name: string) => new RegExp(`--${name} '?([^\\s']+)`).exec(command)?.[1] ?? "";
    if (command.includes(" az vm start ")) {
      this.byHand((cloud) => cloud.setRunning(option("ids"), true));
      return;
    }
    const names = {
      resourceGroupName: option("resource-group"),
      vmName: option("vm-name"),
      runCommandName: option("name"),
    };
    this.byHand((cloud) => cloud.delete(option("ids") || cloud.idOf(tokens.runCommand, names)));
  }

  /** Does something to the simulated Azure behind Pulumi's back. */
  byHand(change: (cloud: Cloud) => void): void {
    changeCloud(this.twin.cloud, change);
  }

  remove(): void {
    this.server.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
