import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { pulumi } from "../cli/pulumi/pulumi";
import { initStack, prepareTwin, type Twin } from "../cli/pulumi/twin";
import { withoutCheckpoints } from "../test/support/engine/checkpoints";

/*
 * Seconds that the real Pulumi CLI takes, on the simulated Azure. Without checkpoints: writing the whole state before and after each resource,
 * as Pulumi does into a local folder, takes most of the time of a large lab, and hides what the program costs.
 */

export interface EngineSeconds {
  readonly preview: number;
  readonly up: number;
  readonly upAgain: number;
}

/** A new stack, with the options of Pulumi.yaml or with Pulumi's own for TypeScript. */
export function secondsOf(stack: string, options: "ours" | "defaults"): EngineSeconds {
  return inTwin((twin) => {
    initStack(twin, stack);
    if (options === "defaults") withoutOptions(join(twin.project, "Pulumi.yaml"));
    return {
      preview: timed(twin, "preview", "--stack", stack),
      up: timed(twin, "up", "--yes", "--skip-preview", "--stack", stack),
      upAgain: timed(twin, "up", "--yes", "--skip-preview", "--stack", stack, "--expect-no-changes"),
    };
  });
}

/** One lab after another into the same Azure; the seconds of each. */
export function secondsOfLabs(count: number): readonly number[] {
  return inTwin((twin) => {
    const source = readFileSync(join(twin.project, "stacks", "Pulumi.minimal.yaml"), "utf8");
    return Array.from({ length: count }, (_, index) => {
      const stack = `lab-${index}`;
      const inStack = (...args: string[]) => timed(twin, ...args, "--stack", stack);
      timed(twin, "stack", "init", stack);
      const path = join(twin.project, "stacks", `Pulumi.${stack}.yaml`);
      const { encryptionsalt } = parse(readFileSync(path, "utf8")) as { readonly encryptionsalt: string };
      writeFileSync(path, stringify({ encryptionsalt, ...parse(source) }));
      inStack("config", "set", "--secret", "adminPassword", "Bench-1-password");
      inStack("config", "set", "lab", `lab${index}`);
      return inStack("up", "--yes", "--skip-preview");
    });
  });
}

function inTwin<T>(run: (twin: Twin) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "lab-bench-"));
  try {
    const twin = prepareTwin(folder);
    return run({ ...twin, env: { ...twin.env, ...withoutCheckpoints } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withoutOptions(path: string): void {
  const content = parse(readFileSync(path, "utf8")) as object;
  writeFileSync(path, stringify({ ...content, runtime: "nodejs" }));
}

function timed(twin: Twin, ...args: readonly string[]): number {
  const started = performance.now();
  const { status, stdout, stderr } = pulumi(twin, ...args, "--non-interactive");
  if (status !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  return (performance.now() - started) / 1000;
}
