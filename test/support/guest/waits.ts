import type { Command, Script } from "./powershell";

/** Minutes after which each wait of a script gives up, added up over the functions that it calls. */
export function waitingMinutes(script: Script, shared: readonly Script[]): number {
  const all = [script, ...shared];
  const inside = (name: string): number =>
    total(all.flatMap(({ commands }) => commands.filter((command) => command.inside === name)));
  const isFunction = (name: string) => all.some(({ functions }) => functions.includes(name));
  const total = (commands: readonly Command[]): number =>
    commands.reduce(
      (sum, { name, minutes = 0 }) =>
        sum + minutes + (isFunction(name) && name !== "Wait-For" ? inside(name) : 0),
      0,
    );
  return total(script.commands.filter((command) => command.inside === ""));
}

/** Waits that happen as often as a loop goes round, so that no limit can be given for them. */
export function endlessWaits(script: Script, shared: readonly Script[]): readonly string[] {
  return [script, ...shared].flatMap(({ commands }) =>
    commands
      .filter(
        ({ repeated, name, minutes }) =>
          repeated && (minutes !== undefined || waits(name, [script, ...shared])),
      )
      .map(({ line, name }) => `${line}: ${name} waits inside a loop`),
  );
}

function waits(name: string, all: readonly Script[]): boolean {
  const inside = all.flatMap(({ commands }) => commands.filter((command) => command.inside === name));
  return inside.some(
    (command) => command.minutes !== undefined || (command.name !== name && waits(command.name, all)),
  );
}
