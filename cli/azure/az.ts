import { execFile, spawn, spawnSync } from "node:child_process";
import { UsageError } from "../terminal/usage";
import { type Address, environmentOf, registrationOf, whileServed } from "./serving";

/*
 * The installed Azure CLI. On a simulated Azure it knows nothing of that: it is told of another cloud, in a folder of its own, so that
 * whoever is signed in to the real Azure stays so.
 */

export const noAz =
  "The Azure CLI (az) is not on PATH: pip install azure-cli, or https://learn.microsoft.com/cli/azure/install-azure-cli";

/** Windows has it as a script, which needs a shell. */
const shell = process.platform === "win32";

/** Whether the Azure CLI is there. */
export const hasAz = (): boolean =>
  spawnSync("az", ["version"], { stdio: "ignore", shell }).error === undefined;

interface Said {
  readonly isGood: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command says. Throws a UsageError where there is no Azure CLI. */
export function az(words: readonly string[], env = process.env): Promise<Said> {
  return new Promise((resolve, reject) => {
    execFile("az", words, { env, shell, encoding: "utf8" }, (error, stdout, stderr) => {
      if (error?.code === "ENOENT") reject(new UsageError(noAz));
      else resolve({ isGood: error === null, stdout, stderr });
    });
  });
}

/** Runs a command on the simulated Azure of a folder in the user's own terminal; gives its exit code. */
export async function azOn(folder: string, words: readonly string[]): Promise<number> {
  if (!hasAz()) throw new UsageError(noAz);
  return whileServed(folder, async (address) => {
    const env = { ...process.env, ...environmentOf(folder, address) };
    await introduce(env, address);
    return shown(words, env);
  });
}

/** Ctrl-C is for the command; what it has to say is waited for. */
async function shown(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const wait = () => {};
  process.on("SIGINT", wait);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn("az", words, { env, stdio: "inherit" });
      child.on("error", reject);
      child.on("close", (code) => resolve(code ?? 1));
    });
  } finally {
    process.off("SIGINT", wait);
  }
}

/** Makes the Azure CLI know the cloud and signs in, unless it is and has. */
async function introduce(env: NodeJS.ProcessEnv, address: Address): Promise<void> {
  const known = await az(["cloud", "show", "--query", "endpoints.resourceManager", "--output", "tsv"], env);
  const [register = [], set = [], login = []] = registrationOf(address);
  if (known.stdout.trim() !== `https://localhost:${address.port}`) {
    // One that is known at another address has to be forgotten first, and is not while it is the current one.
    await az(["cloud", "set", "--name", "AzureCloud"], env);
    await az(["cloud", "unregister", "--name", register[3] ?? ""], env);
    for (const words of [register, set]) await succeeding(words, env);
  }
  if (!(await az(["account", "show", "--output", "none"], env)).isGood) await succeeding(login, env);
}

async function succeeding(words: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const { isGood, stderr } = await az(words, env);
  if (!isGood) throw new UsageError(`az ${words.slice(0, 2).join(" ")} failed: ${stderr.trim()}`);
}
