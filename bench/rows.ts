/*
 * What was measured, and whether it holds.
 */

interface Row {
  readonly claim: string;
  readonly measured: string;
  readonly limit: string;
  readonly holds: boolean;
}

const rows: Row[] = [];

/** A figure and its limit. */
export function tell(
  claim: string,
  value: number,
  comparison: "at most" | "at least",
  limit: number,
  unit: string,
): void {
  const holds = comparison === "at most" ? value <= limit : value >= limit;
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  tellWhether(claim, `${value.toFixed(digits)}${unit}`, `${comparison} ${limit}${unit}`, holds);
}

/** Something that holds or not. */
export function tellWhether(claim: string, measured: string, limit: string, holds: boolean): void {
  // The table comes minutes later.
  if (process.stderr.isTTY) process.stderr.write(`measured: ${claim}\n`);
  rows.push({ claim, measured, limit, holds });
}

/** What must not be found: the first of it where it was. */
export function tellNone(claim: string, wrong: readonly string[], measured: string, limit: string): void {
  tellWhether(claim, wrong.length === 0 ? measured : wrong.slice(0, 3).join(", "), limit, wrong.length === 0);
}

/** Prints all of it; gives whether all holds. */
export function printRows(): boolean {
  const width = (key: keyof Row) => Math.max(...rows.map((row) => String(row[key]).length));
  for (const { claim, measured, limit, holds } of rows)
    console.log(
      [claim.padEnd(width("claim")), measured.padStart(width("measured")), limit.padEnd(width("limit"))].join(
        "   ",
      ),
      holds ? "  PASS" : "  FAIL",
    );
  return rows.every(({ holds }) => holds);
}
