import type { Problem } from "../config/problem";
import type { Config } from "../config/schema";
import type { Plan } from "../model";

/** What rules look at: the plan, and the configuration for the paths that a user can change. */
export interface Lab {
  readonly config: Config;
  readonly plan: Plan;
}

/** What a rule found; the rule's own name and the severity are added by whoever lists it. */
export type Finding = Omit<Problem, "rule" | "severity">;

/** A statement of the healthy lab, as a function that reports where it does not hold. */
export type Rule = (lab: Lab) => readonly Finding[];

/** One finding when a condition holds, else none. */
export function when(condition: boolean, finding: () => Finding): readonly Finding[] {
  return condition ? [finding()] : [];
}
