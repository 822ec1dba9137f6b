import { idOf } from "../../simulator/arm/ids";
import { runProgram } from "../../simulator/engine/program";
import { nameOf } from "../../simulator/engine/urns";
import { checkTwin, onAzure } from "../azure/access";
import { isLocked as hasLock } from "../pulumi/locks";
import { hasPulumi, type PulumiPlace, pulumi } from "../pulumi/pulumi";
import {
  commandsOf,
  type ExportedState,
  exportedState,
  isWhole,
  type Planned,
  type Recovery,
  recovery,
} from "../pulumi/recovery";
import { initStack, prepareTwin } from "../pulumi/twin";
import { loadGoodStack } from "../stack/load";
import { endProgress, programOptions } from "../stack/programOptions";
import { bytesOf } from "../stack/stackFile";
import { askerOf } from "../standing/standing";
import type { Arguments } from "../terminal/arguments";
import { root, twinFolder, userPath } from "../terminal/paths";
import { save } from "../terminal/save";
import { out } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";

/** Where Pulumi remembers a lab: that of this checkout, or the twin's. */
interface Place extends PulumiPlace {
  /** Makes sure that Pulumi knows the stack there. */
  readonly prepare?: (stack: string) => void;
  /** What stands before each command. */
  readonly before: string;
}

/** Tells what an interrupted or failed `pulumi up` left, and the commands that mend it. Exits with 0 where there is nothing to mend. */
export async function recover(args: Arguments): Promise<number> {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  const { stack } = loaded;
  if (args.twin) checkTwin();
  const place = args.twin ? inTwin() : inCheckout;
  const state =
    args.state === undefined
      ? exported(stack, place)
      : parsed(bytesOf(userPath(args.state)).toString(), args.state);
  const subscription = subscriptionOf(state, { ...process.env, ...place.env }.ARM_SUBSCRIPTION_ID);
  const { resources } = await runProgram(programOptions(loaded));
  endProgress();
  const planned: readonly Planned[] = resources.map((one) => ({
    ...one,
    id: one.custom ? idOf(subscription, one.type, one.inputs) : "",
  }));
  const isLocked = args.state === undefined && locked(stack, place);
  // Only Azure knows what was finished.
  const found = await onAzure(args.twin, (access) => recovery(state, planned, askerOf(access), isLocked));
  const importPath = userPath(args.out ?? `import.${stack}.json`);
  const commands = isWhole(found) ? [] : commandsOf(found, { stack, importPath, before: place.before });
  if (found.importFile.resources.length > 0)
    save(importPath, `${JSON.stringify(found.importFile, null, 2)}\n`);
  if (args.json) out.write(`${JSON.stringify(recoveryJson(stack, found, commands), null, 2)}\n`);
  else {
    out.say(recoveryText(stack, found));
    // Not wrapped: a line is what somebody pastes.
    out.write(commands.map((command) => `${command}\n`).join(""));
  }
  return isWhole(found) ? 0 : 1;
}

/** What `--json` promises. */
export function recoveryJson(stack: string, found: Recovery, commands: readonly string[]) {
  return {
    stack,
    locked: found.locked,
    interrupted: found.interrupted,
    deleteOld: found.deleteOld,
    failedMachines: found.failedMachines,
    deleteSteps: found.deleteSteps.map(({ urn, id }) => ({ urn, id })),
    importFile: found.importFile,
    replace: found.replace,
    commands,
  };
}

/** What was found. */
export function recoveryText(stack: string, found: Recovery): string {
  if (isWhole(found)) return `Nothing of stack ${stack} is to be mended: pulumi up goes on.\n`;
  const section = (title: string, names: readonly string[]) =>
    names.length === 0 ? [] : [title, ...names.map((name) => `  ${name}`)];
  return `${[
    ...(found.locked
      ? ["The stack is locked: by a Pulumi that was killed, if none works on it any more."]
      : []),
    ...section("Pulumi stopped in the middle of:", found.interrupted.map(nameOf)),
    ...section(
      "What Pulumi was about to replace and takes for deleted, though Azure still has it; it is deleted:",
      found.deleteOld,
    ),
    ...section(
      "Guest steps that Azure has and Pulumi has not; they are deleted and run again, since nobody knows whether they ended:",
      found.deleteSteps.map(({ name }) => name),
    ),
    ...section(
      "Other resources that Azure has and Pulumi has not; Pulumi takes them over:",
      found.importFile.resources.map(({ name }) => name),
    ),
    ...section(
      `Machines that exist in Azure but failed; pulumi up requests them again. ${hostAdvice(stack)}`,
      found.failedMachines.map(({ urn, code }) => `${nameOf(urn)}${code === undefined ? "" : ` (${code})`}`),
    ),
    ...section("Guest steps that did not succeed; they run again:", found.replace.map(nameOf)),
    "In this order:",
  ].join("\n")}\n\n`;
}

/** What to do about AllocationFailed and ZonalAllocationFailed: https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/allocation-failure */
const hostAdvice = (stack: string): string =>
  `AllocationFailed means that Azure has no free host now, in the region or in the zone. Wait an hour and run the commands again, or first set another size for this kind of machine (machines.<kind>.size): npm run lab -- check --stack ${stack} --azure shows which are offered. Another zone or region needs a new lab:`;

const inCheckout: Place = { project: root, env: {}, before: "" };

function inTwin(): Place {
  const twin = prepareTwin(twinFolder);
  return {
    project: twin.project,
    env: twin.env,
    before: "npm run lab -- twin -- ",
    prepare: (stack) => initStack(twin, stack),
  };
}

/** Whether a stack is locked. */
function locked(stack: string, place: Place): boolean {
  const { status, stdout } = pulumi(place, "whoami", "--json");
  if (status !== 0) return false;
  const { url = "" } = JSON.parse(stdout) as { readonly url?: string };
  return hasLock(url, stack);
}

/** What Pulumi remembers of a stack. */
function exported(stack: string, place: Place): ExportedState {
  if (!hasPulumi())
    throw new UsageError(
      "The Pulumi CLI is not on PATH. Write the state into a file where it is, with pulumi stack export, and name that: --state <file>.",
    );
  place.prepare?.(stack);
  const { status, stdout, stderr } = pulumi(place, "stack", "export", "--stack", stack);
  if (status !== 0) throw new UsageError(`pulumi stack export failed: ${stderr.trim()}${helpFor(stderr)}`);
  return parsed(stdout, `stack ${stack}`);
}

/**
 * A state in files of one's own (`file://`) has metadata beside it, which Pulumi does not write all or nothing:
 * https://github.com/google/go-cloud/blob/master/blob/fileblob/attrs.go
 */
function helpFor(stderr: string): string {
  return /failed to load checkpoint: (unexpected )?EOF/.test(stderr)
    ? "\nA killed Pulumi left a file half-written. Where the state is in files of your own: delete <stack>.json.attrs beside <stack>.json below .pulumi/stacks, which nothing needs, and try again."
    : "";
}

function parsed(text: string, from: string): ExportedState {
  try {
    return exportedState.parse(JSON.parse(text));
  } catch {
    throw new UsageError(`${from} holds no state as pulumi stack export writes it.`);
  }
}

/** The subscription of a lab: that of a resource that it has, or the one that the provider is told. */
function subscriptionOf({ deployment }: ExportedState, otherwise: string | undefined): string {
  const [found = otherwise || undefined] = (deployment?.resources ?? []).flatMap(
    ({ id = "" }) => /^\/subscriptions\/([^/]+)/.exec(id)?.[1] ?? [],
  );
  if (found === undefined)
    throw new UsageError(
      "The lab has no resource yet that says which subscription it is in: set ARM_SUBSCRIPTION_ID.",
    );
  return found;
}
