import type { Machine } from "../model";

/*
 * The order in which the machines of a lab start, so that whoever comes up finds what it asks already there; the reverse stops them, so
 * that nobody goes while somebody still asks it. No mirroring session loses its quorum on the way.
 */

const isMirror = ({ roles }: Machine): boolean => roles.some((role) => role.endsWith("-mirror"));

const members = {
  // Everything else asks them for names and accounts.
  "domain controllers": ({ kind }) => kind === "domainController",
  // Jobs of SQL Server Agent back up logs to their shares.
  "file servers": ({ kind }) => kind === "fileServer",
  // A principal that comes up alone serves once it sees its witness: https://learn.microsoft.com/sql/database-engine/database-mirroring/quorum-how-a-witness-affects-database-availability-database-mirroring
  witnesses: ({ kind }) => kind === "witness",
  "SQL Servers": (machine) =>
    (machine.kind === "sqlServer" || machine.kind === "backEnd") && !isMirror(machine),
  // Last to come and first to go, so that no session fails over by itself.
  mirrors: (machine) => machine.kind === "sqlServer" && isMirror(machine),
  "Front Ends": ({ kind }) => kind === "frontEnd",
  "Persistent Chat servers": ({ kind }) => kind === "persistentChat",
} satisfies Readonly<Record<string, (machine: Machine) => boolean>>;

/** Machines that start at once, after those of the tiers before them. */
export type TierName = keyof typeof members;

/** In the order of a start. */
export const startOrder = Object.keys(members) as readonly TierName[];

export const isInTier = (tier: TierName, machine: Machine): boolean => members[tier](machine);
