import { ports } from "../parts/flows";
import type { Act, ActName } from "../resilience/act";
import { principalOf } from "../resilience/reactions";
import { partnerOf, type State, type Subject } from "../resilience/state";
import { askRoles } from "./checks";
import {
  again,
  type Doing,
  dataLetter,
  enableJob,
  endSession,
  hostOf,
  mirrorHost,
  name,
  objectOf,
  principalHost,
  recover,
  serves,
  start,
} from "./doing";
import { type Command, cli, type LabNames, quoted, sql } from "./labNames";
import { failBack, failOverToSecondary, mirrorInSecondary, plannedMove } from "./moveCommands";

/*
 * The commands of each act of the model. Statements and their order: Microsoft's pages on failing Persistent Chat over and back, on role
 * switching and on failing over to a log shipping secondary (see topology/resilience/act.ts). What no source states is in `open`.
 */

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
        command: `ALTER DATABASE ${name(doing)} SET WITNESS = ${quoted(`TCP://${doing.lab.fqdnOf(witness)}:${ports.mirroringWitness[0]}`)};`,
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
        // What asks for the shipping of logs may come later.
        "--target-replace",
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
      "--replace",
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
