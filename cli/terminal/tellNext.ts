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
  const which =
    configFile !== undefined
      ? ` --config-file ${shellWord(configFile)}`
      : stack !== undefined
        ? ` --stack ${stack}`
        : "";
  to.say(`Next: npm run lab -- ${command}${which}\n`);
}
