import { worksheet as format } from "../topology/views/worksheet";
import type { Arguments } from "./arguments";
import { loadGoodStack } from "./load";
import { out } from "./terminal";

/** Prints what somebody types into Topology Builder. */
export function worksheet(args: Arguments): number {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  out.write(format(loaded.plan));
  return 0;
}
