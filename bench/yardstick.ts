import { spawnSync } from "node:child_process";
import { median, root } from "./measure";
import { tell } from "./rows";

/*
 * Limits in seconds mean something on one machine only. A yardstick that nobody here changes, the compiler of TypeScript in a
 * process of its own, tells how much slower this machine is at this minute.
 */

const work = `require("typescript").createSourceFile("a.ts", "let a = 1;".repeat(20_000), 99)`;

/** What it takes on the machine that limits are for: inferred from what other rows take there and elsewhere. */
const ordinarySeconds = 0.37;

/** How long a measurement of the yardstick is good for: rows come quickly after each other. */
const freshMs = 20_000;
let last: { readonly at: number; readonly slowness: number } | undefined;

/** How many times longer than there it takes here and now. */
function slowness(): number {
  if (last === undefined || performance.now() - last.at > freshMs)
    last = { slowness: measuredSlowness(), at: performance.now() };
  return last.slowness;
}

/** Never less than once, since a faster machine is no reason for a harder limit. */
function measuredSlowness(): number {
  const seconds = Array.from({ length: 3 }, () => {
    const started = performance.now();
    const { status } = spawnSync(process.execPath, ["-e", work], { cwd: root });
    if (status !== 0) throw new Error("TypeScript, the yardstick of the benchmark, does not load");
    return (performance.now() - started) / 1000;
  });
  return Math.max(1, median(seconds) / ordinarySeconds);
}

/** A time, or how many in a second, that was measured just now; its limit is for the ordinary machine. */
export function tellSpeed(...[claim, value, comparison, limit, unit]: Parameters<typeof tell>): void {
  const slower = slowness();
  const here = comparison === "at most" ? limit * slower : limit / slower;
  const told = slower === 1 ? claim : `${claim}, on a machine ${slower.toFixed(1)} times slower`;
  tell(told, value, comparison, Number(here.toPrecision(3)), unit);
}
