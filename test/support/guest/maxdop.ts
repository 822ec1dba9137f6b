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

/** What the grammar of SQL Server 2019 says against the files of a folder: `name: line:column: why`. */
export function complaints(folder: string): readonly string[] {
  const { stderr, error } = spawnSync(program, ["--parser-version", "150", "--check", folder], {
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  // It also says which files it would lay out in another way, which is nobody's business here.
  return stderr
    .split("\n")
    .flatMap(
      (line) =>
        /^maxdop: .*\/([^/]+)\.sql: could not be parsed.*?unchanged\. (.*)$/
          .exec(line)
          ?.slice(1)
          .join(": ") ?? [],
    );
}
