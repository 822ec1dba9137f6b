import { text } from "../../simulator/arm/inputs";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { Effect } from "../../simulator/engine/effects";
import { byUrn, type RegisteredResource } from "../../simulator/engine/registered";
import { type GuestMinutes, minutesOf } from "../../simulator/time/durations";
import { schedule } from "../../simulator/time/schedule";
import { type Failing, failingsOf, nameOf } from "../../topology/resilience/failing";
import { rowWhileDeploying, type SurvivalRow } from "../../topology/resilience/row";
import type { Site } from "../../topology/resilience/site";
import { labelOf } from "../../topology/views/survivalTable";
import { siteBefore } from "./away";

/* What a lab lacks while a change is deployed: the survival table asked again with everything down that is made again or goes. */

/** Computer names of the machines that a change replaces, or deletes. */
function machinesThat(
  op: Effect["op"],
  all: readonly Effect[],
  base: ReadonlyMap<string, RegisteredResource>,
): readonly string[] {
  return all
    .filter((effect) => effect.op === op && effect.type === tokens.machine)
    .map(({ urn, was = urn }) => text(base.get(was)?.inputs, "vmName"));
}

/** Whether everything that was said is lost. */
const isTheEnd = ({ lossMinutes }: SurvivalRow): boolean => lossMinutes === null;

/** What would be the end of it meanwhile, and would not be at rest: one thing more that fails. */
function threats(site: Site, down: readonly Failing[]): readonly string[] {
  const names = new Set(down.map(nameOf));
  const found = failingsOf(site)
    .filter((one) => !names.has(nameOf(one)))
    .filter(
      (one) => isTheEnd(rowWhileDeploying(site, [...down, one])) && !isTheEnd(rowWhileDeploying(site, [one])),
    );
  const machines = found.filter(({ kind }) => kind === "machine");
  // Where one machine is enough, its zone and data center need not be told.
  const told = machines.length > 0 ? machines : found.filter(({ kind }) => kind === "data center");
  return told.map((one) => `the loss of ${labelOf({ what: [nameOf(one)] })} would be the loss of mgc`);
}

/** When the last machine that is made again has its database, or whatever it is for, again: the step, and minutes from the first deletion. */
function until(
  all: readonly Effect[],
  head: readonly RegisteredResource[],
  replaced: readonly string[],
  guestMinutes: GuestMinutes | undefined,
): string {
  const changed = new Set(all.filter(({ op }) => op !== "delete").map(({ urn }) => urn));
  const resources = head.filter(({ urn }) => changed.has(urn));
  const { timeline } = schedule(
    resources.map((resource) => ({
      urn: resource.urn,
      minutes: minutesOf(resource, guestMinutes),
      after: resource.dependsOn,
    })),
  );
  const known = byUrn(resources);
  const steps = timeline.flatMap((span) => {
    const resource = known.get(span.urn);
    const isOurs =
      resource?.type === tokens.runCommand &&
      replaced.includes(text(resource.inputs, "vmName")) &&
      !["health", "verify"].includes(text(resource.inputs, "runCommandName"));
    return isOurs ? [{ end: span.end, resource }] : [];
  });
  const last = steps.reduce<(typeof steps)[number] | undefined>(
    (latest, one) => (latest === undefined || one.end > latest.end ? one : latest),
    undefined,
  );
  if (last === undefined) return "from the first deletion until they stand again";
  const step = `${text(last.resource.inputs, "vmName")}/${text(last.resource.inputs, "runCommandName")}`;
  const minutes = guestMinutes === undefined ? "" : `, about ${Math.ceil(last.end)} minutes`;
  return `from the first deletion until ${step}${minutes}`;
}

/** What a lab lacks while some of its machines are made again, and what is gone with them for good; nothing where none is. */
export function meanwhileOf(
  all: readonly Effect[],
  base: readonly RegisteredResource[],
  head: readonly RegisteredResource[],
  guestMinutes?: GuestMinutes,
): readonly string[] {
  const site = siteBefore(base, head);
  const old = byUrn(base);
  const replaced = machinesThat("replace", all, old);
  if (site === undefined || replaced.length === 0) return [];
  const lostDisks = all
    .filter(({ op, type }) => type === tokens.disk && (op === "replace" || op === "delete"))
    .map(({ name }) => name);
  const down = [...replaced, ...machinesThat("delete", all, old)].map((name): Failing => {
    const losesDisks = lostDisks.some((disk) => disk.startsWith(`${name}-`));
    return { kind: "machine", name, ...(losesDisks ? {} : { keepsDisks: true }) };
  });
  const row = rowWhileDeploying(site, down);
  const isOver = isTheEnd(row);
  const chat = {
    "goes on": "chat goes on",
    "by hand": `chat stops until people see to it (${row.runbook})`,
    lost: isOver ? "chat stops, and what is in mgc is lost" : "chat stops until then",
  }[row.chat];
  return [
    `${until(all, head, replaced, guestMinutes)}: ${chat}`,
    ...row.unprotected,
    ...(isOver ? [] : threats(site, down)),
  ];
}
