import { ports } from "../flows";
import type { DatabaseSet, Machine, Share, Step } from "../model";
import { computerAccount } from "../names";
import { joined } from "./machineSteps";
import { shareStep } from "./shareSteps";
import { list, makeStep, stepId } from "./step";

/*
 * SQL Server, in the order that Microsoft's two procedures force: endpoints, mirroring in the primary data center, log shipping, and
 * last the mirror as second primary of log shipping, which needs it to be the principal for a moment. Never the other way round: a log
 * backup between seed and pairing would have to be restored on the mirror as well.
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
  return makeStep(machine, "sql-instance", "Set-SqlInstance.ps1", { DomainName: domain, ...paths }, [
    joined(machine.name),
  ]);
}

/** The parties of a set's mirroring sessions, in each data center. */
function sessions(
  set: DatabaseSet,
): readonly { readonly partners: readonly string[]; readonly witness: string | undefined }[] {
  const standby =
    set.secondaryMirror === undefined
      ? []
      : [{ partners: [set.secondary, set.secondaryMirror], witness: set.secondaryWitness }];
  return [{ partners: [set.primary, set.mirror], witness: set.witness }, ...standby];
}

/** One endpoint for each instance that takes part in mirroring, whatever the number of its databases. */
export function endpointSteps({ domain, sets, machine }: DatabaseContext): readonly Step[] {
  const peers = new Map<string, { witness: boolean; others: Set<string> }>();
  for (const { partners, witness } of sets.flatMap(sessions)) {
    const all = witness === undefined ? partners : [...partners, witness];
    for (const name of all) {
      const entry = peers.get(name) ?? { witness: name === witness, others: new Set<string>() };
      for (const other of all) if (other !== name) entry.others.add(other);
      peers.set(name, entry);
    }
  }
  return [...peers].map(([name, { witness, others }]) =>
    makeStep(
      machine(name),
      "mirroring-endpoint",
      "New-MirroringEndpoint.ps1",
      {
        Role: witness ? "WITNESS" : "PARTNER",
        Port: witness ? witnessPort : partnerPort,
        Accounts: list([...others].map((other) => computerAccount(domain, other))),
      },
      [instance(name), ...[...others].map(joined)],
    ),
  );
}

/** Mirroring and log shipping of one database. */
export function databaseSetSteps(set: DatabaseSet, { shares, machine }: DatabaseContext): readonly Step[] {
  const Database = set.database;
  const [primary, mirror, secondary] = [machine(set.primary), machine(set.mirror), machine(set.secondary)];
  const share = (id: string) => shares.find((candidate) => candidate.id === id);
  const backup = share(set.logShipping.backupShare);
  const copy = share(set.logShipping.copyShare);
  const BackupShare = `${backup?.unc}\\${Database}`;
  const partner = (name: string, port: string) => `TCP://${machine(name).fqdn}:${port}`;
  const name = (step: string) => `${Database}-${step}`;
  const at = (host: Machine, step: string) => stepId(host.name, name(step));
  const { intervalMinutes, retentionMinutes, backupAlertMinutes, restoreAlertMinutes } = set.logShipping;
  const times = { IntervalMinutes: String(intervalMinutes), RetentionMinutes: String(retentionMinutes) };
  const primaryHalf = {
    Database,
    BackupShare,
    Secondary: secondary.name,
    ...times,
    BackupAlertMinutes: String(backupAlertMinutes),
  };
  return [
    makeStep(primary, name("database"), "New-PlaceholderDatabase.ps1", { Database, DataPath, LogPath }, [
      instance(primary.name),
    ]),
    makeStep(primary, name("seed"), "Backup-Seed.ps1", { Database, Folder: BackupShare }, [
      at(primary, "database"),
      ...(backup === undefined ? [] : [shareStep(backup)]),
    ]),
    makeStep(
      mirror,
      name("mirror"),
      "Set-Mirror.ps1",
      { Database, Folder: BackupShare, Partner: partner(primary.name, partnerPort) },
      [at(primary, "seed"), endpoint(primary.name), endpoint(mirror.name)],
    ),
    makeStep(
      primary,
      name("mirroring"),
      "Start-Mirroring.ps1",
      {
        Database,
        Partner: partner(mirror.name, partnerPort),
        Witness: set.witness === undefined ? "none" : partner(set.witness, witnessPort),
      },
      [at(mirror, "mirror"), ...(set.witness === undefined ? [] : [endpoint(set.witness)])],
    ),
    makeStep(primary, name("log-shipping-primary"), "Set-LogShippingPrimary.ps1", primaryHalf, [
      at(primary, "mirroring"),
    ]),
    makeStep(
      secondary,
      name("log-shipping-secondary"),
      "Set-LogShippingSecondary.ps1",
      {
        Database,
        Primary: primary.name,
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
    makeStep(primary, name("failover"), "Switch-Principal.ps1", { Database }, [
      at(secondary, "log-shipping-secondary"),
    ]),
    makeStep(mirror, name("log-shipping-mirror"), "Set-LogShippingPrimary.ps1", primaryHalf, [
      at(primary, "failover"),
    ]),
    makeStep(mirror, name("failback"), "Switch-Principal.ps1", { Database }, [
      at(mirror, "log-shipping-mirror"),
    ]),
  ];
}
