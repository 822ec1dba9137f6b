/** Something about a configuration that the user should change. */
export interface Problem {
  /** The named rule that found it. */
  readonly rule: string;
  /** An error stops the lab, a warning does not. */
  readonly severity: "error" | "warning";
  /** Path in the stack's configuration, such as `pool.servers`. */
  readonly path: string;
  /** Paths of the other values that it is about. */
  readonly also?: readonly string[];
  /** What stands there; absent where nothing does, or where it is secret. */
  readonly value?: unknown;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What is allowed and what to do, as a sentence. */
  readonly fix: string;
}

function format(problem: Problem): string {
  const value = "value" in problem ? ` = ${JSON.stringify(problem.value)}` : "";
  return `  ${problem.path}${value}\n    ${problem.message}\n    ${problem.fix}`;
}

/** One message that lists every problem; its first line counts them. */
export function formatProblems(subject: string, problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === "error");
  const warnings = problems.filter((problem) => problem.severity === "warning");
  const part = (list: readonly Problem[], noun: string) =>
    list.length === 0
      ? []
      : [`${subject}: ${list.length} ${noun}${list.length === 1 ? "" : "s"}`, ...list.map(format)];
  return [...part(errors, "problem"), ...part(warnings, "warning")].join("\n");
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === "error");
}
