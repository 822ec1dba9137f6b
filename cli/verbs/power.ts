import { onAzure } from "../azure/access";
import { loadGoodStack } from "../stack/load";
import { type Action, type Moved, moveAll, moverOn, remedyOf } from "../standing/power";
import type { Arguments } from "../terminal/arguments";
import { whichStack } from "../terminal/tellNext";
import { columns, err, out, wrapped } from "../terminal/terminal";

export const start = (args: Arguments): Promise<number> => power(args, "start");
export const stop = (args: Arguments): Promise<number> => power(args, "stop");

/** Starts or stops the machines of a lab, a line for each. Exits with 0 where all of them did. */
async function power(args: Arguments, action: Action): Promise<number> {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  const { plan, stack } = loaded;
  const width = Math.max(...plan.machines.map(({ name }) => name.length));
  // Those who read data get lines to look at on the side.
  const to = args.json ? err : out;
  process.on("SIGINT", interrupted);
  const all = await onAzure(args.twin, (access) =>
    moveAll(plan, action, moverOn(access, plan, action), {
      everything: args.all,
      begin: ({ name }) => to.write(`${to.paint("bold", capital(name))}\n`),
      tell(moved) {
        to.write(columns([[moved.machine.padEnd(width), told(moved, action)]], to.edge));
      },
    }),
  ).finally(() => process.off("SIGINT", interrupted));
  if (args.json) out.write(`${JSON.stringify(powerJson(stack, action, all), null, 2)}\n`);
  else out.write(ending(all, action, `${whichStack(args)}${args.twin ? " --twin" : ""}`, out.edge));
  return all.every(isGood) ? 0 : 1;
}

function interrupted(): never {
  err.say("\nAzure goes on with what was begun; the same command once more does the rest.\n");
  process.exit(130);
}

/** What `--json` promises. */
export function powerJson(stack: string, action: Action, all: readonly Moved[]) {
  return {
    stack,
    action,
    isDone: all.every(isGood),
    machines: all.map((one) => ({
      ...one,
      ...(one.result === "failed" ? { remedy: remedyOf(one.code) } : {}),
    })),
  };
}

const isGood = ({ result }: Moved): boolean => ["done", "already", "left alone"].includes(result);

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function told({ result, seconds, code, message }: Moved, action: Action): string {
  switch (result) {
    case "done":
      return `${action === "start" ? "started" : "stopped"} in ${seconds} s`;
    case "already":
      return action === "start" ? "ran already" : "was stopped already";
    case "failed":
      return `did not ${action}: ${[code, message].filter(Boolean).join(": ")}`;
    case "left alone":
      return action === "start"
        ? "left alone: the secondary data center serves its databases, and runbook fail-back starts it"
        : "runs on, as the stack file lets it (autoShutdown.controllers); --all stops it too (docs/guest.md says what that risks)";
    case "not there":
      return "is not on Azure";
    case "held back":
      return action === "start"
        ? "not started: no domain controller runs"
        : "not stopped: what did not stop still asks it";
  }
}

/** What it came to, and what to do. */
export function ending(all: readonly Moved[], action: Action, which: string, edge: number): string {
  const bad = all.filter((one) => !isGood(one));
  const moved = all.filter(({ result }) => result !== "left alone").length;
  const machines = `${moved === all.length ? `All ${moved}` : `${moved} of ${all.length}`} machines`;
  const status = `npm run lab -- status${which}`;
  if (bad.length === 0)
    return wrapped(
      action === "start"
        ? `\n${machines} run. Windows and what is on it need some minutes more; ${status} tells how the lab stands.\n`
        : `\n${machines} are stopped, and cost nothing but their disks and addresses.\n`,
      edge,
    );
  const absent = bad.filter(({ result }) => result === "not there");
  const remedies = bad
    .filter(({ result }) => result === "failed")
    .map(({ machine, code }) => `  ${machine}: ${remedyOf(code)}\n`);
  return wrapped(
    [
      `\n${bad.length} of ${all.length} machines did not ${action}. What to do:\n`,
      ...remedies,
      ...(absent.length === 0
        ? []
        : [`  ${absent.map(({ machine }) => machine).join(", ")}: pulumi up makes what is not there.\n`]),
      `  Then the same command once more: npm run lab -- ${action}${which}\n`,
    ].join(""),
    edge,
  );
}
