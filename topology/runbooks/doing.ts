import type { Act } from "../resilience/act";
import { principalOf } from "../resilience/reactions";
import type { Place, State, Subject } from "../resilience/state";
import { askRoles } from "./checks";
import { type Command, cli, type LabNames, quoted, sql } from "./labNames";

/** What an act is done to, and the state before it. */
export interface Doing {
  readonly lab: LabNames;
  readonly subject: Subject;
  readonly act: Act;
  readonly before: State;
}

/** What stands behind the colon of an act's id: a machine, a data center or a job. */
export const objectOf = ({ act }: Doing): string => act.id.split(":")[1] ?? "";

export const hostOf = ({ subject }: Doing, place: Place): string => subject.hosts[place] ?? "";

/** The machine whose copy everything goes on from. */
export const principalHost = (doing: Doing): string => hostOf(doing, principalOf(doing.before) ?? 0);

const sidePlaces = (side: string): readonly [Place, Place] => (side === "primary" ? [0, 1] : [2, 3]);

/** The machine with the mirror of a data center's session. */
export function mirrorHost(doing: Doing, side: string): string {
  const place = sidePlaces(side).find((one) => doing.before.copies[one].kind === "mirror");
  return hostOf(doing, place ?? sidePlaces(side)[1]);
}

/** The drive of a database machine's data. */
export const dataLetter = (doing: Doing): string =>
  doing.lab.plan.machines
    .find(({ name: machine }) => machine === principalHost(doing))
    ?.dataDisks.find(({ label }) => label === "Data")?.letter ?? "";

export const name = ({ lab }: Doing) => `[${lab.database}]`;

export const start = ({ lab }: Doing, machine: string): Command =>
  cli("Azure CLI", {
    title: `start ${machine}`,
    command: `az vm start --resource-group ${lab.groupOf(machine)} --name ${machine}`,
    expect: "it returns without an error; the machine answers after some minutes",
    waitMinutes: 10,
    otherwise: `ResourceNotFound, or a disk that is gone: the machine is lost. Run pulumi up, which makes ${machine} again, empty, and runs its steps.`,
    undo: `az vm deallocate --resource-group ${lab.groupOf(machine)} --name ${machine}`,
  });

/** Guest steps of the lab that run again: they do what is missing, and nothing that is there. Either everything else is deployed too, or nothing. */
export const again = (
  title: string,
  steps: readonly string[],
  minutes: number,
  option: "--replace" | "--target-replace",
): Command =>
  cli("Pulumi CLI", {
    title,
    command: `pulumi up ${steps.map((step) => `${option} '**::${step}'`).join(" ")}`,
    expect: "Pulumi shows these guest steps as replaced, asks, and ends without an error",
    waitMinutes: minutes,
    otherwise: "The step's own error says which machine or share it misses; run it again when that is there.",
  });

export const enableJob = (doing: Doing, machine: string, job: string, enabled: 0 | 1): Command =>
  sql(doing.lab, machine, {
    title: `${enabled === 1 ? "let" : "keep"} the job ${job} ${enabled === 1 ? "run" : "from running"}`,
    command: `EXEC msdb.dbo.sp_update_job @job_name = ${quoted(job)}, @enabled = ${enabled};`,
    expect: "Commands completed successfully.",
  });

/** Ends a session where one is left, on a machine that knows of it. */
export const endSession = (doing: Doing, machine: string): Command =>
  sql(doing.lab, machine, {
    title: `end the mirroring session of ${doing.lab.database}, as far as ${machine} knows of one`,
    command: [
      `IF EXISTS (SELECT 1 FROM sys.database_mirroring WHERE database_id = DB_ID(${quoted(doing.lab.database)}) AND mirroring_guid IS NOT NULL)`,
      `    ALTER DATABASE ${name(doing)} SET PARTNER OFF;`,
    ].join("\n"),
    expect: "Commands completed successfully.",
  });

export const recover = (doing: Doing, machine: string): Command =>
  sql(doing.lab, machine, {
    title: `bring ${doing.lab.database} online on ${machine}`,
    command: `IF (SELECT state_desc FROM sys.databases WHERE name = ${quoted(doing.lab.database)}) = N'RESTORING' RESTORE DATABASE ${name(doing)} WITH RECOVERY;`,
    expect: "RESTORE DATABASE successfully processed 0 pages",
    waitMinutes: 10,
    repeatable: true,
  });

export const serves = (doing: Doing, machine: string): Command =>
  askRoles(doing.lab, machine, "state_desc is ONLINE", 5);
