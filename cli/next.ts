import type { Arguments } from "./arguments";
import { err } from "./terminal";

/** Names the command that makes sense next, to a person. */
export function tellNext({ stack, configFile, json }: Arguments, command: string): void {
  if (!err.live || json) return;
  const which =
    configFile !== undefined
      ? ` --config-file ${configFile}`
      : stack !== undefined
        ? ` --stack ${stack}`
        : "";
  err.say(`Next: npm run lab -- ${command}${which}\n`);
}
