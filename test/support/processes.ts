import { type ChildProcess, fork, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../../cli/terminal/paths";

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What npm has Node start, in a checkout. */
export const startWords = ["-r", "./loader/register.cjs", "cli/start.ts"] as const;

/** Starts what npm would start, without npm, and does not wait for its end. */
export const spawnLab = (words: readonly string[], options: SpawnOptions): ChildProcess =>
  spawn(process.execPath, [...startWords, ...words], {
    cwd: root,
    ...options,
  });

/** The same as npm would start it, without npm, with other environment variables. */
export function labWith(env: Readonly<Record<string, string>>, ...args: string[]): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...startWords, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

/** Runs a line that the lab tells its user to type, as it stands, in the checkout. */
export function typed(line: string, env: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", line], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout, output: `${line}\n${stdout}${stderr}` };
}

/** Starts a program that stands beside this file, in a process that can tell what it finds. */
export const forkSupport = (program: string, ...words: readonly string[]): ChildProcess =>
  fork(join(__dirname, program), words, { execArgv: ["-r", join(root, "loader", "register.cjs")] });
