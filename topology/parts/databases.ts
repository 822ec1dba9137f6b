import type { Config } from "../config/schema";
import type { DatabaseName, DatabaseRole, DatabaseSet, DataCenterId, Machine, Role, Side } from "../model";
import { find } from "./invariants";
import type { MachineSeed } from "./machines";

/** Where each role of a database set stands; what is mirrored is always one data center, what is shipped goes to the other. */
export const roleDataCenter: Readonly<Record<DatabaseRole, DataCenterId>> = {
  primary: "primary",
  mirror: "primary",
  witness: "primary",
  secondary: "secondary",
  "secondary-mirror": "secondary",
  "secondary-witness": "secondary",
};

/** Ordinals of the first and second machine of a set in its data center; fixed, so that compliance can come and go. */
const ordinals: Readonly<Record<DatabaseName, readonly [number, number]>> = { mgc: [1, 2], mgccomp: [3, 4] };

/** The databases that the configuration asks for. */
export function databaseNames(config: Config): readonly DatabaseName[] {
  return config.databases.compliance === "off" ? ["mgc"] : ["mgc", "mgccomp"];
}

/** The database whose instances hold this database. */
function hostOf(config: Config, database: DatabaseName): DatabaseName {
  return config.databases.compliance === "dedicated" ? database : "mgc";
}

function hasWitness(config: Config, dataCenter: DataCenterId): boolean {
  const { witnesses = "both", secondaryMirror } = config.databases;
  const mirrored = dataCenter === "primary" || secondaryMirror;
  return mirrored && (witnesses === "both" || witnesses === dataCenter);
}

/** The machines of all database sets, and their witnesses. Partners stand in zones 1 and 2, the witness in zone 3. */
export function databaseMachines(config: Config, dataCenter: DataCenterId): readonly MachineSeed[] {
  const databases = databaseNames(config);
  const [first, second, third] =
    dataCenter === "primary"
      ? (["primary", "mirror", "witness"] as const)
      : (["secondary", "secondary-mirror", "secondary-witness"] as const);
  const rolesOn = (host: DatabaseName, role: DatabaseRole): Role[] =>
    databases
      .filter((database) => hostOf(config, database) === host)
      .map((database) => `${database}-${role}` as const);
  const hosts = [...new Set(databases.map((database) => hostOf(config, database)))];
  const withSecond = dataCenter === "primary" || config.databases.secondaryMirror;
  const partners = hosts.flatMap((host): MachineSeed[] => {
    const [one, two] = ordinals[host];
    const common = { kind: "sqlServer", dataCenter, group: host, configPath: "databases" } as const;
    return [
      { ...common, ordinal: one, roles: rolesOn(host, first), zone: 1 },
      ...(withSecond ? [{ ...common, ordinal: two, roles: rolesOn(host, second), zone: 2 } as const] : []),
    ];
  });
  if (!hasWitness(config, dataCenter)) return partners;
  const roles = databases.map((database) => `${database}-${third}` as const);
  return [
    ...partners,
    {
      kind: "witness",
      dataCenter,
      ordinal: 1,
      roles,
      zone: 3,
      group: "mgc",
      configPath: "databases.witnesses",
    },
  ];
}

/** A database set over the planned machines, with the shares through which its logs are shipped. */
export function planDatabaseSet(
  config: Config,
  database: DatabaseName,
  machines: readonly Machine[],
  backupShare: string,
  copyShareOf: (secondary: string) => string,
): DatabaseSet {
  const has = (role: DatabaseRole) => (machine: Machine) => machine.roles.includes(`${database}-${role}`);
  const holder = (role: DatabaseRole) => machines.find(has(role))?.name;
  const must = (role: DatabaseRole) => find(machines, `${role} of ${database}`, has(role)).name;
  const optional = <K extends string>(key: K, name: string | undefined) =>
    (name === undefined ? {} : { [key]: name }) as Partial<Record<K, string>>;
  const secondary = {
    server: must("secondary"),
    ...optional("mirror", holder("secondary-mirror")),
    ...optional("witness", holder("secondary-witness")),
  };
  const { logShipping } = config.databases;
  return {
    database,
    primary: { server: must("primary"), mirror: must("mirror"), ...optional("witness", holder("witness")) },
    secondary,
    machines: machines.filter(({ roles }) => roles[0]?.startsWith(`${database}-`)).map(({ name }) => name),
    logShipping: {
      ...logShipping,
      backupShare,
      copyShare: copyShareOf(secondary.server),
    },
  };
}

/** The two sides of a database set, the primary one first. */
export function sides({ primary, secondary }: DatabaseSet): readonly Side[] {
  return [primary, secondary];
}

/** Every machine that takes part in a side's mirroring session: its partners, then the witness. */
export function partiesOf({ server, mirror, witness }: Side): readonly string[] {
  return [server, mirror, witness].filter((name) => name !== undefined);
}
