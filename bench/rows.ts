/*
 * What was measured, and whether it holds. A row is printed when it is measured.
 */

interface Row {
  readonly claim: string;
  readonly measured: string;
  readonly limit: string;
  readonly holds: boolean;
}

const rows: Row[] = [];

/** Widths of the usual row; a longer one is printed whole. */
const widths = { claim: 84, measured: 24, limit: 22 };

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
  rows.push({ claim, measured, limit, holds });
  console.log(
    [claim.padEnd(widths.claim), measured.padStart(widths.measured), limit.padEnd(widths.limit)].join("  "),
    holds ? "PASS" : "FAIL",
  );
}

/** What must not be found: the first of it where it was. */
export function tellNone(claim: string, wrong: readonly string[], measured: string, limit: string): void {
  tellWhether(claim, wrong.length === 0 ? measured : wrong.slice(0, 3).join(", "), limit, wrong.length === 0);
}

/** Measures some rows. What prevents it is a row that fails, so that the others are measured all the same. */
export async function measured(what: string, measure: () => void | Promise<void>): Promise<void> {
  try {
    await measure();
  } catch (error) {
    tellWhether(what, (error as Error).message.trim(), "measured", false);
  }
}

/** Prints how many rows hold; returns whether all do. */
export function printSummary(): boolean {
  const failed = rows.filter(({ holds }) => !holds);
  console.log(`\n${rows.length - failed.length} of ${rows.length} rows hold.`);
  for (const { claim } of failed) console.log(`FAIL: ${claim}`);
  return failed.length === 0;
}
