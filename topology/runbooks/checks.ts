import type { Subject } from "../resilience/state";
import { type Command, type LabNames, quoted, sql } from "./labNames";

/* What is asked before and after a runbook, and between its acts. None of it changes anything. */

/** What a database is on a machine: online or restoring, its role, its session and its witness. */
export const askRoles = (
  lab: LabNames,
  machine: string,
  expect: string,
  waitMinutes = 1,
  otherwise = "Wait as long again. If it stays so, stop here: what comes next is not right without it.",
): Command =>
  sql(lab, machine, {
    title: `ask ${machine} what ${lab.database} is there`,
    command: [
      "SELECT d.state_desc, m.mirroring_role_desc, m.mirroring_state_desc, m.mirroring_witness_state_desc",
      "FROM sys.databases d LEFT JOIN sys.database_mirroring m ON m.database_id = d.database_id",
      `WHERE d.name = ${quoted(lab.database)};`,
    ].join("\n"),
    expect,
    waitMinutes,
    otherwise,
  });

/** How far behind log shipping is. */
export const askShipping = (lab: LabNames): Command =>
  sql(lab, lab.set.secondary.server, {
    title: "ask how old the last log is that was restored",
    command: [
      "SELECT last_copied_file, last_restored_file, DATEDIFF(minute, last_restored_date_utc, GETUTCDATE()) AS minutes",
      `FROM msdb.dbo.log_shipping_monitor_secondary WHERE secondary_database = ${quoted(lab.database)};`,
    ].join("\n"),
    expect: `one row, minutes below ${lab.set.logShipping.restoreAlertMinutes}`,
  });

/** What is asked of every machine with a copy before something is done, of those that answer. */
export function checksBefore(
  lab: LabNames,
  { hosts }: Subject,
  isUp: (machine: string) => boolean,
): readonly Command[] {
  const up = hosts.filter((host) => host !== undefined && isUp(host)) as readonly string[];
  return [
    ...up.map((machine) =>
      askRoles(
        lab,
        machine,
        "any answer: write it down, it is what was there before",
        1,
        "It does not answer, so it is down: write that down, and ask for the runbook again with --lost.",
      ),
    ),
    ...(isUp(lab.set.secondary.server)
      ? [
          {
            ...askShipping(lab),
            expect: "any answer: write it down, it is how old the last log is",
            otherwise: "No row: log shipping has ended on this machine. Write that down.",
          },
        ]
      : []),
  ];
}
