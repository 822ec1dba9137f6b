import { spawnSync } from "node:child_process";

/** Where the Pulumi CLI runs, and with which variables besides this process's own. */
export interface PulumiPlace {
  readonly project: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs the Pulumi CLI, which must be there, to its end. */
export function pulumi({ project, env }: PulumiPlace, ...words: readonly string[]) {
  return spawnSync("pulumi", words, {
    cwd: project,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 1024 ** 3,
  });
}

/** Runs the Pulumi CLI to its end in the user's own terminal; gives its exit code. */
export function pulumiShown({ project, env }: PulumiPlace, ...words: readonly string[]): number {
  const { status } = spawnSync("pulumi", words, {
    cwd: project,
    env: { ...process.env, ...env },
    stdio: "inherit",
  });
  return status ?? 1;
}

/** Whether the Pulumi CLI is there. */
export function hasPulumi(): boolean {
  return spawnSync("pulumi", ["version"], { stdio: "ignore" }).error === undefined;
}
