import { parseConfig } from "./config/parse";
import { type Problem, touches, withShownValue } from "./config/problem";
import type { Plan } from "./model";
import { plan } from "./plan";
import * as databaseRules from "./rules/databaseRules";
import * as machineRules from "./rules/machineRules";
import * as networkRules from "./rules/networkRules";
import * as poolRules from "./rules/poolRules";
import type { Lab, Rule } from "./rules/rule";
import * as sizeRules from "./rules/sizeRules";

/** Every rule by its name. */
export const rules: Readonly<Record<string, Rule>> = {
  ...networkRules,
  ...poolRules,
  ...databaseRules,
  ...machineRules,
  ...sizeRules,
};

/** Every problem that the rules find in a lab, all at once. */
export function problemsOf(lab: Lab): readonly Problem[] {
  return Object.entries(rules).flatMap(([rule, { severity, findings }]) =>
    findings(lab).map((finding): Problem => ({ rule, severity, ...finding })),
  );
}

/**
 * From the configuration of a stack to its plan, with every problem of both. A plan with errors shows what the rest of the
 * configuration means and must not be deployed.
 */
export function planLab(raw: unknown): { readonly plan: Plan; readonly problems: readonly Problem[] } {
  const { config, problems } = parseConfig(raw);
  const lab = { config, plan: plan(config) };
  // A rule over a value that was wrong, and so replaced by its default, would speak of something that nobody wrote.
  const replaced = (path: string) => problems.some((other) => touches(path, other.path));
  const found = problemsOf(lab).filter(({ path, also = [] }) => ![path, ...also].some(replaced));
  return { plan: lab.plan, problems: [...problems, ...found].map(withShownValue) };
}
