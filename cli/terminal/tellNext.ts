import type { Arguments } from "./arguments";
import { shellWord } from "./shellWord";
import { err, type Terminal } from "./terminal";

/** Names the command that makes sense next, to a person. */
export function tellNext(
  { stack, configFile, json }: Pick<Arguments, "stack" | "configFile" | "json">,
  command: string,
  to: Pick<Terminal, "live" | "say"> = err,
): void {
  if (!to.live || json) return;
  to.say(`Next: npm run lab -- ${command}${whichStack({ stack, configFile })}\n`);
}

/** The words that name the same stack again. */
export function whichStack({ stack, configFile }: Pick<Arguments, "stack" | "configFile">): string {
  if (configFile !== undefined) return ` --config-file ${shellWord(configFile)}`;
  return stack === undefined ? "" : ` --stack ${stack}`;
}
