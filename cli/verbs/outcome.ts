import type { Rehearsal } from "../../simulator/time/rehearsal";
import type { Plan } from "../../topology/model";
import { duration } from "../terminal/terminal";

/** How a rehearsal ended, in a sentence: ready and when, or what was refused and what would stand all the same. */
export function outcome(rehearsal: Rehearsal, { machines }: Plan): string {
  const { makespanMinutes, sequentialMinutes, refusals } = rehearsal;
  const cloud = rehearsal.resources.filter(({ custom }) => custom).length;
  if (refusals.length === 0) {
    const ratio = makespanMinutes > 0 ? (sequentialMinutes / makespanMinutes).toFixed(1) : "1";
    return `${cloud} Azure resources for ${machines.length} machines: ready after ${duration(makespanMinutes)}, one after the other ${duration(sequentialMinutes)} (${ratio} times as long).`;
  }
  const refused = new Set(refusals.map(({ urn }) => urn)).size;
  const stands = standing(rehearsal);
  const waiting = cloud - refused - stands.timeline.length;
  return `Not ready: ${refused} of ${cloud} Azure resources refused, ${waiting} more wait for them, ${stands.timeline.length} would stand after ${duration(stands.makespanMinutes)}.`;
}

/** A rehearsal without what would not be made: what was refused, and whatever needs it. */
export function standing(rehearsal: Rehearsal): Rehearsal {
  const missing = new Set(rehearsal.refusals.map(({ urn }) => urn));
  if (missing.size === 0) return rehearsal;
  for (const { urn, custom, parent, dependsOn } of rehearsal.resources)
    if (custom && [parent, ...dependsOn].some((before) => missing.has(before))) missing.add(urn);
  const timeline = rehearsal.timeline.filter(({ urn }) => !missing.has(urn));
  return { ...rehearsal, timeline, makespanMinutes: Math.max(0, ...timeline.map(({ end }) => end)) };
}
