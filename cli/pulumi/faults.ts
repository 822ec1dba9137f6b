import { existsSync } from "node:fs";
import { type Fault, isRefusal } from "../../simulator/arm/faults";
import { readFaults } from "../../simulator/kept/faultsFile";
import { userPath } from "../terminal/paths";
import { UsageError } from "../terminal/usage";

/** The file of faults that the user named. Throws a UsageError with all that is wrong with it. */
export function faultsPath(named: string): string {
  faultsIn(named);
  return userPath(named);
}

/** The refusals in a file of faults; a rehearsal has nothing to kill or hang. */
export function refusalsIn(named: string): readonly Fault[] {
  const faults = faultsIn(named);
  const others = new Set(faults.filter((fault) => !isRefusal(fault)).map(({ fault }) => fault));
  if (others.size > 0)
    throw new UsageError(
      `A rehearsal has refusals only, and ${named} has ${[...others].join(", ")}: try it with npm run lab -- twin --faults.`,
    );
  return faults;
}

function faultsIn(named: string): readonly Fault[] {
  const path = userPath(named);
  if (named === "" || !existsSync(path)) throw new UsageError(`There is no file of faults "${named}".`);
  try {
    return readFaults(path);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
