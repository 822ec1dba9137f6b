import { spawnSync } from "node:child_process";

/**
 * Microsoft's own grammar of T-SQL, as the formatter maxdop wraps it: https://pypi.org/project/maxdop. MAXDOP says where it is, if not on
 * PATH; without it its tests are skipped, unless LAB_REQUIRE_MAXDOP is set.
 */
const program = process.env.MAXDOP ?? "maxdop";

export const skipMaxdop =
  spawnSync(program, ["--version"]).status !== 0 && process.env.LAB_REQUIRE_MAXDOP !== "1";

/** Says once why tests are skipped, where they are. */
export default function notice(): void {
  if (skipMaxdop)
    process.stdout.write(
      "Tests of the grammar of T-SQL are skipped: no maxdop on PATH (pip install maxdop==0.1.3).\n",
    );
}

/** What the grammar of SQL Server 2019 says against a file; empty where it is T-SQL. */
export function complaint(file: string): string {
  const { status, stderr, error } = spawnSync(program, ["--parser-version", "150", file], {
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  return status === 0 ? "" : stderr.replaceAll(file, "").trim();
}
