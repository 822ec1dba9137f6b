import { type BrokenPolicy, brokenIn } from "../../policy/policies";
import { runProgram } from "../../simulator/engine/program";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { groupBy } from "../../topology/parts/groupBy";
import { brokenLines } from "../review/brokenPolicies";
import { loadGoodStack } from "../stack/load";
import { endProgress, programOptions, tellRefusals } from "../stack/programOptions";
import type { Arguments } from "../terminal/arguments";
import { tellNext } from "../terminal/tellNext";
import { clip, err, out } from "../terminal/terminal";

/** Shows every resource that the program registers; with everything that is known of it, where a comparison asks. */
export async function preview(args: Arguments, withEverything = false): Promise<number> {
  if (args.base !== undefined) return (await import("../review/previewBase")).previewBase(args, args.base);
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  const { resources, refusals } = await runProgram(programOptions(loaded));
  endProgress();
  if (args.json)
    out.write(`${JSON.stringify(withEverything ? resources : resources.map(resourceJson), null, 2)}\n`);
  else out.write(previewText(resources, out.edge));
  tellRefusals(refusals);
  // A comparison asks the policies of both sides by itself.
  const broken = withEverything ? [] : brokenIn(resources.filter(({ custom }) => custom));
  tellPolicies(broken);
  const failed = refusals.length > 0 || broken.some(({ severity }) => severity === "mandatory");
  if (!failed) tellNext(args, "rehearse");
  return failed ? 1 : 0;
}

function tellPolicies(broken: readonly BrokenPolicy[]): void {
  if (broken.length === 0) return;
  err.say(`Policies that the resources break:
${brokenLines(broken)
  .map(
    (line) => `  ${line}
`,
  )
  .join("")}`);
}

/** A resource with the fields that `--json` promises. */
export function resourceJson(resource: RegisteredResource) {
  const { urn, type, name, parent, inputs, dependsOn, protect } = resource;
  const { deleteBeforeReplace, replaceOnChanges, deletedWith, secrets } = resource;
  return {
    urn,
    type,
    name,
    parent,
    inputs,
    dependsOn,
    protect,
    deleteBeforeReplace,
    replaceOnChanges,
    deletedWith,
    secrets,
  };
}

/** The resources as a tree, then how many there are of each type. */
export function previewText(resources: readonly RegisteredResource[], edge: number): string {
  const children = groupBy(resources, ({ parent }) => parent ?? "");
  const lines: string[] = [];
  const walk = (resource: RegisteredResource, depth: number): void => {
    const [name, type] = ["  ".repeat(depth) + resource.name, shortType(resource.type)];
    const line = clip(`${name}  ${type}${resource.protect ? "  protected" : ""}`, edge);
    // Colours come last: cut in two they would paint the lines that follow.
    const [start, end] = [name.length + 2, name.length + 2 + type.length];
    const painted = line.length > start ? out.paint("dim", line.slice(start, end)) : "";
    lines.push(line.slice(0, start) + painted + line.slice(end));
    for (const child of children.get(resource.urn) ?? []) walk(child, depth + 1);
  };
  for (const root of children.get("") ?? []) walk(root, 0);
  const counts = [...groupBy(resources, ({ type }) => shortType(type))]
    .map(([type, list]) => ({ type, count: list.length }))
    .sort((a, b) => b.count - a.count);
  const summary = counts.map(({ type, count }) => `${String(count).padStart(5)}  ${type}`);
  return `${lines.join("\n")}\n\n${resources.length} resources\n${summary.join("\n")}\n`;
}

function shortType(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}
