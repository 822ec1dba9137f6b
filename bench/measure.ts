import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const root = join(__dirname, "..");

export interface Measured {
  readonly seconds: number;
  /** Highest resident memory of the process. */
  readonly peakMiB: number;
  readonly stdout: string;
  /** Whether the process loaded anything of Pulumi's packages. */
  readonly loadedPulumi: boolean;
}

/** Runs in the measured process when it ends. */
const report = `process.on("exit", () => {
  const pulumi = Object.keys(require.cache).some((file) => /node_modules.@pulumi/.test(file));
  require("node:fs").writeSync(3, JSON.stringify({ peak: process.resourceUsage().maxRSS, pulumi }));
});`;

/** Runs a file of this checkout with Node once, as npm would, and measures it from outside. */
export function measure(file: string, ...args: string[]): Measured {
  const code = `${report} process.argv.splice(1, 0, ${JSON.stringify(file)}); require(${JSON.stringify(join(root, file))});`;
  const started = performance.now();
  const { status, stdout, stderr, output } = spawnSync(
    process.execPath,
    ["-r", "./loader/register.cjs", "-e", code, "--", ...args],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"], maxBuffer: 256 * 1024 * 1024 },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${status}: ${stderr}`);
  const { peak, pulumi } = JSON.parse(output[3] ?? "{}") as { peak: number; pulumi: boolean };
  return { seconds, peakMiB: peak / 1024, stdout, loadedPulumi: pulumi };
}

/** The middle one of several runs. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Runs several things in turn, so that a slow minute of the machine hits all of them; the middle result of each. */
export async function inTurn<K extends string>(
  times: number,
  runs: Readonly<Record<K, () => number | Promise<number>>>,
): Promise<Readonly<Record<K, number>>> {
  const keys = Object.keys(runs) as K[];
  const results = new Map<K, number[]>(keys.map((key) => [key, []]));
  for (let round = 0; round < times; round++)
    for (const key of keys) results.get(key)?.push(await runs[key]());
  return Object.fromEntries(keys.map((key) => [key, median(results.get(key) ?? [])])) as Record<K, number>;
}
