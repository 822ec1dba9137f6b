import { describe, expect, it } from "vitest";
import { guestText, scriptNames, sharedNames } from "../support/guest/powershell";

/*
 * Words and numbers that a script compares with what Windows or SQL Server says: one that neither ever says is a branch that is never
 * taken, and nothing else here would notice.
 */

/** https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-databases-transact-sql */
const states =
  "ONLINE RESTORING RECOVERING RECOVERY_PENDING SUSPECT EMERGENCY OFFLINE COPYING OFFLINE_SECONDARY";

const words: Readonly<Record<string, string>> = {
  State: states,
  Recovery: "FULL BULK_LOGGED SIMPLE",
  // https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-database-mirroring-transact-sql
  Role: "PRINCIPAL MIRROR",
  mirroring_role_desc: "PRINCIPAL MIRROR",
  Session: "SUSPENDED DISCONNECTED SYNCHRONIZING PENDING_FAILOVER SYNCHRONIZED UNSYNCHRONIZED",
  WitnessState: "UNKNOWN CONNECTED DISCONNECTED",
  // Of an endpoint or of a listener besides: sys.database_mirroring_endpoints, sys.dm_tcp_listener_states.
  state_desc: `${states} STARTED STOPPED DISABLED`,
  role_desc: "NONE PARTNER WITNESS ALL",
  type_desc: "TSQL",
};

const names = Object.keys(words).join("|");
const property = `\\.?\\b(${names})\\b(?:, N'[A-Z]+'\\))?`;
const word = "N?'([A-Z_]*)'";

interface Compared {
  readonly from: string;
  readonly what: string;
  readonly word: string;
}

/** What a text compares with a word: `$held.State -eq 'ONLINE'`, `state_desc = N'ONLINE'`, `@('', 'RESTORING') -notcontains $held.State`. */
function comparedIn(from: string, text: string): readonly Compared[] {
  const one = text.matchAll(new RegExp(`${property} (?:-eq|-ne|=|<>) ${word}`, "g"));
  const lists = text.matchAll(new RegExp(`@\\(([^)]*)\\) -(?:not)?contains [^\\n]*?\\.(${names})\\b`, "g"));
  return [
    ...[...one].map(([, what = "", value = ""]) => ({ from, what, word: value })),
    ...[...lists].flatMap(([, list = "", what = ""]) =>
      [...list.matchAll(/'([A-Z_]*)'/g)].map(([, value = ""]) => ({ from, what, word: value })),
    ),
  ];
}

const unheard = (compared: readonly Compared[]) =>
  compared.filter(({ what, word: value }) => value !== "" && !words[what]?.split(" ").includes(value));

const texts = [...scriptNames, ...sharedNames].map((name) => [name, guestText(name)] as const);

describe("what the scripts compare", () => {
  it("are words that SQL Server says of that property", () => {
    const compared = texts.flatMap(([name, text]) => comparedIn(name, text));
    expect(compared.length).toBeGreaterThan(15);
    expect(unheard(compared)).toEqual([]);
  });

  it.each([
    "if ($held.State -eq 'ON_LINE') { }",
    "@('', 'RESTORED') -notcontains $held.State",
    "WHERE d.state_desc = N'OPEN'",
    "$held.Session -eq 'SYNCHRONISED'",
    "ISNULL(m.mirroring_role_desc, N'PRINCIPAL') = N'PRIMARY'",
  ])("would show %s", (text) => {
    expect(unheard(comparedIn("x", text))).toHaveLength(1);
  });

  it("are errors of SQL Server that another try may end, and no others", () => {
    const [table = ""] = /\$LabAgain = @\{[^}]*\}/.exec(guestText("shared/Sql.ps1")) ?? [];
    expect([...table.matchAll(/^ +([0-9]+) +=/gm)].map(([, number]) => Number(number))).toEqual([
      1404, 1413, 1418, 1421, 1426, 1428, 1431, 1433, 1438, 1447, 1456, 3023, 3201, 15401,
    ]);
    expect(guestText("shared/Sql.ps1")).toContain(
      "$LabNetworkErrors = @(-1, 2, 53, 121, 233, 258, 10053, 10054, 10060, 11001)\n",
    );
  });
});

/** Jobs that a text stops and lets run again, by the arguments that name them. */
function switches(text: string): { readonly off: readonly string[]; readonly on: readonly string[] } {
  const calls = [...text.matchAll(/^.*Set-LabShipping (.*?) ?-Enabled ([01])\b.*$/gm)];
  const named = (state: string, test: (line: string) => boolean) =>
    calls.flatMap(([line, job = "", enabled]) => (enabled === state && test(line) ? [job] : []));
  return { off: named("0", () => true), on: named("1", (line) => line.includes("finally {")) };
}

describe("a job that a script stops", () => {
  it("runs again, whatever happens in between", () => {
    const stopped = texts.flatMap(([name, text]) => {
      const { off, on } = switches(text);
      return off.map((job) => ({ name, job, again: on.includes(job) }));
    });
    expect(stopped).toEqual([
      { name: "Set-LogShippingSecondary.ps1", job: "-Job $restores", again: true },
      { name: "Set-Mirroring.ps1", job: "-Job $backups -Server $other", again: true },
    ]);
  });

  it("would show where it stays stopped, or where another one is let run", () => {
    const stop = "    Set-LabShipping -Job $a -Enabled 0\n";
    expect(switches(`${stop}    finally { Set-LabShipping -Job $a -Enabled 0 }`).on).toEqual([]);
    expect(switches(`${stop}    finally { Set-LabShipping -Job $b -Enabled 1 }`).on).toEqual(["-Job $b"]);
  });
});
