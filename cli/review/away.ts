import { machinesOf } from "../../policy/machines";
import { siteOf } from "../../policy/site";
import { text } from "../../simulator/arm/inputs";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { Effect } from "../../simulator/engine/effects";
import { byUrn, type RegisteredResource } from "../../simulator/engine/registered";
import type { Site } from "../../topology/resilience/site";

/* What a change is to a lab whose service was failed over to the secondary data center. */

/**
 * What can fail of the base. It is served from where the new side says: that a service was failed over is no doing of the change that
 * says so, and everything else of it is compared as it is.
 */
export function siteBefore(
  base: readonly RegisteredResource[],
  head: readonly RegisteredResource[],
): Site | undefined {
  const [was, is] = [siteOf(base), siteOf(head)];
  return was === undefined ? undefined : { ...was, servedFrom: is?.servedFrom ?? was.servedFrom };
}

/** Guest steps that a change runs, or takes away, on machines of the data center that may be down. */
export function stepsInThePrimary(
  all: readonly Effect[],
  base: readonly RegisteredResource[],
  head: readonly RegisteredResource[],
): readonly string[] {
  if (siteOf(head)?.servedFrom !== "secondary") return [];
  const [was, is] = [byUrn(base), byUrn(head)];
  const made = new Set(
    all.filter(({ op, type }) => type === tokens.machine && op === "create").map(({ name }) => name),
  );
  const there = machinesOf(base).filter(
    ({ name, dataCenter }) => dataCenter === "primary" && !made.has(name),
  );
  const steps = all
    .filter(({ type }) => type === tokens.runCommand)
    .map(({ urn }) => (is.get(urn) ?? was.get(urn))?.inputs)
    .filter((inputs) => there.some(({ name }) => name === text(inputs, "vmName")));
  const [first] = steps;
  if (first === undefined) return [];
  const more = steps.length === 1 ? "" : ` and ${steps.length - 1} more`;
  return [
    `guest steps change in the primary data center, whose machines must be up for that (${text(first, "vmName")}/${text(first, "runCommandName")}${more}): while they are down, keep it until the service is back`,
  ];
}
