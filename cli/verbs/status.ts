import { idOf } from "../../simulator/arm/ids";
import { runProgram } from "../../simulator/engine/program";
import type { Plan } from "../../topology/model";
import { checkTwin, onAzure } from "../azure/access";
import { loadGoodStack } from "../stack/load";
import { endProgress, programOptions } from "../stack/programOptions";
import { standingIn } from "../standing/standing";
import { type Health, isWhole, type LabStatus, type StepStatus, statusOf } from "../standing/status";
import type { Arguments } from "../terminal/arguments";
import { columns, duration, err, out, wrapped } from "../terminal/terminal";

/** Tells how a lab stands. Exits with 0 where it is whole, stopped or not. */
export async function status(args: Arguments): Promise<number> {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  const { plan, stack } = loaded;
  if (args.twin) checkTwin();
  const { resources } = await runProgram(programOptions(loaded));
  endProgress();
  const found = await onAzure(args.twin, async (access) => {
    if (err.live) err.write("Asking Azure ...");
    const standing = await standingIn(
      access,
      Object.values(plan.dataCenters).map(({ resourceGroup }) => resourceGroup),
    );
    endProgress();
    const planned = resources.filter(({ custom }) => custom);
    return statusOf(
      plan,
      planned.map(({ type, inputs }) => idOf(access.subscription, type, inputs)),
      standing,
    );
  });
  out.write(args.json ? `${JSON.stringify(statusJson(stack, plan, found), null, 2)}\n` : "");
  if (!args.json) out.write(statusText(plan, found, out.edge));
  return isWhole(found) ? 0 : 1;
}

/** What `--json` promises. */
export function statusJson(stack: string, plan: Plan, found: LabStatus) {
  return {
    stack,
    lab: plan.lab,
    site: plan.site,
    isWhole: isWhole(found),
    ...found,
    nextStop: found.nextStop ?? null,
  };
}

/** How it stands, at most so many columns wide. */
export function statusText(plan: Plan, found: LabStatus, edge: number, now = new Date()): string {
  const { machines, steps, health, missing, extra } = found;
  if (!machines.some(({ power }) => power !== undefined) && outermost(missing).length === 2)
    return wrapped(
      `Lab ${plan.lab} does not stand: Azure has neither resource group of it, ${outermost(missing)
        .map(({ name }) => name)
        .join(" and ")}.\n`,
      edge,
    );
  const section = (title: string, rows: readonly (readonly string[])[]) =>
    rows.length === 0 ? "" : `${out.paint("bold", title)}\n${columns(rows, edge)}\n`;
  const running = machines.filter(({ power }) => power === "running").length;
  const succeeded = steps.filter(({ outcome }) => outcome === "succeeded").length;
  const rolesOf = new Map(plan.machines.map(({ name, roles }) => [name, roles.join(", ")]));
  return [
    wrapped(
      `Lab ${plan.lab}, served from the ${plan.site} data center: ${running} of ${machines.length} machines run, ${succeeded} of ${steps.length} guest steps have succeeded.\n\n`,
      edge,
    ),
    section(
      "Machines",
      machines.map(({ name, power }) => [name, power ?? "not there", rolesOf.get(name) ?? ""]),
    ),
    section(
      "Guest steps that did not succeed",
      steps.filter(({ outcome }) => outcome === "failed" || outcome === "running").map(stepRow),
    ),
    section("Guest steps that did not run", notRun(steps)),
    section(
      "Health, as the machines last told it",
      health.length > 0 ? health.map(healthRow) : [["none told it; on the simulated Azure no script runs"]],
    ),
    section(
      "In the plan, and not on Azure, whose lists may be a minute behind",
      // What is missing with its machine or group needs no row.
      outermost(missing).map(({ type, name }) => [name, type]),
    ),
    section(
      "On Azure, and not in the plan",
      outermost(extra).map(({ type, name }) => [name, type]),
    ),
    section("Next stop", [nextStopRow(found, now)]),
  ]
    .join("")
    .trimEnd()
    .concat("\n");
}

const stepRow = ({ machine, step, state = "", ended, said = "" }: StepStatus): readonly string[] => [
  machine,
  step,
  state,
  ended === undefined ? "" : minute(ended),
  said,
];

/** Machines with the steps that did not run in them. */
function notRun(steps: readonly StepStatus[]): readonly (readonly string[])[] {
  return [...new Set(steps.map(({ machine }) => machine))].flatMap((machine) => {
    const own = steps.filter((one) => one.machine === machine);
    const missing = own.filter(({ outcome }) => outcome === "not run").map(({ step }) => step);
    if (missing.length === 0) return [];
    return [[machine, missing.length === own.length ? "none of them ran" : missing.join(", ")]];
  });
}

const session = (value: unknown): string => {
  const { role = "", state = "" } = (value ?? {}) as { readonly role?: unknown; readonly state?: unknown };
  return [role, state].filter((one) => typeof one === "string" && one !== "").join(" ");
};

function healthRow({ machine, told, wrong, found }: Health): readonly string[] {
  const databases = Object.entries((found.databases ?? {}) as Readonly<Record<string, unknown>>);
  const { withoutAes } = found;
  const said = [
    ...databases.map(([name, value]) => `${name} ${session(value)}`),
    ...(Array.isArray(withoutAes) && withoutAes.length > 0
      ? [`accounts without AES: ${withoutAes.join(", ")}`]
      : []),
  ];
  return [
    machine,
    told === undefined ? "" : minute(told),
    wrong.length > 0 ? wrong.join("; ") : ["all as planned", ...said].join(", "),
  ];
}

/** Of some things those that stand in none of the others. */
function outermost<T extends { readonly id: string }>(things: readonly T[]): readonly T[] {
  const ids = things.map(({ id }) => `${id.toLowerCase()}/`);
  return things.filter(({ id }) => !ids.some((other) => id.toLowerCase().startsWith(other)));
}

function nextStopRow({ nextStop, machines }: LabStatus, now: Date): readonly string[] {
  if (nextStop === undefined)
    return [
      machines.some(({ power }) => power === "running")
        ? "none: what runs is not stopped by itself"
        : "nothing runs",
    ];
  const { at, told, machines: stopping } = nextStop;
  const others = machines
    .filter(({ name, power }) => power === "running" && !stopping.includes(name))
    .map(({ name }) => name);
  const which =
    others.length === 0
      ? "every machine that runs"
      : others.length < stopping.length
        ? `all that run but ${others.join(", ")}`
        : stopping.join(", ");
  return [`in ${duration((at.getTime() - now.getTime()) / 60_000)} (${told}): ${which}`];
}

/** A moment, in UTC. */
const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
