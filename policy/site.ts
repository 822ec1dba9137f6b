/*
 * What can fail of a lab, read off its resources: the tags of its machines and the parameters of its guest steps, which stay what they are while
 * the code around them changes. So a lab can be compared with one that an older checkout makes.
 */

import { list, text } from "../simulator/arm/inputs";
import { tokens } from "../simulator/arm/resourceTypes";
import { bothSides, type Session, type Share, type Side, type Site } from "../topology/resilience/site";
import { type Database, databasesOn, holder, machinesOf, type TaggedMachine } from "./machines";
import type { PolicyResource } from "./policy";

/** The site that resources make; nothing where they are no lab. */
export function siteOf(resources: readonly PolicyResource[]): Site | undefined {
  const machines = machinesOf(resources);
  const databases = databasesOn(machines);
  if (databases.length === 0) return undefined;
  const inOrder = machines.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const named = (role: string, side?: Side) =>
    inOrder
      .filter(({ roles, dataCenter }) => roles.includes(role) && (side === undefined || dataCenter === side))
      .map(({ name }) => name);
  const chatServers = inOrder.flatMap(({ name, active }) => (active === undefined ? [] : [{ name, active }]));
  const active = inOrder.filter((one) => one.active === true);
  const isActiveIn = (side: Side) => active.some(({ dataCenter }) => dataCenter === side);
  const fileStoreHosts = stepsNamed(resources, "front-end-file-store").map(hostOf);
  return {
    servedFrom: servedFrom(resources),
    machines: Object.fromEntries(inOrder.map(({ name, dataCenter }) => [name, dataCenter as Side])),
    zones: Object.fromEntries(
      inOrder.flatMap(({ name, zone }) => (zone === undefined ? [] : [[name, zone]])),
    ),
    databases: databases.map((database) => shipped(database, resources, inOrder)),
    chatServers,
    frontEndPools: bothSides.flatMap((side) => {
      const servers = named("front-end", side);
      const [backEnd] = named("back-end", side);
      const fileStoreHost = fileStoreHosts.find(
        (host) => inOrder.find(({ name }) => name === host)?.dataCenter === side,
      );
      if (servers.length === 0) return [];
      return [
        {
          side,
          servers,
          ...(backEnd === undefined ? {} : { backEnd }),
          ...(fileStoreHost === undefined ? {} : { fileStoreHost }),
        },
      ];
    }),
    controllers: named("domain-controller"),
    fileStore: shareOf(resources, "chat-file-store"),
    backupShare: shareOf(resources, "log-shipping-backup"),
    // No resource says what the link is: several servers that are active on one side only tell it [inferred].
    nearLink: active.length < 2 || bothSides.every(isActiveIn),
  };
}

function shipped(
  database: Database,
  resources: readonly PolicyResource[],
  machines: readonly TaggedMachine[],
): Site["databases"][number] {
  const given = parametersOf(stepsNamed(resources, `${database}-log-shipping-primary`)[0]);
  const of = (role: Parameters<typeof holder>[2]) => holder(machines, database, role);
  const session = (
    server: string | undefined,
    mirror: string | undefined,
    witness: string | undefined,
  ): Session => ({
    server: server ?? "",
    ...(mirror === undefined ? {} : { mirror }),
    ...(witness === undefined ? {} : { witness }),
  });
  return {
    name: database,
    sessions: {
      primary: session(of("primary"), of("mirror"), of("witness")),
      secondary: session(of("secondary"), of("secondary-mirror"), of("secondary-witness")),
    },
    intervalMinutes: Number(given.IntervalMinutes ?? 0),
    retentionMinutes: Number(given.RetentionMinutes ?? 0),
    backupHost: /^\\\\([^.\\]+)/.exec(given.BackupShare ?? "")?.[1]?.toUpperCase() ?? "",
  };
}

/** An older checkout knows the primary data center only. */
function servedFrom(resources: readonly PolicyResource[]): Side {
  const sides = resources.map((one) => parametersOf(one).ServedFrom);
  return sides.includes("secondary") ? "secondary" : "primary";
}

const stepsNamed = (resources: readonly PolicyResource[], name: string): readonly PolicyResource[] =>
  resources.filter(
    ({ type, inputs }) => type === tokens.runCommand && text(inputs, "runCommandName") === name,
  );

const hostOf = ({ inputs }: PolicyResource): string => text(inputs, "vmName");

function shareOf(resources: readonly PolicyResource[], purpose: string): Share | undefined {
  const [step] = stepsNamed(resources, purpose);
  if (step === undefined) return undefined;
  return { id: `${hostOf(step)}/${parametersOf(step).ShareName ?? ""}`, host: hostOf(step) };
}

/** What a guest step is told, by the name of the parameter. */
function parametersOf(step: PolicyResource | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    list(step?.inputs, "parameters").map((one) => [text(one, "name"), text(one, "value")]),
  );
}
