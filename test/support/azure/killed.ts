import { join } from "node:path";
import { simulatedSubscription } from "../../../simulator/arm/ids";
import { CloudFolder } from "../../../simulator/kept/cloudFolder";
import { Client } from "./client";
import type { ServedLabs } from "./servedLabs";

const version = "api-version=2024-03-01";
const groupId = (name: string) => `/subscriptions/${simulatedSubscription}/resourceGroups/${name}`;
const networkId = (name: string) => `${groupId(name)}/providers/Microsoft.Network/virtualNetworks/net`;

/** What a client was told last of its group, and what it asked for and was not told. */
interface Last {
  there: readonly string[];
  asked: readonly string[];
}

/**
 * Kills who serves, with `kill -9`, after some milliseconds in which clients make and delete groups with a network in each; says what is
 * then otherwise than they were told. What was asked for and not answered may have been done, but not by half.
 */
export async function killedAfter(
  labs: ServedLabs,
  milliseconds: number,
  clients = 8,
): Promise<readonly string[]> {
  await labs.serve();
  // Names that no earlier round had: its process is another one.
  const { pid } = labs.address;
  const client = await Client.of(labs, clients);
  const lasts = new Map<string, Last>();
  const work = async (name: string) => {
    const last: Last = { there: [], asked: [] };
    lasts.set(name, last);
    const ask = async (then: readonly string[], ...[method, path, body]: Parameters<Client["ask"]>) => {
      last.asked = then;
      const { status } = await client.ask(method, path, body);
      if (status >= 300) throw new Error(`${method} ${path}: ${status}`);
      last.there = then;
    };
    const [group, network] = [groupId(name), networkId(name)];
    const space = {
      location: "swedencentral",
      properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
    };
    for (;;) {
      await ask([group], "PUT", `${group}?${version}`, { location: "swedencentral" });
      await ask([group, network], "PUT", `${network}?api-version=2024-05-01`, space);
      await ask([], "DELETE", `${group}?${version}`);
      // A group that is being deleted takes no write until it is gone.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const failures: string[] = [];
  const ended = Array.from({ length: clients }, (_, index) =>
    work(`kill-${pid}-${index}`).catch((error: Error) => {
      if (!/ECONN|socket hang up|EPIPE/.test(`${(error as NodeJS.ErrnoException).code} ${error.message}`))
        failures.push(error.message);
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await labs.kill();
  await Promise.all(ended);
  client.end();
  const { resources } = new CloudFolder(join(labs.folder, "cloud")).state;
  for (const [name, { there, asked }] of lasts) {
    const found = [groupId(name), networkId(name)].filter((id) => id.toLowerCase() in resources);
    const isOne = (ids: readonly string[]) => JSON.stringify(ids) === JSON.stringify(found);
    if (!isOne(there) && !isOne(asked))
      failures.push(`told ${there.length}, asked for ${asked.length}, found ${JSON.stringify(found)}`);
  }
  return failures;
}
