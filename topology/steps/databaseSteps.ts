import type { DatabaseSet, Machine, Share, Step } from "../model";
import { partiesOf, sides } from "../parts/databases";
import { ports } from "../parts/flows";
import { computerAccount, netbiosName } from "../parts/names";
import { joined } from "./machineSteps";
import type { ScriptName, ScriptParameters } from "./scripts";
import { shareStep } from "./shareSteps";
import { list, makeStep, stepId } from "./step";

/*
 * SQL Server, in the order that Microsoft's two procedures force: endpoints, mirroring in the primary data center, log shipping, and
 * last the mirror as second primary of log shipping. A step works whichever partner is the principal when it runs, since partners change
 * places by themselves: its script sends to the principal what only that can do.
 */

const DataPath = "F:\\Data";
const LogPath = "G:\\Log";
const partnerPort = ports.mirroringPartner[0];
const witnessPort = ports.mirroringWitness[0];

export interface DatabaseContext {
  readonly domain: string;
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
export function instanceStep(machine: Machine, domain: string): Step {
  const paths = machine.dataDisks.length > 0 ? { DataPath, LogPath } : { DataPath: "none", LogPath: "none" };
  return makeStep(
    machine,
    "sql-instance",
    "Set-SqlInstance.ps1",
    { DomainName: domain, NetbiosName: netbiosName(domain), ...paths },
    [joined(machine.name)],
  );
}

/** One endpoint for each instance that takes part in mirroring, whatever the number of its databases. */
export function endpointSteps({ domain, sets, machine }: DatabaseContext): readonly Step[] {
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
      [instance(name), ...[...others, ...administrators].map(joined)],
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

/** Mirroring and log shipping of one database. */
export function databaseSetSteps(set: DatabaseSet, { shares, machine }: DatabaseContext): readonly Step[] {
  const Database = set.database;
  const { witness: third } = set.primary;
  const primary = machine(set.primary.server);
  const mirror = machine(set.primary.mirror);
  const secondary = machine(set.secondary.server);
  const share = (id: string) => shares.find((candidate) => candidate.id === id);
  const backup = share(set.logShipping.backupShare);
  const copy = share(set.logShipping.copyShare);
  const BackupShare = `${backup?.unc}\\${Database}`;
  const at = (host: Machine, step: string) => stepId(host.name, `${Database}-${step}`);
  const witness = third === undefined ? "none" : address(machine(third), witnessPort);
  const { intervalMinutes, retentionMinutes, backupAlertMinutes, restoreAlertMinutes } = set.logShipping;
  const times = { IntervalMinutes: String(intervalMinutes), RetentionMinutes: String(retentionMinutes) };

  const step = <S extends ScriptName>(
    host: Machine,
    name: string,
    script: S,
    parameters: ScriptParameters<S>,
    after: readonly string[],
  ) => makeStep(host, `${Database}-${name}`, script, parameters, after);
  const mirroring = (host: Machine, other: Machine, after: readonly string[]) =>
    step(
      host,
      "mirroring",
      "Set-Mirroring.ps1",
      {
        Database,
        Folder: BackupShare,
        Address: address(host, partnerPort),
        Partner: address(other, partnerPort),
        Witness: witness,
      },
      after,
    );
  const heartbeat = (host: Machine) =>
    step(host, "heartbeat", "Set-Heartbeat.ps1", { Database }, [at(host, "mirroring")]);
  const primaryHalf = (name: string, host: Machine, other: Machine, after: readonly string[]) =>
    step(
      host,
      name,
      "Set-LogShippingPrimary.ps1",
      {
        Database,
        Partner: other.fqdn,
        BackupShare,
        Secondary: secondary.name,
        ...times,
        BackupAlertMinutes: String(backupAlertMinutes),
      },
      after,
    );
  return [
    step(
      primary,
      "database",
      "New-PlaceholderDatabase.ps1",
      { Database, DataPath, LogPath, Partner: mirror.fqdn },
      [instance(primary.name), endpoint(mirror.name)],
    ),
    mirroring(mirror, primary, [
      at(primary, "database"),
      endpoint(primary.name),
      endpoint(mirror.name),
      ...(third === undefined ? [] : [endpoint(third)]),
      ...(backup === undefined ? [] : [shareStep(backup)]),
    ]),
    mirroring(primary, mirror, [at(mirror, "mirroring")]),
    heartbeat(primary),
    heartbeat(mirror),
    primaryHalf("log-shipping-primary", primary, mirror, [at(primary, "mirroring")]),
    step(
      secondary,
      "log-shipping-secondary",
      "Set-LogShippingSecondary.ps1",
      {
        Database,
        Primary: primary.name,
        Partners: list([primary.fqdn, mirror.fqdn]),
        BackupShare,
        CopyFolder: `${copy?.path}\\${Database}`,
        ...times,
        RestoreAlertMinutes: String(restoreAlertMinutes),
      },
      [
        at(primary, "log-shipping-primary"),
        instance(secondary.name),
        ...(copy === undefined ? [] : [shareStep(copy)]),
      ],
    ),
    primaryHalf("log-shipping-mirror", mirror, primary, [at(secondary, "log-shipping-secondary")]),
  ];
}
