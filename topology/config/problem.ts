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

/** Whether two paths are of one value, or of a value and something inside it: `pool` and `pool.active[2]`. */
export function touches(one: string, other: string): boolean {
  const isWithin = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
  return isWithin(one, other) || isWithin(other, one);
}

/** Most characters of a value that a message shows. */
const mostCharacters = 120;

/** Most problems that one message lists. */
const mostProblems = 50;

const escaped = (character: string) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;

/** Text without what would act on a terminal or hide from a reader, such as a Cyrillic letter in a word of Latin ones. */
function visible(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped)
    .replace(/[\p{L}\p{N}]*/gu, (word) =>
      /[A-Za-z]/.test(word) ? word.replace(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, escaped) : word,
    );
}

/** A problem whose value may be printed: no query of a URL, where signatures stand, and nothing longer than a line. */
export function withShownValue(problem: Problem): Problem {
  const path = visible(problem.path);
  if (!("value" in problem)) return { ...problem, path };
  const { value } = problem;
  if (typeof value === "number" && !Number.isFinite(value)) return { ...problem, path, value: String(value) };
  const whole = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  const text = whole.replace(/(https?:\/\/[^\s"?#]*)[?#][^\s"]*/gi, "$1?...");
  if (text.length > mostCharacters)
    return {
      ...problem,
      path,
      value: `${text.slice(0, mostCharacters)}... (${text.length} characters)`,
    };
  return { ...problem, path, value: typeof value === "string" || text !== whole ? text : value };
}

function format(problem: Problem): string {
  const value = "value" in problem ? ` = ${visible(JSON.stringify(problem.value))}` : "";
  return `  ${problem.path}${value}\n    ${problem.message}\n    ${problem.fix}`;
}

/** One message that lists every problem; its first line counts them. */
export function formatProblems(subject: string, problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === "error");
  const warnings = problems.filter((problem) => problem.severity === "warning");
  const part = (list: readonly Problem[], noun: string) =>
    list.length === 0
      ? []
      : [
          `${subject}: ${list.length} ${noun}${list.length === 1 ? "" : "s"}`,
          ...list.slice(0, mostProblems).map(format),
          ...(list.length > mostProblems ? [`  and ${list.length - mostProblems} more`] : []),
        ];
  return [...part(errors, "problem"), ...part(warnings, "warning")].join("\n");
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === "error");
}
