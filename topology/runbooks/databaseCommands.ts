import type { Act, ActName } from "../resilience/act";
import { principalOf } from "../resilience/reactions";
import { conditionOf, type Place, partnerOf, type State, type Subject } from "../resilience/state";
import { askRoles } from "./checks";
import { type Command, cli, type LabNames, quoted, sql } from "./labNames";

/*
 * The commands of each act of the model. Statements and their order: Microsoft's pages on failing Persistent Chat over and back, on role
 * switching and on failing over to a log shipping secondary (see topology/resilience/act.ts). What no source states is in `open`.
 */

/** What an act is done to, and the state before it. */
interface Doing {
  readonly lab: LabNames;
  readonly subject: Subject;
  readonly act: Act;
  readonly before: State;
}

/** What stands behind the colon of an act's id: a machine, a data center or a job. */
const objectOf = ({ act }: Doing): string => act.id.split(":")[1] ?? "";

const hostOf = ({ subject }: Doing, place: Place): string => subject.hosts[place] ?? "";

/** The machine whose copy everything goes on from. */
const principalHost = (doing: Doing): string => hostOf(doing, principalOf(doing.before) ?? 0);

const sidePlaces = (side: string): readonly [Place, Place] => (side === "primary" ? [0, 1] : [2, 3]);

/** The machine with the mirror of a data center's session. */
function mirrorHost(doing: Doing, side: string): string {
  const place = sidePlaces(side).find((one) => doing.before.copies[one].kind === "mirror");
  return hostOf(doing, place ?? sidePlaces(side)[1]);
}

/** The drive of a database machine's data. */
const dataLetter = (doing: Doing): string =>
  doing.lab.plan.machines
    .find(({ name: machine }) => machine === principalHost(doing))
    ?.dataDisks.find(({ label }) => label === "Data")?.letter ?? "";

const name = ({ lab }: Doing) => `[${lab.database}]`;

const start = ({ lab }: Doing, machine: string): Command =>
  cli("Azure CLI", {
    title: `start ${machine}`,
    command: `az vm start --resource-group ${lab.groupOf(machine)} --name ${machine}`,
    expect: "it returns without an error; the machine answers after some minutes",
    waitMinutes: 10,
    otherwise: `ResourceNotFound, or a disk that is gone: the machine is lost. Run pulumi up, which makes ${machine} again, empty, and runs its steps.`,
    undo: `az vm deallocate --resource-group ${lab.groupOf(machine)} --name ${machine}`,
  });

/** A guest step of the lab that runs again: it does what is missing, and nothing that is there. */
const again = (title: string, steps: readonly string[], minutes: number): Command =>
  cli("Pulumi CLI", {
    title,
    command: `pulumi up ${steps.map((step) => `--replace '**::${step}'`).join(" ")}`,
    expect: "Pulumi shows these guest steps as replaced, asks, and ends without an error",
    waitMinutes: minutes,
    otherwise: "The step's own error says which machine or share it misses; run it again when that is there.",
  });

const enableJob = (doing: Doing, machine: string, job: string, enabled: 0 | 1): Command =>
  sql(doing.lab, machine, {
    title: `${enabled === 1 ? "let" : "keep"} the job ${job} ${enabled === 1 ? "run" : "from running"}`,
    command: `EXEC msdb.dbo.sp_update_job @job_name = ${quoted(job)}, @enabled = ${enabled};`,
    expect: "Commands completed successfully.",
  });

/** Ends a session where one is left, on a machine that knows of it. */
const endSession = (doing: Doing, machine: string): Command =>
  sql(doing.lab, machine, {
    title: `end the mirroring session of ${doing.lab.database}, as far as ${machine} knows of one`,
    command: [
      `IF EXISTS (SELECT 1 FROM sys.database_mirroring WHERE database_id = DB_ID(${quoted(doing.lab.database)}) AND mirroring_guid IS NOT NULL)`,
      `    ALTER DATABASE ${name(doing)} SET PARTNER OFF;`,
    ].join("\n"),
    expect: "Commands completed successfully.",
  });

const recover = (doing: Doing, machine: string): Command =>
  sql(doing.lab, machine, {
    title: `bring ${doing.lab.database} online on ${machine}`,
    command: `IF (SELECT state_desc FROM sys.databases WHERE name = ${quoted(doing.lab.database)}) = N'RESTORING' RESTORE DATABASE ${name(doing)} WITH RECOVERY;`,
    expect: "RESTORE DATABASE successfully processed 0 pages",
    waitMinutes: 10,
    repeatable: true,
  });

const serves = (doing: Doing, machine: string): Command =>
  askRoles(doing.lab, machine, "state_desc is ONLINE", 5);

function failOverToSecondary(doing: Doing): readonly Command[] {
  const { lab } = doing;
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

function plannedMove(doing: Doing): readonly Command[] {
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
    ...failOverToSecondary(doing).filter(({ title }) => /^(copy|restore|see that nothing)/.test(title)),
    sql(lab, secondary, {
      title: "restore the tail",
      command: `RESTORE LOG ${name(doing)} FROM DISK = ${quoted(tail)} WITH NORECOVERY;`,
      expect: "RESTORE LOG successfully processed",
      waitMinutes: 5,
      otherwise:
        "Error 4326 (too early): it was restored before. Error 4305 (a log is missing): copy and restore once more.",
    }),
    ...failOverToSecondary(doing).filter(({ title }) => !/^(copy|restore|see that nothing)/.test(title)),
  ];
}

function failBack(doing: Doing): readonly Command[] {
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
function mirrorInSecondary(doing: Doing): readonly Command[] {
  const { lab } = doing;
  const from = principalHost(doing);
  const to = hostOf(doing, partnerOf(principalOf(doing.before) ?? 2));
  const file = (part: string) => quoted(`${lab.backups}\\dr_${lab.database}${part}`);
  const address = (machine: string) => quoted(`TCP://${lab.fqdnOf(machine)}:5022`);
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

/** The commands of each act. An act without an entry here does not compile. */
const commands: Readonly<Record<ActName, (doing: Doing) => readonly Command[]>> = {
  "bring-back": (doing) => [start(doing, objectOf(doing))],
  fence: (doing) => {
    const machine = objectOf(doing);
    return [
      cli("Azure CLI", {
        title: `stop ${machine} so that it does not come back by itself`,
        command: `az vm deallocate --resource-group ${doing.lab.groupOf(machine)} --name ${machine}`,
        expect: "it returns without an error",
        waitMinutes: 5,
        otherwise:
          "Azure does not answer for this region: cut its peering to the other data center instead, so that nothing there reaches the backup share or the pool's other servers.",
        undo: `az vm start --resource-group ${doing.lab.groupOf(machine)} --name ${machine}`,
        open: "That Azure takes a deallocation while the region is out is not stated.",
      }),
    ];
  },
  "set-aside": (doing) => {
    const { lab } = doing;
    const machine = objectOf(doing);
    const secondary = lab.set.secondary.server;
    return [
      start(doing, machine),
      enableJob(doing, machine, lab.jobs.backup, 0),
      endSession(doing, machine),
      sql(lab, machine, {
        title: `take the old ${lab.database} out of service`,
        command: `IF (SELECT state_desc FROM sys.databases WHERE name = ${quoted(lab.database)}) = N'ONLINE' ALTER DATABASE ${name(doing)} SET OFFLINE WITH ROLLBACK IMMEDIATE;`,
        expect: "Commands completed successfully.",
        undo: `ALTER DATABASE ${name(doing)} SET ONLINE; on ${machine}`,
        open: "SQL Server starts with the machine: until this step is done the old database may be online. Nobody is sent there as long as the pool uses the other data center's databases.",
      }),
      sql(lab, machine, {
        title: "end the old half of log shipping",
        command: [
          `EXEC master.dbo.sp_delete_log_shipping_primary_secondary @primary_database = ${quoted(lab.database)}, @secondary_server = ${quoted(secondary)}, @secondary_database = ${quoted(lab.database)};`,
          `EXEC master.dbo.sp_delete_log_shipping_primary_database @database = ${quoted(lab.database)};`,
        ].join("\n"),
        expect: "Commands completed successfully.",
        otherwise: "An error that it does not exist: it was done before. Go on.",
      }),
    ];
  },
  "start-job": (doing) => {
    const { lab } = doing;
    const job = objectOf(doing) as keyof LabNames["jobs"];
    const machine = job === "backup" ? principalHost(doing) : lab.set.secondary.server;
    return [
      enableJob(doing, machine, lab.jobs[job], 1),
      sql(lab, machine, {
        title: `run ${lab.jobs[job]} once`,
        command: `EXEC msdb.dbo.sp_start_job @job_name = ${quoted(lab.jobs[job])};`,
        expect: `Job '${lab.jobs[job]}' started successfully.`,
        otherwise: "Already running: that is as good.",
      }),
    ];
  },
  "resume-mirroring": (doing) => [
    sql(doing.lab, principalHost(doing), {
      title: "resume the session",
      command: `ALTER DATABASE ${name(doing)} SET PARTNER RESUME;`,
      expect: "Commands completed successfully.",
      undo: `ALTER DATABASE ${name(doing)} SET PARTNER SUSPEND;`,
    }),
  ],
  "fail-over-to-mirror": (doing) => {
    const principal = principalHost(doing);
    return [
      sql(doing.lab, principal, {
        title: `let the mirror take over from ${principal}`,
        command: `ALTER DATABASE ${name(doing)} SET PARTNER FAILOVER;`,
        expect: "Commands completed successfully.",
        repeatable: false,
        undo: "the same statement on the new principal",
        otherwise: "Error 1422 or 1447: the session is not SYNCHRONIZED. Wait and try again.",
      }),
      askRoles(doing.lab, mirrorHost(doing, objectOf(doing)), "PRINCIPAL, SYNCHRONIZED", 5),
    ];
  },
  "remove-witness": (doing) => [
    sql(doing.lab, principalHost(doing), {
      title: "take the witness out of the session",
      command: `ALTER DATABASE ${name(doing)} SET WITNESS OFF;`,
      expect: "Commands completed successfully.",
      undo: "set the witness again when it is back",
    }),
  ],
  "set-witness": (doing) => {
    const { witness = "" } = doing.lab.set[objectOf(doing) as "primary" | "secondary"];
    return [
      sql(doing.lab, principalHost(doing), {
        title: `make ${witness} the witness`,
        command: `ALTER DATABASE ${name(doing)} SET WITNESS = ${quoted(`TCP://${doing.lab.fqdnOf(witness)}:7022`)};`,
        expect: "Commands completed successfully.",
        undo: `ALTER DATABASE ${name(doing)} SET WITNESS OFF;`,
        otherwise: "Error 1456: the witness's endpoint is not reached; see that it is STARTED there.",
      }),
      askRoles(doing.lab, principalHost(doing), "mirroring_witness_state_desc is CONNECTED", 5),
    ];
  },
  "break-mirroring": (doing) => [
    sql(doing.lab, principalHost(doing), {
      title: "take the principal out of its session, so that it needs no quorum any more",
      command: `ALTER DATABASE ${name(doing)} SET PARTNER OFF;`,
      expect: "Commands completed successfully.",
      open: "Nobody states that a session can be ended on a principal that has no quorum.",
      otherwise: "It is refused: start the mirror or the witness instead, one of them is enough.",
    }),
    recover(doing, principalHost(doing)),
    serves(doing, principalHost(doing)),
  ],
  "force-service": (doing) => {
    const mirror = mirrorHost(doing, objectOf(doing));
    return [
      sql(doing.lab, mirror, {
        title: `force service on ${mirror}`,
        command: `ALTER DATABASE ${name(doing)} SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS;`,
        expect: "Commands completed successfully.",
        repeatable: false,
        otherwise: "Error 1455 or 1449: a witness is set, or the principal is still seen. Do not go on here.",
      }),
      serves(doing, mirror),
    ];
  },
  "recover-mirror": (doing) => {
    const mirror = mirrorHost(doing, objectOf(doing));
    return [endSession(doing, mirror), recover(doing, mirror), serves(doing, mirror)];
  },
  "rebuild-mirror": (doing) => {
    const { lab } = doing;
    if (objectOf(doing) === "secondary") return mirrorInSecondary(doing);
    const principal = principalHost(doing);
    const other = hostOf(doing, partnerOf(principalOf(doing.before) ?? 0));
    return [
      again(
        `mirror ${lab.database} on ${other} anew`,
        [`${other}-${lab.database}-mirroring`, `${principal}-${lab.database}-mirroring`],
        40,
      ),
    ];
  },
  "fail-over-to-secondary": failOverToSecondary,
  "planned-move": plannedMove,
  "fail-back": failBack,
  "reseed-secondary": ({ lab }) => [
    again(
      `ship the logs of ${lab.database} to ${lab.set.secondary.server} anew`,
      [
        `${lab.set.primary.server}-${lab.database}-log-shipping-primary`,
        `${lab.set.secondary.server}-${lab.database}-log-shipping-secondary`,
        `${lab.set.primary.mirror}-${lab.database}-log-shipping-mirror`,
      ],
      40,
    ),
  ],
  "free-log": (doing) => [
    sql(doing.lab, principalHost(doing), {
      title: "see what the log waits for",
      command: `SELECT log_reuse_wait_desc FROM sys.databases WHERE name = ${quoted(doing.lab.database)};`,
      expect: "LOG_BACKUP",
      otherwise: `DATABASE_MIRRORING: the mirror is away for too long. ALTER DATABASE ${name(doing)} SET PARTNER OFF; then go on, and make the mirror anew afterwards.`,
    }),
    sql(doing.lab, principalHost(doing), {
      title: "back the log up to the share",
      command: `EXEC msdb.dbo.sp_start_job @job_name = ${quoted(doing.lab.jobs.backup)};`,
      expect: `Job '${doing.lab.jobs.backup}' started successfully.`,
      waitMinutes: 10,
    }),
  ],
  "back-up-log-elsewhere": (doing) => [
    sql(doing.lab, principalHost(doing), {
      title: "back the log up to the data disk, since the share is away",
      command: `BACKUP LOG ${name(doing)} TO DISK = ${quoted(`${dataLetter(doing)}:\\${doing.lab.database}_elsewhere.trn`)} WITH INIT, CHECKSUM;`,
      expect: "BACKUP LOG successfully processed",
      waitMinutes: 10,
      repeatable: false,
      otherwise: "No room there either: extend the disk (machines.sqlServer.dataDiskGiB, then pulumi up).",
    }),
  ],
  "use-old-copy": (doing) => {
    const machine = objectOf(doing);
    return [
      start(doing, machine),
      endSession(doing, machine),
      sql(doing.lab, machine, {
        title: `bring the old ${doing.lab.database} into service`,
        command: `IF (SELECT state_desc FROM sys.databases WHERE name = ${quoted(doing.lab.database)}) = N'OFFLINE' ALTER DATABASE ${name(doing)} SET ONLINE;`,
        expect: "Commands completed successfully.",
      }),
      recover(doing, machine),
      serves(doing, machine),
    ];
  },
};

/** The commands of an act, in a state in which it is done. */
export const commandsOf = (lab: LabNames, subject: Subject, act: Act, before: State): readonly Command[] =>
  commands[act.name]({ lab, subject, act, before });
