import type { DatabaseSet, DataCenterId, Machine, Share } from "../model";
import { partiesOf, sides } from "../parts/databases";
import { ports } from "../parts/flows";
import { find } from "../parts/invariants";
import { folderOn } from "../parts/machines";
import { computerAccount, netbiosName } from "../parts/names";
import { isMember } from "./machineSteps";
import type { ScriptName, ScriptParameters } from "./scripts";
import { shareStep } from "./shareSteps";
import { list, makeStep, type PlannedStep, stepId } from "./step";

/*
 * SQL Server, in the order that Microsoft's two procedures force: endpoints, mirroring in the primary data center, log shipping, and
 * last the mirror as second primary of log shipping. A step works whichever partner is the principal when it runs, since partners change
 * places by themselves: its script sends to the principal what only that can do.
 */

const DataPath = folderOn("sqlServer", "Data", "Data");
const LogPath = folderOn("sqlServer", "Log", "Log");
const partnerPort = ports.mirroringPartner[0];
const witnessPort = ports.mirroringWitness[0];

export interface DatabaseContext {
  readonly domain: string;
  /** Where the databases are served. */
  readonly site: DataCenterId;
  readonly sets: readonly DatabaseSet[];
  readonly shares: readonly Share[];
  readonly machine: (name: string) => Machine;
}

const instance = (machine: string) => stepId(machine, "sql-instance");
/** The step after which an instance takes part in mirroring. */
export const endpoint = (machine: string) => stepId(machine, "mirroring-endpoint");

/** Whether a machine comes with SQL Server. */
export function hasSql({ kind }: Machine): boolean {
  return kind === "sqlServer" || kind === "witness" || kind === "backEnd";
}

/** Prepares the instance of a machine that came with SQL Server. A witness holds no database and has no disks for any. */
export function instanceStep(machine: Machine, domain: string): PlannedStep {
  const paths = machine.dataDisks.length > 0 ? { DataPath, LogPath } : { DataPath: "none", LogPath: "none" };
  return makeStep(
    machine,
    "sql-instance",
    "Set-SqlInstance.ps1",
    { NetbiosName: netbiosName(domain), ...paths, Port: ports.sql[0] },
    [isMember(machine.name)],
  );
}

/** One endpoint for each instance that takes part in mirroring, whatever the number of its databases. */
export function endpointSteps({ domain, sets, machine }: DatabaseContext): readonly PlannedStep[] {
  const peers = new Map<string, { witness: boolean; others: Set<string> }>();
  for (const side of sets.flatMap(sides).filter(({ mirror }) => mirror !== undefined)) {
    const { witness } = side;
    const all = partiesOf(side);
    for (const name of all) {
      const entry = peers.get(name) ?? { witness: name === witness, others: new Set<string>() };
      for (const other of all) if (other !== name) entry.others.add(other);
      peers.set(name, entry);
    }
  }
  const accounts = (names: readonly string[]) => list(names.map((name) => computerAccount(domain, name)));
  return [...peers].map(([name, { witness, others }]) => {
    const administrators = sets.flatMap((set) => takersOf(set, name));
    return makeStep(
      machine(name),
      "mirroring-endpoint",
      "New-MirroringEndpoint.ps1",
      {
        Role: witness ? "WITNESS" : "PARTNER",
        Port: witness ? witnessPort : partnerPort,
        Accounts: accounts([...others]),
        Administrators: accounts([...new Set(administrators)]),
      },
      [instance(name), ...[...others, ...administrators].map(isMember)],
    );
  });
}

/** Machines that take a new backup from an instance when they have nothing: its partner, and the secondary. */
function takersOf({ primary: { server, mirror }, secondary }: DatabaseSet, name: string): readonly string[] {
  const partners = [server, mirror];
  return partners.includes(name) ? [...partners.filter((one) => one !== name), secondary.server] : [];
}

/** The address of an instance's endpoint. */
function address({ fqdn }: Machine, port: string): string {
  return `TCP://${fqdn}:${port}`;
}

/** What the steps of one database set look at. */
interface SetContext {
  readonly site: DataCenterId;
  readonly set: DatabaseSet;
  readonly primary: Machine;
  readonly mirror: Machine;
  readonly secondary: Machine;
  readonly witness: Machine | undefined;
  readonly backup: Share;
  readonly copy: Share;
}

/** Mirroring and log shipping of one database. */
export function databaseSetSteps(
  set: DatabaseSet,
  { site, shares, machine }: DatabaseContext,
): readonly PlannedStep[] {
  const share = (id: string) => find(shares, id, (candidate) => candidate.id === id);
  const { server, mirror, witness } = set.primary;
  const context = {
    site,
    set,
    primary: machine(server),
    mirror: machine(mirror),
    secondary: machine(set.secondary.server),
    witness: witness === undefined ? undefined : machine(witness),
    backup: share(set.logShipping.backupShare),
    copy: share(set.logShipping.copyShare),
  };
  return [...mirroringSteps(context), ...logShippingSteps(context)];
}

/** A step for a database, whose name it bears; one that is told from where that is served waits while it is served elsewhere. */
function stepOf<S extends ScriptName>(
  { site, set: { database } }: SetContext,
  host: Machine,
  name: string,
  script: S,
  parameters: ScriptParameters<S>,
  after: readonly string[],
): PlannedStep {
  const step = makeStep(host, `${database}-${name}`, script, parameters, after);
  return "ServedFrom" in parameters && site === "secondary" ? { ...step, waits: true } : step;
}

/** The folder of a database below the backup share. */
function backupFolder({ set, backup }: SetContext): string {
  return `${backup.unc}\\${set.database}`;
}

/** The id of one of these steps. */
const stepOfSet =
  ({ set }: SetContext) =>
  (host: Machine, step: string): string =>
    stepId(host.name, `${set.database}-${step}`);

function mirroringSteps(context: SetContext): readonly PlannedStep[] {
  const { site, set, primary, mirror, witness, backup } = context;
  const at = stepOfSet(context);
  const mirroring = (host: Machine, other: Machine, after: readonly string[]) => ({
    ...stepOf(
      context,
      host,
      "mirroring",
      "Set-Mirroring.ps1",
      {
        Database: set.database,
        Folder: backupFolder(context),
        Address: address(host, partnerPort),
        Partner: address(other, partnerPort),
        Witness: witness === undefined ? "none" : address(witness, witnessPort),
        ServedFrom: site,
      },
      after,
    ),
    replacedWith: [other, ...(witness === undefined ? [] : [witness])].map(({ name }) => name),
  });
  const heartbeat = (host: Machine) =>
    stepOf(context, host, "heartbeat", "Set-Heartbeat.ps1", { Database: set.database }, [
      at(host, "mirroring"),
    ]);
  return [
    stepOf(
      context,
      primary,
      "database",
      "New-PlaceholderDatabase.ps1",
      { Database: set.database, DataPath, LogPath, Partner: mirror.fqdn, ServedFrom: site },
      [instance(primary.name), endpoint(mirror.name)],
    ),
    mirroring(mirror, primary, [
      at(primary, "database"),
      endpoint(primary.name),
      endpoint(mirror.name),
      ...(witness === undefined ? [] : [endpoint(witness.name)]),
      shareStep(backup),
    ]),
    mirroring(primary, mirror, [at(mirror, "mirroring")]),
    heartbeat(primary),
    heartbeat(mirror),
  ];
}

/** The secondary ships from the primary; the mirror is made ready to be shipped from last, as Microsoft's procedure has it. */
function logShippingSteps(context: SetContext): readonly PlannedStep[] {
  const { site, set, primary, mirror, secondary, copy } = context;
  const at = stepOfSet(context);
  const { intervalMinutes, retentionMinutes, backupAlertMinutes, restoreAlertMinutes } = set.logShipping;
  const times = { IntervalMinutes: String(intervalMinutes), RetentionMinutes: String(retentionMinutes) };
  const primaryHalf = (name: string, host: Machine, other: Machine, after: readonly string[]) =>
    stepOf(
      context,
      host,
      name,
      "Set-LogShippingPrimary.ps1",
      {
        Database: set.database,
        Partner: other.fqdn,
        BackupShare: backupFolder(context),
        Secondary: secondary.name,
        ...times,
        BackupAlertMinutes: String(backupAlertMinutes),
        ServedFrom: site,
      },
      after,
    );
  return [
    primaryHalf("log-shipping-primary", primary, mirror, [at(primary, "mirroring")]),
    stepOf(
      context,
      secondary,
      "log-shipping-secondary",
      "Set-LogShippingSecondary.ps1",
      {
        Database: set.database,
        Primary: primary.name,
        Partners: list([primary.fqdn, mirror.fqdn]),
        BackupShare: backupFolder(context),
        CopyFolder: `${copy.path}\\${set.database}`,
        ...times,
        RestoreAlertMinutes: String(restoreAlertMinutes),
        ServedFrom: site,
      },
      [at(primary, "log-shipping-primary"), instance(secondary.name), shareStep(copy)],
    ),
    primaryHalf("log-shipping-mirror", mirror, primary, [at(secondary, "log-shipping-secondary")]),
  ];
}
