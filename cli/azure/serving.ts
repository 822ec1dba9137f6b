import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Writes } from "../../simulator/arm/writes";
import type { Clock } from "../../simulator/http/operations";
import { type Serving, serve } from "../../simulator/http/server";
import { CloudFolder } from "../../simulator/kept/cloudFolder";
import { countedFaults, readFaults } from "../../simulator/kept/faultsFile";
import { ownerOf } from "../../simulator/kept/folderLock";
import { shellWord } from "../terminal/shellWord";
import { UsageError } from "../terminal/usage";
import { certificateIn } from "./certificate";

/*
 * The address of a simulated Azure: who serves a folder, and what a client must know to ask it.
 */

/** What the cloud is called for the Azure CLI. */
const cloudName = "LabTwin";

const address = z.object({ pid: z.int(), port: z.int(), identityPort: z.int() });
export type Address = z.output<typeof address>;

/** The folder with the resources of a twin's simulated Azure. */
export const cloudIn = (folder: string): string => join(folder, "cloud");

const filesIn = (folder: string) => {
  const own = join(folder, "serve");
  return {
    own,
    address: join(own, "address.json"),
    owner: join(own, "pid"),
    secret: join(own, "secret"),
    config: join(own, "azure"),
  };
};

/** Where the simulated Azure of a folder is served now; nothing where it is not. */
export function addressIn(folder: string): Address | undefined {
  const files = filesIn(folder);
  const owner = ownerOf(files.owner);
  if (owner === undefined || !existsSync(files.address)) return undefined;
  const found = address.safeParse(JSON.parse(readFileSync(files.address, "utf8"))).data;
  // Whoever is about to serve has not written its own yet.
  return found?.pid === owner ? found : undefined;
}

/** The port at which a folder was served last: clients may still know it. */
function lastPort({ address: path }: ReturnType<typeof filesIn>): number {
  if (!existsSync(path)) return 0;
  return address.safeParse(JSON.parse(readFileSync(path, "utf8"))).data?.port ?? 0;
}

/** What whoever asks for a token must know; the same for as long as the folder is there. */
function secretIn({ secret }: ReturnType<typeof filesIn>): string {
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(24).toString("hex"), { mode: 0o600 });
  return readFileSync(secret, "utf8");
}

export interface ServeOptions {
  /** The folder of a twin: its cloud is served. */
  readonly folder: string;
  /** Any free one where it is left out, or that of the last time. */
  readonly port?: number | undefined;
  /** File with what is to go wrong. */
  readonly faults?: string | undefined;
  readonly clock: Clock;
}

/** Serves the simulated Azure of a folder, until it is closed. Nobody else must serve it. */
export async function startServing({
  folder,
  port,
  faults,
  clock,
}: ServeOptions): Promise<Address & Serving> {
  const files = filesIn(folder);
  const cloud = cloudIn(folder);
  for (const path of [cloud, files.own, files.config]) mkdirSync(path, { recursive: true, mode: 0o700 });
  const { limits, reads } = readFaults(faults);
  const options = {
    folder: new CloudFolder(cloud),
    limits,
    reads,
    writes: new Writes(countedFaults(faults, cloud), () => process.kill(process.pid, "SIGKILL")),
    clock,
    certificate: certificateIn(files.own),
    secret: secretIn(files),
    name: cloudName,
  };
  const wanted = port ?? lastPort(files);
  const serving = await serve({ ...options, port: wanted }).catch((error: NodeJS.ErrnoException) => {
    // The port of the last time may be somebody else's by now.
    if (port !== undefined || wanted === 0 || error.code !== "EADDRINUSE") throw error;
    return serve({ ...options, port: 0 });
  });
  const now = { pid: process.pid, port: serving.port, identityPort: serving.identityPort };
  writeFileSync(files.owner, String(process.pid));
  writeFileSync(`${files.address}.part`, JSON.stringify(now));
  renameSync(`${files.address}.part`, files.address);
  return {
    ...now,
    async close() {
      rmSync(files.owner, { force: true });
      await serving.close();
    },
  };
}

/** Does something while somebody serves a folder: whoever does already, or this process. */
export async function whileServed<T>(
  folder: string,
  work: (address: Address) => Promise<T>,
  faults?: string,
): Promise<T> {
  const found = addressIn(folder);
  if (found !== undefined && faults !== undefined)
    throw new UsageError(
      `Process ${found.pid} serves ${folder}, without these faults: end it, or start it with --faults.`,
    );
  if (found !== undefined) return work(found);
  const serving = await startServing({ folder, faults, clock: "fast" });
  try {
    return await work(serving);
  } finally {
    await serving.close();
  }
}

/** What the Azure CLI must find in its environment to ask a simulated Azure, and nothing else. */
export function environmentOf(folder: string, { identityPort }: Address) {
  const files = filesIn(folder);
  return {
    AZURE_CONFIG_DIR: files.config,
    REQUESTS_CA_BUNDLE: join(files.own, "cert.pem"),
    IDENTITY_ENDPOINT: `http://localhost:${identityPort}/msi/token`,
    IDENTITY_HEADER: secretIn(files),
    AZURE_CORE_COLLECT_TELEMETRY: "false",
    AZURE_CORE_NO_COLOR: "true",
  } as const;
}

/** The commands with which the Azure CLI comes to know it; once for a folder and a port. */
export const registrationOf = ({ port }: Address): readonly (readonly string[])[] => [
  ["cloud", "register", "--name", cloudName, "--endpoint-resource-manager", `https://localhost:${port}`],
  ["cloud", "set", "--name", cloudName],
  ["login", "--identity", "--allow-no-subscriptions"],
];

/** For a shell: what it must export, and what makes the Azure CLI know the cloud. */
export function shellText(folder: string, found: Address): string {
  const variables = Object.entries(environmentOf(folder, found)).map(
    ([name, value]) => `export ${name}=${shellWord(value)}\n`,
  );
  const endpoint = `https://localhost:${found.port}`;
  const known = `[ "$(az cloud show --name ${cloudName} --query endpoints.resourceManager --output tsv 2>/dev/null)" = ${endpoint} ]`;
  const commands = registrationOf(found).map((words) => `az ${words.join(" ")}`);
  const forget = `az cloud set --name AzureCloud; az cloud unregister --name ${cloudName}`;
  return [
    ...variables,
    // Names in the Azure CLI's own folder, which is this one's.
    `if command -v az >/dev/null && ! ${known}; then { ${forget}; ${commands.slice(0, 2).join(" && ")}; } >/dev/null 2>&1; fi\n`,
  ].join("");
}
