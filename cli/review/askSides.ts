import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { tokens } from "../../simulator/arm/resourceTypes";
import { type RegisteredResource, withoutOptions } from "../../simulator/engine/registered";
import type { PlannedSide, StackSide } from "./report";

/* What a checkout makes of its stacks, asked of its own code: see sides.ts for the answers. */

/** Runs a command of a checkout, as its own package.json starts it: it may have stood elsewhere. */
async function run(place: string, script: string, ...words: readonly string[]): Promise<string> {
  const [, ...start] = script.split(" ");
  const { stdout } = await promisify(execFile)(process.execPath, [...start, ...words], {
    cwd: place,
    maxBuffer: 1024 ** 3,
    env: { ...process.env, LAB_PREVIEW_EVERYTHING: "1" },
  });
  return stdout;
}

interface Scripts {
  readonly lab: string;
  /** Absent in checkouts that knew one stack at a time only. */
  readonly sides?: string;
}

const scriptsOf = (place: string) =>
  JSON.parse(readFileSync(join(place, "package.json"), "utf8")).scripts as Scripts;

/** The plans that a checkout makes of stacks; none where it cannot tell, or where a stack has errors. */
export async function plansIn(
  place: string,
  stacks: readonly string[],
): Promise<Readonly<Record<string, PlannedSide>>> {
  if (stacks.length === 0) return {};
  const { sides } = scriptsOf(place);
  if (sides === undefined) return {};
  return run(place, sides, "plans", ...stacks).then(JSON.parse, () => ({}));
}

/** The resources that a checkout makes of stacks, or why it makes none. */
export async function sidesIn(
  place: string,
  stacks: readonly string[],
): Promise<Readonly<Record<string, StackSide>>> {
  if (stacks.length === 0) return {};
  const { lab, sides } = scriptsOf(place);
  const problems = (error: unknown): StackSide => {
    const { stderr } = error as { readonly stderr?: string };
    if (stderr === undefined) throw error;
    return { problems: stderr.replaceAll(place, ".").trim() };
  };
  const found: Record<string, StackSide> = {};
  if (sides === undefined)
    for (const stack of stacks)
      found[stack] = await run(place, lab, "preview", "--stack", stack, "--json").then(
        (text) => ({ resources: JSON.parse(text) }),
        problems,
      );
  else
    Object.assign(
      found,
      await run(place, sides, "resources", ...stacks).then(JSON.parse, (error: unknown) =>
        Object.fromEntries(stacks.map((stack) => [stack, problems(error)])),
      ),
    );
  return Object.fromEntries(
    Object.entries(found).map(([stack, side]) => [
      stack,
      side && "resources" in side ? { resources: side.resources.map(registered) } : side,
    ]),
  );
}

type Shown = Partial<RegisteredResource> &
  Pick<RegisteredResource, "urn" | "type" | "name" | "inputs" | "protect">;

/** A resource as an older checkout may show it, which said less of it. */
function registered(shown: Shown): RegisteredResource {
  return {
    ...withoutOptions,
    custom: /^azure-native:/.test(shown.type),
    ...shown,
  };
}

/** The resources of a side that has the same plan and other texts of scripts. */
export function withScripts(
  resources: readonly RegisteredResource[],
  { plan, scripts }: PlannedSide,
): readonly RegisteredResource[] {
  const scriptOf = new Map(plan.steps.map(({ id, script }) => [id, script]));
  return resources.map((resource) => {
    if (resource.type !== tokens.runCommand) return resource;
    const { vmName, runCommandName, source } = resource.inputs;
    const script = scripts[scriptOf.get(`${vmName}/${runCommandName}`) ?? ""];
    return { ...resource, inputs: { ...resource.inputs, source: { ...(source as object), script } } };
  });
}
