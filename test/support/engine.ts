import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { hasPulumi, initStack, prepareTwin, type Twin } from "../../cli/twin";
import { withChange } from "./changes";

/** Without a CLI tests of the engine are skipped, unless LAB_REQUIRE_ENGINE is set. */
export const skipEngine = !hasPulumi() && process.env.LAB_REQUIRE_ENGINE !== "1";

export interface EngineResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly output: string;
}

/** One stack on a simulated Azure of its own, driven by the real Pulumi CLI. */
export class EngineStack {
  readonly twin: Twin;
  private readonly folder = mkdtempSync(join(tmpdir(), "lab-twin-"));

  constructor(readonly stack: string) {
    // A CLI built from its Go module brings no language host.
    const hasHost = spawnSync("pulumi-language-nodejs", ["-h"], { stdio: "ignore" }).error === undefined;
    this.twin = prepareTwin(
      this.folder,
      hasHost ? {} : { "pulumi-language-nodejs": join(__dirname, "languageHost.ts") },
    );
    initStack(this.twin, stack);
  }

  pulumi(...args: string[]): EngineResult {
    const { status, stdout, stderr } = spawnSync(
      "pulumi",
      [...args, "--stack", this.stack, "--non-interactive", "--color", "never"],
      {
        cwd: this.twin.project,
        env: { ...process.env, ...this.twin.env },
        encoding: "utf8",
        maxBuffer: 256 * 1024 ** 2,
      },
    );
    return { status, stdout, output: stdout + stderr };
  }

  /** Runs something with other values in the stack's file: path below the namespace -> value, `null` for a key that goes. */
  with<T>(changes: Readonly<Record<string, unknown>>, run: () => T): T {
    const path = join(this.twin.project, "stacks", `Pulumi.${this.stack}.yaml`);
    const before = readFileSync(path, "utf8");
    const content = parse(before);
    const values = Object.fromEntries(
      Object.entries(changes).map(([key, value]) => [`persistent-chat-lab:${key}`, value]),
    );
    writeFileSync(path, stringify({ ...content, config: withChange(content.config, { values }) }));
    try {
      return run();
    } finally {
      writeFileSync(path, before);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
