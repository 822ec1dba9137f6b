import type { BrokenPolicy } from "../../policy/policies";
import type { Effect } from "../../simulator/engine/effects";
import type { RegisteredResource } from "../../simulator/engine/registered";
import type { Plan } from "../../topology/model";
import type { Cost } from "../../topology/views/cost";

/** One side of a comparison: the resources of a stack, or why there are none. */
export type StackSide =
  | { readonly resources: readonly RegisteredResource[] }
  | { readonly problems: string }
  | undefined;

/** What a checkout plans of a stack. */
export interface PlannedSide {
  readonly plan: Plan;
  /** Texts by the name of the script. */
  readonly scripts: Readonly<Record<string, string>>;
}

export interface Lost {
  readonly name: string;
  readonly type: string;
  readonly op: "replace" | "delete";
  readonly because: readonly string[];
  /** What forces it, with its values before and after, where they can be shown. */
  readonly values: readonly string[];
  /** Where it stands; empty for what belongs to neither data center. */
  readonly dataCenter: string;
  /** Whether data is on it: a protected resource, or one that would be if protection were on. */
  readonly data: boolean;
  readonly refused: boolean;
}

/** Something that is another thing after a change. */
export interface ChangedFact {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** The change in few words. */
  readonly short: string;
  readonly worse: boolean;
}

/** What a change does to one stack. */
export interface StackReport {
  readonly stack: string;
  /** One line: the worst first. */
  readonly verdict: string;
  readonly lost: readonly Lost[];
  /** What to deploy first where protection refuses it; empty otherwise. */
  readonly order: string;
  /** What fails differently now: rows of the survival table, and weak points. */
  readonly survival: readonly ChangedFact[];
  /** The same, and what else the service depends on. */
  readonly availability: readonly ChangedFact[];
  /** What the service lacks while machines are made again, and what is gone with them. */
  readonly meanwhile: readonly string[];
  /** Guest steps that run because of the change, by machine. */
  readonly steps: readonly {
    readonly machine: string;
    readonly steps: readonly string[];
    /** What they interrupt; nothing on a machine that is new or made again. */
    readonly interrupts: readonly string[];
  }[];
  readonly quota: readonly { readonly quota: string; readonly before: number; readonly after: number }[];
  /** USD an hour of what has a price, and how many things have none; only where one of them changes. */
  readonly cost?: {
    readonly before: CostLine;
    readonly after: CostLine;
    /** Whether their difference says anything: not where things got a price, or lost it, by another region. */
    readonly comparable: boolean;
  };
  /** Policies that the change breaks; what was broken before is not told again. */
  readonly policies: readonly BrokenPolicy[];
  readonly effects: readonly Effect[];
  /** Why the new side makes no lab. */
  readonly problems: string;
  /** Why the base made none; a gate never fails on it, or nobody could mend it. */
  readonly baseProblems: string;
}

export type CostLine = Pick<Cost, "running" | "stopped" | "unknown">;

/** USD to the cent. */
export function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
