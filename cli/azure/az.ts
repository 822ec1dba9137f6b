import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../terminal/paths";
import { UsageError } from "../terminal/usage";
import { type Address, addressIn, environmentOf, registrationOf } from "./serving";

/*
 * The installed Azure CLI on a simulated Azure. It knows nothing of that: it is told of another cloud, in a folder of its own, so that
 * whoever is signed in to the real Azure stays so.
 */

export const noAz =
  "The Azure CLI (az) is not on PATH: pip install azure-cli, or https://learn.microsoft.com/cli/azure/install-azure-cli";

/** Whether the Azure CLI is there. */
export const hasAz = (): boolean => spawnSync("az", ["version"], { stdio: "ignore" }).error === undefined;

/** Milliseconds until a server that is started is taken for broken. */
const patience = 20_000;

/** Runs an Azure CLI command on the simulated Azure of a folder in the user's own terminal; gives its exit code. */
export async function azOn(folder: string, words: readonly string[]): Promise<number> {
  if (!hasAz()) throw new UsageError(noAz);
  return whileServed(folder, (address) => {
    const env = { ...process.env, ...environmentOf(folder, address) };
    introduce(env, address);
    return spawnSync("az", words, { env, stdio: "inherit" }).status ?? 1;
  });
}

/** Does something while somebody serves a folder: whoever does already, or a server of its own. */
async function whileServed<T>(folder: string, work: (address: Address) => T | Promise<T>): Promise<T> {
  const found = addressIn(folder);
  if (found !== undefined) return work(found);
  const server = spawn(
    process.execPath,
    ["-r", join(root, "loader", "register.cjs"), join(root, "cli", "start.ts"), "serve", "--folder", folder],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  try {
    return await work(await addressOf(folder, server));
  } finally {
    server.kill("SIGTERM");
  }
}

function addressOf(folder: string, server: ReturnType<typeof spawn>): Promise<Address> {
  return new Promise((resolve, reject) => {
    const said: Buffer[] = [];
    server.stderr?.on("data", (part: Buffer) => said.push(part));
    const deadline = Date.now() + patience;
    const timer = setInterval(() => {
      const found = addressIn(folder);
      if (found === undefined && server.exitCode === null && Date.now() < deadline) return;
      clearInterval(timer);
      if (found !== undefined) resolve(found);
      else reject(new UsageError(`Nobody serves ${folder}: ${Buffer.concat(said).toString().trim()}`));
    }, 20);
  });
}

/** Makes the Azure CLI know the cloud and signs in, unless it is and has. */
function introduce(env: NodeJS.ProcessEnv, address: Address): void {
  const az = (...words: readonly string[]) => spawnSync("az", words, { env, encoding: "utf8" });
  const known = az("cloud", "show", "--query", "endpoints.resourceManager", "--output", "tsv").stdout.trim();
  const [register = [], set = [], login = []] = registrationOf(address);
  if (known !== `https://localhost:${address.port}`) {
    // One that is known at another address has to be forgotten first, and is not while it is the current one.
    az("cloud", "set", "--name", "AzureCloud");
    az("cloud", "unregister", "--name", register[3] ?? "");
    for (const words of [register, set]) succeeded(az(...words), words);
  }
  if (az("account", "show", "--output", "none").status !== 0) succeeded(az(...login), login);
}

function succeeded(
  { status, stderr }: { readonly status: number | null; readonly stderr: string },
  words: readonly string[],
): void {
  if (status !== 0) throw new UsageError(`az ${words.slice(0, 2).join(" ")} failed: ${stderr.trim()}`);
}
