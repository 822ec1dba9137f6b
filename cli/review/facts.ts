import { siteOf } from "../../policy/site";
import { text } from "../../simulator/arm/inputs";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { roundTripMs } from "../../topology/azure/regions";
import { bothSides } from "../../topology/resilience/site";
import type { ChangedFact } from "./report";

/* What a service depends on besides what the survival table says, read off the resources of a program. */

const machines = (resources: readonly RegisteredResource[]) =>
  resources.filter(({ type }) => type === tokens.machine);

/** How far the data centers are from each other; empty where there are not two. */
function roundTrip(resources: readonly RegisteredResource[]): string {
  const [one, other] = bothSides.map((side) =>
    machines(resources).find(({ inputs }) => text(inputs, "tags.dataCenter") === side),
  );
  if (one === undefined || other === undefined) return "";
  const regions = [text(one.inputs, "location"), text(other.inputs, "location")] as const;
  const ms = roundTripMs(...regions);
  return `${ms === undefined ? "unknown" : `about ${ms} ms`}, ${regions.join(" and ")}`;
}

const kept = (resources: readonly RegisteredResource[]) =>
  machines(resources).filter(({ protect }) => protect).length;

/** What of that is another thing now. */
export function changedFacts(
  base: readonly RegisteredResource[],
  head: readonly RegisteredResource[],
): readonly ChangedFact[] {
  const fact = (what: string, before: string, after: string, worse: boolean): readonly ChangedFact[] =>
    before === after ? [] : [{ what, before, after, short: `${what}: ${before} -> ${after}`, worse }];
  const [was, is] = [kept(base), kept(head)];
  const servedFrom = (resources: readonly RegisteredResource[]) => siteOf(resources)?.servedFrom ?? "";
  return [
    // A failover that happened; what fails differently since then is no doing of the change.
    ...fact("data center that serves", servedFrom(base), servedFrom(head), false),
    // Neither better nor worse by itself: what is far depends on the link profile, which a rule looks at.
    ...fact("round trip between the data centers", roundTrip(base), roundTrip(head), false),
    ...fact("machines protected from deletion", String(was), String(is), is < was),
  ];
}
