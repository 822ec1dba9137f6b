import type { CloudOptions } from "../../simulator/arm/cloud";
import { tokens } from "../../simulator/arm/resourceTypes";
import { allCores } from "../../simulator/arm/rules/quotaRules";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { nameOf } from "../../simulator/engine/urns";
import { type Rehearsal, rehearse as rehearseProgram } from "../../simulator/time/rehearsal";
import type { Plan } from "../../topology/model";
import { quotaNeeds } from "../../topology/views/quota";
import { refusalsIn } from "../pulumi/faults";
import { guestMinutes } from "../stack/guestMinutes";
import { loadGoodStack } from "../stack/load";
import { endProgress, programOptions, tellRefusals } from "../stack/programOptions";
import type { Arguments } from "../terminal/arguments";
import { printOrSave } from "../terminal/save";
import { tellNext } from "../terminal/tellNext";
import { clip, columns, duration, err, out, type Terminal, wrapped } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";
import { outcome, standing } from "./outcome";

/** Runs the whole program on the simulated Azure, in virtual time. */
export async function rehearse(args: Arguments): Promise<number> {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  err.say(
    `Rehearsing stack ${loaded.stack} on a simulated Azure: no account, no network, nothing is created.\n`,
  );
  const rehearsal = await rehearseProgram({
    ...programOptions(loaded, {
      ...limitsOf(args, loaded.plan),
      ...(args.faults === undefined ? {} : refusalsIn(args.faults)),
    }),
    guestMinutes: guestMinutes(loaded.plan),
    ...(args.seed === undefined ? {} : { seed: args.seed }),
    ...(args.parallel === undefined ? {} : { parallel: args.parallel }),
  });
  endProgress();
  if (args.format === "svg") {
    const { timelineSvg } = await import("./timelineSvg");
    printOrSave(
      args.out,
      timelineSvg(standing(rehearsal), loaded.plan, outcome(rehearsal, loaded.plan)),
      `the timeline of stack ${loaded.stack}`,
    );
  } else if (args.json) out.write(`${JSON.stringify(rehearsalJson(rehearsal), null, 2)}\n`);
  else out.write(rehearsalText(rehearsal, loaded.plan, out));
  tellRefusals(rehearsal.refusals);
  if (rehearsal.refusals.length > 0) return 1;
  // The twin knows stacks of this checkout only.
  if (args.configFile === undefined) tellNext(args, "twin -- pulumi up");
  return 0;
}

/** The limits of vCPUs that the user named. Throws a UsageError for a family that the lab does not use. */
function limitsOf({ cores }: Arguments, plan: Plan): Pick<CloudOptions, "cores"> {
  const families = [...new Set(quotaNeeds(plan).map(({ family }) => family))];
  for (const named of Object.keys(cores ?? {}))
    if (named !== allCores && !families.some((family) => family.toLowerCase() === named.toLowerCase()))
      throw new UsageError(`The lab has no machine of the family ${named}; it uses ${families.join(", ")}.`);
  return cores === undefined ? {} : { cores };
}

/** A rehearsal with the fields that `--json` promises. */
function rehearsalJson({
  resources,
  makespanMinutes,
  sequentialMinutes,
  criticalPath,
  timeline,
  refusals,
}: Rehearsal) {
  const shown = { resources: resources.length, makespanMinutes, sequentialMinutes, criticalPath, timeline };
  return refusals.length > 0 ? { ...shown, refusals } : shown;
}

/** What happened when, as text. */
export function rehearsalText(
  rehearsal: Rehearsal,
  plan: Plan,
  { width, edge }: Pick<Terminal, "width" | "edge">,
): string {
  const stands = standing(rehearsal);
  // What waits for something that was refused is on no path at all.
  const path =
    rehearsal.refusals.length > 0
      ? ""
      : `\n${out.paint("bold", "Critical path")}: from, to, and what the rest waited for\n${columns(
          rehearsal.criticalPath.map(({ urn, start, end }) => [clock(start), clock(end), nameOf(urn)]),
          edge,
        )}`;
  return [
    wrapped(
      `${out.paint("bold", "Machines")}: ░ Azure builds it, █ scripts run in it; ${duration(stands.makespanMinutes)} of virtual time\n`,
      edge,
    ),
    machineBars(stands, plan, width),
    path,
    wrapped(
      `\n${outcome(rehearsal, plan)}\nDurations are public figures and estimates; neither Windows nor SQL Server ran.\n`,
      edge,
    ),
  ].join("");
}

/** Room for a machine's name and its first role. */
const labelWidth = 36;

/** One bar a machine: light while Azure builds it, dark while scripts run in it. */
function machineBars({ timeline, resources, makespanMinutes }: Rehearsal, plan: Plan, width: number): string {
  const spans = new Map(timeline.map((entry) => [entry.urn, entry]));
  const cells = width - labelWidth - 1;
  const column = (minute: number) => Math.min(cells - 1, Math.floor((minute / makespanMinutes) * cells));
  const lines = plan.machines.map(({ name, roles }) => {
    const bar = new Array<string>(cells).fill(" ");
    const fill = (mark: string, wanted: (resource: RegisteredResource) => boolean) => {
      for (const { urn } of resources.filter(wanted)) {
        const span = spans.get(urn);
        if (span !== undefined) bar.fill(mark, column(span.start), column(span.end) + 1);
      }
    };
    fill("░", ({ type, inputs }) => type === tokens.machine && inputs.vmName === name);
    fill("█", ({ type, inputs }) => type === tokens.runCommand && inputs.vmName === name);
    return `${clip(`  ${name.padEnd(9)} ${roles[0]}`, labelWidth).padEnd(labelWidth + 1)}${bar.join("")}`.trimEnd();
  });
  return `${lines.join("\n")}\n`;
}

/** Virtual minutes since the start as `h:mm`. */
function clock(minutes: number): string {
  const whole = Math.round(minutes);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
