import { readStack } from "../../cli/stack/stackFile";
import { planLab } from "../../topology/planLab";
import { modelOf } from "../../topology/resilience/model";
import { siteOfPlan } from "../../topology/resilience/ofPlan";
import { servedAt } from "../../topology/resilience/reactions";
import type { Site } from "../../topology/resilience/site";
import { resting, type State, type Subject, subjectOf } from "../../topology/resilience/state";
import { planOf } from "./config";

/** What can fail of the smallest configuration with some changes. */
export const siteOf = (changes: Readonly<Record<string, unknown>> = {}): Site => siteOfPlan(planOf(changes));

/** What can fail of a stack of this repository. */
export const siteOfStack = (stack: string): Site => siteOfPlan(planLab(readStack(stack, undefined).raw).plan);

/** A database of a site, `mgc` unless another one is named. */
export function subjectIn(site: Site, database = "mgc"): Subject {
  const found = site.databases.find(({ name }) => name === database);
  if (found === undefined) throw new Error(`there is no ${database}`);
  return subjectOf(site, found);
}

/** A database of a small lab with witnesses and a mirror on both sides: A-SQL01, A-SQL02, A-WIT01 and the same with B. */
export const watched = subjectIn(
  siteOf({ databases: { witnesses: "both", secondaryMirror: true, compliance: "off" } }),
);

/** The same without witnesses. */
export const unwatched = subjectIn(
  siteOf({ databases: { witnesses: "none", secondaryMirror: true, compliance: "off" } }),
);

/** Lets things happen and be done one after the other; a word that says why where one of them is not possible. */
export function afterwards(subject: Subject, ...ids: readonly string[]): State {
  const { moves } = modelOf(subject);
  return ids.reduce((state, id) => {
    const move = moves.find((one) => one.id === id);
    if (move === undefined) throw new Error(`there is no ${id}`);
    const next = move.from(state);
    if (next === undefined) throw new Error(`${id} is not possible`);
    return next;
  }, resting(subject));
}

/** Whether something is possible after other things. */
export function isPossible(subject: Subject, id: string, ...before: readonly string[]): boolean {
  const move = modelOf(subject).moves.find((one) => one.id === id);
  if (move === undefined) throw new Error(`there is no ${id}`);
  return move.from(afterwards(subject, ...before)) !== undefined;
}

/** The machine that serves in a state. */
export function servedBy(subject: Subject, state: State): string | undefined {
  const place = servedAt(subject, state);
  return place === undefined ? undefined : subject.hosts[place];
}
