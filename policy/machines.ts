/*
 * The one reader of what a machine's tags say of it. The planner writes them; they stay what they are while the code around them changes,
 * so resources of an older checkout can be read too.
 */

import { list, text } from "../simulator/arm/inputs";
import { tokens } from "../simulator/arm/resourceTypes";
import type { PolicyResource } from "./policy";

const databases = ["mgc", "mgccomp"] as const;
export type Database = (typeof databases)[number];

/** What a machine is to a database: the parties of one mirroring session in each data center, the witness last. */
const parties = {
  primary: ["primary", "mirror", "witness"],
  secondary: ["secondary", "secondary-mirror", "secondary-witness"],
} as const;
type DatabaseRole = (typeof parties)["primary" | "secondary"][number];

/** The role tags of the parties of each mirroring session. */
export const sessions: readonly (readonly string[])[] = databases.flatMap((database) =>
  Object.values(parties).map((roles) => roles.map((role) => `${database}-${role}`)),
);

/** A machine as its tags describe it. */
export interface TaggedMachine {
  /** Computer name. */
  readonly name: string;
  readonly dataCenter: string;
  readonly roles: readonly string[];
  /** Whether the pool's topology lists it as active; chat machines only. */
  readonly active?: boolean;
  /** Where it stands within its region, where that has zones. */
  readonly zone?: string;
}

/** The machines among the resources of a lab. */
export function machinesOf(resources: readonly PolicyResource[]): readonly TaggedMachine[] {
  return resources
    .filter(({ type }) => type === tokens.machine)
    .map((resource) => {
      const active = text(resource.inputs, "tags.active");
      const [zone] = list(resource.inputs, "zones");
      return {
        name: text(resource.inputs, "vmName"),
        dataCenter: text(resource.inputs, "tags.dataCenter"),
        roles: rolesOf(resource),
        ...(active === "" ? {} : { active: active === "true" }),
        ...(zone === undefined ? {} : { zone: String(zone) }),
      };
    });
}

/** The databases that a lab has. */
export function databasesOn(machines: readonly TaggedMachine[]): readonly Database[] {
  return databases.filter((database) => holder(machines, database, "primary") !== undefined);
}

/** The name of the machine that is something to a database. */
export function holder(
  machines: readonly TaggedMachine[],
  database: Database,
  role: DatabaseRole,
): string | undefined {
  return machines.find(({ roles }) => roles.includes(`${database}-${role}`))?.name;
}

export const rolesOf = ({ inputs }: PolicyResource): readonly string[] =>
  text(inputs, "tags.role").split(",");

/** Whether a machine has one of these roles. */
export const hasRole = (resource: PolicyResource, roles: readonly string[]): boolean =>
  resource.type === tokens.machine && rolesOf(resource).some((role) => roles.includes(role));

/** A witness has a vote about a database, and none of it. */
const withDatabase = sessions.flatMap(([server = "", mirror = ""]) => [server, mirror]);

/** Whether a machine has a database on it, not only a vote about one. */
export const servesDatabases = (resource: PolicyResource): boolean => hasRole(resource, withDatabase);

/** Whether logs are shipped to a machine. */
export const receivesLogs = (resource: PolicyResource): boolean =>
  hasRole(
    resource,
    databases.map((database) => `${database}-secondary`),
  );

/** Whether replacing a machine loses a directory, a database or files. */
export const holdsData = (resource: PolicyResource): boolean =>
  hasRole(resource, [...withDatabase, "domain-controller", "file-server", "back-end"]);

/** Whether a machine is a domain controller, which runs on while the rest of a lab is stopped. */
export const isDomainController = (resource: PolicyResource): boolean =>
  hasRole(resource, ["domain-controller"]);

/** Whether the daily stop of a machine is on. */
export function stopsDaily({ inputs }: PolicyResource, all: readonly PolicyResource[]): boolean {
  const name = `shutdown-computevm-${text(inputs, "vmName")}`.toLowerCase();
  const schedule = all.find(
    (one) => one.type === tokens.schedule && text(one.inputs, "name").toLowerCase() === name,
  );
  return text(schedule?.inputs, "status") === "Enabled";
}
