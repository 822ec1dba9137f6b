import { ports } from "../parts/flows";
import { principalOf } from "../resilience/reactions";
import { conditionOf, partnerOf } from "../resilience/state";
import { type Doing, enableJob, endSession, hostOf, name, principalHost, recover, serves } from "./doing";
import { type Command, quoted, sql } from "./labNames";

/* The commands that move a database between the data centers, and those that mirror it in the secondary one. */

/** Copies and restores what log shipping has not yet. */
function catchUp({ lab }: Doing): readonly Command[] {
  const { database, copies, backups, jobs } = lab;
  const secondary = lab.set.secondary.server;
  const run = (job: string, what: string): Command =>
    sql(lab, secondary, {
      title: what,
      command: `EXEC msdb.dbo.sp_start_job @job_name = ${quoted(job)};`,
      expect: `Job '${job}' started successfully.`,
      waitMinutes: 10,
      otherwise:
        "Already running: wait until it has ended, then run it once more. The share is gone: leave it out, and say that the loss grows to the last copied file.",
    });
  return [
    run(jobs.copy, `copy what was not copied yet from ${backups}`),
    run(jobs.restore, `restore what waits in ${copies}`),
    sql(lab, secondary, {
      title: "see that nothing waits any more, and that no log is missing",
      command: `SELECT last_copied_file, last_restored_file FROM msdb.dbo.log_shipping_monitor_secondary WHERE secondary_database = ${quoted(database)};`,
      expect: "both name the same file",
      waitMinutes: 10,
      otherwise:
        "Error 4305 in the job's history: a log is missing in the chain. What comes after it is lost; whoever answers for that says go on.",
    }),
  ];
}

/** Ends log shipping, and lets the secondary serve. */
function takeOver(doing: Doing): readonly Command[] {
  const { lab } = doing;
  const { database, jobs } = lab;
  const secondary = lab.set.secondary.server;
  return [
    enableJob(doing, secondary, jobs.copy, 0),
    enableJob(doing, secondary, jobs.restore, 0),
    sql(lab, secondary, {
      title: "end log shipping on the secondary",
      command: `EXEC master.dbo.sp_delete_log_shipping_secondary_database @secondary_database = ${quoted(database)};`,
      expect: "Commands completed successfully.",
      otherwise: "An error that it does not exist: it was done before. Go on.",
    }),
    sql(lab, secondary, {
      title: `end the sessions in ${database}`,
      command: [
        "DECLARE @kill nvarchar(max) = N'';",
        `SELECT @kill += N'KILL ' + CAST(session_id AS nvarchar(10)) + N';' FROM sys.dm_exec_sessions WHERE database_id = DB_ID(${quoted(database)}) AND session_id <> @@SPID;`,
        "EXEC (@kill);",
      ].join("\n"),
      expect: "Commands completed successfully.",
    }),
    recover(doing, secondary),
    sql(lab, secondary, {
      title: "find users without a login",
      command: `SELECT p.name FROM ${name(doing)}.sys.database_principals p LEFT JOIN sys.server_principals s ON s.sid = p.sid WHERE p.type IN ('U', 'G') AND s.sid IS NULL AND p.name <> N'dbo';`,
      expect: "no row",
      otherwise: "For each row: CREATE LOGIN [its name] FROM WINDOWS.",
    }),
    serves(doing, secondary),
    sql(lab, secondary, {
      title: "see that its pages are whole",
      command: `DBCC CHECKDB (${quoted(database)}) WITH PHYSICAL_ONLY, NO_INFOMSGS;`,
      expect: "no line but that the command completed",
      waitMinutes: 30,
      otherwise: "Errors: the copy is damaged. Do not go on without somebody who knows what to repair.",
    }),
  ];
}

/** Microsoft's failover after a disaster; log shipping ends after the last log, so that each step can be repeated. */
export function failOverToSecondary(doing: Doing): readonly Command[] {
  return [...catchUp(doing), ...takeOver(doing)];
}

/** A move without loss: the tail of the log goes along. */
export function plannedMove(doing: Doing): readonly Command[] {
  const { lab } = doing;
  const principal = principalHost(doing);
  const secondary = lab.set.secondary.server;
  const tail = `${lab.backups}\\tail_${lab.database}.log.bak`;
  return [
    ...[lab.set.primary.server, lab.set.primary.mirror].map((machine) =>
      enableJob(doing, machine, lab.jobs.backup, 0),
    ),
    endSession(doing, principal),
    sql(lab, principal, {
      title: "back up the tail of the log, after which nobody can write any more",
      command: `BACKUP LOG ${name(doing)} TO DISK = ${quoted(tail)} WITH INIT, CHECKSUM, NORECOVERY;`,
      expect: "BACKUP LOG successfully processed",
      waitMinutes: 5,
      repeatable: false,
      undo: `RESTORE DATABASE ${name(doing)} WITH RECOVERY; on ${principal}`,
      open: "That a database which left its mirroring session takes a tail backup at once is not stated.",
    }),
    ...catchUp(doing),
    sql(lab, secondary, {
      title: "restore the tail",
      command: `RESTORE LOG ${name(doing)} FROM DISK = ${quoted(tail)} WITH NORECOVERY;`,
      expect: "RESTORE LOG successfully processed",
      waitMinutes: 5,
      otherwise:
        "Error 4326 (too early): it was restored before. Error 4305 (a log is missing): copy and restore once more.",
    }),
    ...takeOver(doing),
  ];
}

/** The way back. */
export function failBack(doing: Doing): readonly Command[] {
  const { lab } = doing;
  const from = principalHost(doing);
  const to = lab.set.primary.server;
  const file = (part: string) => quoted(`${lab.backups}\\failback_${lab.database}${part}`);
  const otherMirror = lab.set.secondary.mirror;
  return [
    endSession(doing, from),
    sql(lab, from, {
      title: `back up ${lab.database} in full`,
      command: `BACKUP DATABASE ${name(doing)} TO DISK = ${file(".bak")} WITH INIT, CHECKSUM;`,
      expect: "BACKUP DATABASE successfully processed",
      waitMinutes: 30,
    }),
    sql(lab, from, {
      title: "back up the rest of its log, after which nobody can write any more",
      command: `BACKUP LOG ${name(doing)} TO DISK = ${file(".log.bak")} WITH INIT, CHECKSUM, NORECOVERY;`,
      expect: "BACKUP LOG successfully processed",
      waitMinutes: 5,
      repeatable: false,
      undo: `RESTORE DATABASE ${name(doing)} WITH RECOVERY; on ${from}`,
      open: "Microsoft backs up in full and does not say how writing is stopped meanwhile.",
    }),
    endSession(doing, to),
    sql(lab, to, {
      title: `restore it over the old ${lab.database} on ${to}`,
      command: `RESTORE DATABASE ${name(doing)} FROM DISK = ${file(".bak")} WITH REPLACE, NORECOVERY;`,
      expect: "RESTORE DATABASE successfully processed",
      waitMinutes: 30,
    }),
    sql(lab, to, {
      title: "restore the rest of its log",
      command: `RESTORE LOG ${name(doing)} FROM DISK = ${file(".log.bak")} WITH NORECOVERY;`,
      expect: "RESTORE LOG successfully processed",
      waitMinutes: 5,
    }),
    recover(doing, to),
    serves(doing, to),
    ...(otherMirror === undefined || conditionOf(doing.subject, doing.before, otherMirror) !== "u"
      ? []
      : [
          sql(lab, otherMirror, {
            title: `drop the old mirror on ${otherMirror}`,
            command: `IF (SELECT state_desc FROM sys.databases WHERE name = ${quoted(lab.database)}) = N'RESTORING' DROP DATABASE ${name(doing)};`,
            expect: "Commands completed successfully.",
          }),
        ]),
  ];
}

/** A mirror in the secondary data center, which no guest step makes: its session begins after a failover only. */
export function mirrorInSecondary(doing: Doing): readonly Command[] {
  const { lab } = doing;
  const from = principalHost(doing);
  const to = hostOf(doing, partnerOf(principalOf(doing.before) ?? 2));
  const file = (part: string) => quoted(`${lab.backups}\\dr_${lab.database}${part}`);
  const address = (machine: string) => quoted(`TCP://${lab.fqdnOf(machine)}:${ports.mirroringPartner[0]}`);
  return [
    endSession(doing, from),
    sql(lab, from, {
      title: `back up ${lab.database} for its mirror`,
      command: [
        `BACKUP DATABASE ${name(doing)} TO DISK = ${file(".bak")} WITH INIT, CHECKSUM;`,
        `BACKUP LOG ${name(doing)} TO DISK = ${file(".log.bak")} WITH INIT, CHECKSUM;`,
      ].join("\n"),
      expect: "BACKUP DATABASE and BACKUP LOG successfully processed",
      waitMinutes: 30,
    }),
    endSession(doing, to),
    sql(lab, to, {
      title: `restore it on ${to}, without recovery`,
      command: [
        `RESTORE DATABASE ${name(doing)} FROM DISK = ${file(".bak")} WITH REPLACE, NORECOVERY;`,
        `RESTORE LOG ${name(doing)} FROM DISK = ${file(".log.bak")} WITH NORECOVERY;`,
      ].join("\n"),
      expect: "RESTORE DATABASE and RESTORE LOG successfully processed",
      waitMinutes: 30,
    }),
    sql(lab, to, {
      title: "name the principal to the mirror, which speaks first",
      command: `ALTER DATABASE ${name(doing)} SET PARTNER = ${address(from)};`,
      expect: "Commands completed successfully.",
      otherwise: "Error 1416 or 1478: restore once more from a new backup.",
    }),
    sql(lab, from, {
      title: "name the mirror to the principal",
      command: `ALTER DATABASE ${name(doing)} SET PARTNER = ${address(to)};`,
      expect: "Commands completed successfully.",
      otherwise:
        "Error 1418: the endpoint of the other machine is not reached; see that it is STARTED there.",
    }),
  ];
}
