import { find } from "../parts/invariants";
import { askedOf, endingOf, minutesOf, severity } from "./ending";
import { type Failing, failingsOf, nameOf } from "./failing";
import { outcomeOf } from "./outcome";
import { rowOf, type SurvivalRow } from "./row";
import type { Site } from "./site";
import { subjectOf } from "./state";
import { type WeakPoint, weakPointsOf } from "./weakPoints";

/* The table that people want: what fails, and what it means for chat. */

export interface Survival {
  readonly rows: readonly SurvivalRow[];
  /** Pairs that are worse than each of the two alone. */
  readonly pairs: readonly SurvivalRow[];
  readonly weakPoints: readonly WeakPoint[];
}

/** Machines that nothing here tells apart: one of them stands for all in a pair. */
function kindOf(site: Site, name: string): string {
  const chat = site.chatServers.find((one) => one.name === name);
  if (chat !== undefined) return `chat ${site.machines[name]} ${chat.active}`;
  const pool = site.frontEndPools.find(({ servers }) => servers.includes(name));
  return pool === undefined ? name : `front end ${pool.side}`;
}

/** Every pair of things that can fail together, of machines of a kind one pair. */
function pairsOf(site: Site, all: readonly Failing[]): readonly (readonly [Failing, Failing])[] {
  // A zone is many failures at once already, and a machine takes its shares with it.
  const each = all.filter(({ kind }) => kind !== "zone" && kind !== "share");
  const key = (one: Failing) => (one.kind === "machine" ? kindOf(site, one.name) : nameOf(one));
  const seen = new Set<string>();
  return each.flatMap((one, index) =>
    each.slice(index + 1).flatMap((other): [Failing, Failing][] => {
      const both = [key(one), key(other)].join(" + ");
      if (seen.has(both)) return [];
      seen.add(both);
      return [[one, other]];
    }),
  );
}

/** What a site survives: each thing that can fail, alone and with each other one; of pairs only those that matter, or all. */
export function survivalOf(site: Site, everyPair = false): Survival {
  const asked = askedOf(site);
  const all = failingsOf(site);
  const rows = all.map((one) => rowOf(asked, [one]));
  const alone = new Map(rows.map((row) => [row.what.join(), severity(row)]));
  const pairs = pairsOf(site, all).flatMap((pair) => {
    const ending = endingOf(asked, pair);
    const least = Math.max(...pair.map((one) => alone.get(nameOf(one)) ?? 0));
    return everyPair || severity(ending) > least ? [rowOf(asked, pair, ending)] : [];
  });
  return { rows, pairs, weakPoints: weakPointsOf(site, rows, pairs) };
}

/** The rows of a site that one thing each makes, which is what previews and rules ask for. */
export function singleRows(site: Site): readonly SurvivalRow[] {
  const asked = askedOf(site);
  return failingsOf(site).map((one) => rowOf(asked, [one]));
}

/** Minutes of a database that are lost at most when the data center that serves it is; infinite where nothing of it is elsewhere. */
export function worstLoss(site: Site, name: string): number {
  const database = find(site.databases, name, (one) => one.name === name);
  const { lost } = outcomeOf(subjectOf(site, database), [{ kind: "data center", side: site.servedFrom }]);
  return minutesOf(lost, database.intervalMinutes) ?? Number.POSITIVE_INFINITY;
}
