import { existsSync } from "node:fs";
import type { FaultLists } from "../../simulator/arm/faultLists";
import { isRefusal } from "../../simulator/arm/faults";
import { readFaults } from "../../simulator/kept/faultsFile";
import { userPath } from "../terminal/paths";
import { UsageError } from "../terminal/usage";

/** The file of faults that the user named. Throws a UsageError with all that is wrong with it. */
export function faultsPath(named: string): string {
  faultsIn(named);
  return userPath(named);
}

/** The refusals in a file of faults, and what the subscription may not have; a rehearsal has nothing to kill or hang, and asks nothing. */
export function refusalsIn(named: string): Pick<FaultLists, "writes" | "limits"> {
  const faults = faultsIn(named);
  const wrong = [...faults.writes.filter((fault) => !isRefusal(fault)), ...faults.reads];
  const others = new Set(wrong.map(({ fault }) => fault));
  if (others.size > 0)
    throw new UsageError(
      `A rehearsal has refusals only, and ${named} has ${[...others].join(", ")}: try it with npm run lab -- twin --faults.`,
    );
  return faults;
}

function faultsIn(named: string): FaultLists {
  const path = userPath(named);
  if (named === "" || !existsSync(path)) throw new UsageError(`There is no file of faults "${named}".`);
  try {
    return readFaults(path);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
