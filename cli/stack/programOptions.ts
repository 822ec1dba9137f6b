import { join } from "node:path";
import { refusalText } from "../../simulator/arm/armError";
import { type CloudOptions, createCloud } from "../../simulator/arm/cloud";
import { type Fault, Faults } from "../../simulator/arm/faults";
import { Writes } from "../../simulator/arm/writes";
import type { ProgramOptions } from "../../simulator/engine/program";
import type { Refusal } from "../../simulator/engine/registered";
import { nameOf } from "../../simulator/engine/urns";
import { passwordKey } from "../../topology/config/password";
import { flatConfig } from "../../topology/config/raw";
import { root } from "../terminal/paths";
import { err } from "../terminal/terminal";
import type { LoadedStack } from "./load";
import { project } from "./stackContent";

/** Stands in for the password of a user: it reaches the simulated Azure only. */
const placeholderPassword = "Placeholder-4-Rehearsal";

/** How to run the lab's own program for a stack, on a new and empty simulated Azure. */
export function programOptions(
  { stack, raw }: LoadedStack,
  { writes, ...azure }: Pick<CloudOptions, "cores" | "limits"> & { readonly writes?: readonly Fault[] } = {},
): ProgramOptions {
  const flat = flatConfig({ ...raw, [passwordKey]: placeholderPassword });
  return {
    entry: join(root, "index.ts"),
    project,
    stack,
    config: Object.fromEntries(Object.entries(flat).map(([key, text]) => [`${project}:${key}`, text])),
    secretKeys: [`${project}:${passwordKey}`],
    cloud: createCloud(azure),
    writes: new Writes(new Faults(writes)),
    onRegister: (_resource, count) => {
      if (err.live && count % 10 === 0) err.write(`\r${count} resources`);
    },
  };
}

/** Ends the line that counts resources. */
export function endProgress(): void {
  if (err.live) err.write("\r\u001b[2K");
}

/** What the simulated Azure refused, as text. */
export function refusalsText(refusals: readonly Refusal[]): string {
  const lines = refusals.map((refusal) => `  ${nameOf(refusal.urn)}\n    ${refusalText(refusal)}\n`);
  return `The simulated Azure refused ${refusals.length} resource${refusals.length === 1 ? "" : "s"}:\n${lines.join("")}`;
}

/** What the simulated Azure refused, on stderr. */
export function tellRefusals(refusals: readonly Refusal[]): void {
  if (refusals.length > 0) err.say(refusalsText(refusals));
}
