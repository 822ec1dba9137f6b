import type { Plan } from "../../topology/model";
import { guestText } from "./powershell";

/*
 * The T-SQL that a step sends to SQL Server, as far as it can be said without running PowerShell: the statements of its script in order,
 * with its parameters in the place of variables. What a script does only when something is missing, or only when it is there, is shown as
 * well; what it asks is not.
 */

/** Functions of the prologue that send T-SQL themselves. */
const shared = functionsOf(guestText("shared/Prologue.ps1"));

const verbs = "ALTER|BACKUP|CREATE|EXEC|GRANT|RESTORE";
const statement = new RegExp(
  `"((?:${verbs}) [^\\n]*?)"(?: \\||$)|'((?:${verbs}) [^\\n']*)'|@'\\n((?:DECLARE|EXEC)[\\s\\S]*?)\\n'@`,
);

/** Statements of the steps of one database, in the order of the plan, each headed by its step with its parameters. */
export function tsqlOf({ steps, databaseSets }: Plan, database: string): string {
  const own = databaseSets
    .filter((set) => set.database === database)
    .flatMap(({ primary, mirror, witness, secondary, secondaryMirror, secondaryWitness }) => [
      ...[primary, mirror, witness],
      ...[secondary, secondaryMirror, secondaryWitness],
    ]);
  const parts = steps
    .filter(
      ({ name, machine }) =>
        name.startsWith(`${database}-`) || (name === "mirroring-endpoint" && own.includes(machine)),
    )
    .map(({ id, script, parameters }) =>
      [
        `-- ${id} (${script})`,
        ...Object.entries(parameters).map(([key, value]) => `--   ${key} = ${value}`),
        ...statements(guestText(script), new Map(Object.entries(parameters))),
      ].join("\n"),
    );
  const job = [
    "-- Enable-LabJob (Prologue.ps1)",
    ...statements(shared.get("Enable-LabJob") ?? "", new Map()),
  ];
  return `${[...parts, job.join("\n")].join("\n\n")}\n`;
}

function statements(text: string, values: ReadonlyMap<string, string>): readonly string[] {
  const known = new Map(values);
  return joinedLines(text).flatMap((line) => {
    const [, variable, value] = /^\s*\$(\w+) = (ConvertTo-Sql(?:Name|Text) .*|'\w+')$/.exec(line) ?? [];
    if (variable !== undefined)
      known.set(variable, resolve(value ?? "", known).replaceAll("'", value?.startsWith("'") ? "" : "'"));
    const call = /^\s*(Restore-LabSeed|Enable-LabJob) (.*)$/.exec(line);
    if (call?.[1] === "Enable-LabJob") return [`-- ${resolve(call[0].trim(), known)}`];
    if (call !== null) {
      const args = [...(call[2] ?? "").matchAll(/-(\w+) (\S+)/g)];
      const bound = args.map(([, key = "", given = ""]) => [key, resolve(given, known)] as const);
      return statements(shared.get(call[1] ?? "") ?? "", new Map(bound));
    }
    const [, expanded, single, here] = statement.exec(line) ?? [];
    const sql = expanded === undefined ? (single ?? here) : resolve(expanded, known);
    if (sql === undefined) return [];
    return sql.includes("$account")
      ? (values.get("Accounts") ?? "").split(",").map((account) => sql.replaceAll("$account", account))
      : [sql];
  });
}

/** Lines of a script; here-strings and texts that go on after a plus count as one. */
function joinedLines(text: string): readonly string[] {
  const whole = text.replace(/" \+\n\s*"/g, "");
  return whole.match(/[^\n]*@'\n[\s\S]*?\n'@|[^\n]+/g) ?? [];
}

/** A PowerShell text with its variables and the two functions for T-SQL replaced. */
function resolve(text: string, values: ReadonlyMap<string, string>): string {
  const plain = text
    .replace(/\(Join-Path -Path (\$\w+) -ChildPath "([^"]*)"\)/g, "$1\\$2")
    .replace(/\$\{?(\w+)\}?/g, (all, name: string) => values.get(name) ?? all);
  return plain
    .replace(/\$?\(?ConvertTo-SqlName -Text "?([^")\s]+)"?\)?/g, "[$1]")
    .replace(/\$?\(?ConvertTo-SqlText -Text "?([^")\s]+)"?\)?/g, "N'$1'");
}

function functionsOf(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/^function ([\w-]+) \{\n([\s\S]*?)\n\}$/gm);
  return new Map([...found].map(([, name = "", body = ""]) => [name, body]));
}
