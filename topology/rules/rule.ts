import type { Problem } from "../config/problem";
import type { Config } from "../config/schema";
import type { Plan } from "../model";

/** What rules look at: the plan, and the configuration for the paths that a user can change. */
export interface Lab {
  readonly config: Config;
  readonly plan: Plan;
}

/** What a rule found; the rule's name and its severity are added by whoever lists it. */
export type Finding = Omit<Problem, "rule" | "severity">;

/** A statement of the healthy lab that a configuration can break. */
export interface Rule {
  readonly severity: Problem["severity"];
  /** Where it does not hold. */
  readonly findings: (lab: Lab) => readonly Finding[];
}

/** A rule without which the lab cannot be deployed, or is none that Microsoft supports. */
export function error(findings: Rule["findings"]): Rule {
  return { severity: "error", findings };
}

/** A rule for what works, but differs from what Microsoft recommends or from what an owner is likely to want. */
export function warning(findings: Rule["findings"]): Rule {
  return { severity: "warning", findings };
}

/** One finding when a condition holds, else none. */
export function when(condition: boolean, finding: () => Finding): readonly Finding[] {
  return condition ? [finding()] : [];
}
