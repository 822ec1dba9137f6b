import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { main } from "../../cli/main";

const root = join(__dirname, "..", "..");

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Does what `npm run lab -- ...` does, in this process. */
export async function lab(...args: readonly string[]): Promise<CommandResult> {
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockReturnValue(true),
  );
  const written = (stream: typeof stdout) => stream?.mock.calls.map(([text]) => String(text)).join("") ?? "";
  try {
    const code = await main(args);
    return { code, stdout: written(stdout), stderr: written(stderr) };
  } finally {
    for (const stream of [stdout, stderr]) stream?.mockRestore();
  }
}

/** Starts what npm would start, without npm, and does not wait for its end. */
export const spawnLab = (words: readonly string[], options: SpawnOptions): ChildProcess =>
  spawn(process.execPath, ["-r", "./loader/register.cjs", "cli/start.ts", ...words], {
    cwd: root,
    ...options,
  });

/** The same as npm would start it, without npm, with other environment variables. */
export function labWith(env: Readonly<Record<string, string>>, ...args: string[]): CommandResult {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["-r", "./loader/register.cjs", "cli/start.ts", ...args],
    { cwd: root, encoding: "utf8", env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
  );
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

/** A stack file in a folder of its own, which goes when the test is over; gives its path. */
export function stackFile(text: string, name = "Pulumi.mine.yaml"): string {
  const folder = mkdtempSync(join(tmpdir(), "lab-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A good stack file, to which lines of configuration can be added. */
export const goodStack = `config:
  persistent-chat-lab:dataCenters:
    primary: { region: northeurope }
    secondary: { region: uksouth }
`;
