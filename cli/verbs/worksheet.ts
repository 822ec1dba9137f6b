import { worksheet as format } from "../../topology/views/worksheet";
import { loadGoodStack } from "../stack/load";
import type { Arguments } from "../terminal/arguments";
import { out } from "../terminal/terminal";

/** Prints what somebody types into Topology Builder. */
export function worksheet(args: Arguments): number {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  out.write(format(loaded.plan));
  return 0;
}
