import { version } from "../../package.json";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { Effect } from "../../simulator/engine/effects";
import { hoursOf } from "../../topology/views/cost";
import { brokenLines } from "./brokenPolicies";
import { alongLines, lostLines } from "./lostLines";
import type { ChangedFact, StackReport } from "./report";

export interface Comparison {
  readonly base: string;
  readonly head: string;
  /** The worst first. */
  readonly stacks: readonly StackReport[];
}

const cannotShow =
  "Not shown: what somebody changed by hand, the quota that is left, names that are taken, and what scripts do inside machines.";

/** The comparison as Markdown for a pull request's comment, or as plain text; never longer than the limit. */
export function commentText(comparison: Comparison, format: "text" | "markdown", limit: number): string {
  const { base, head, stacks } = comparison;
  const title = (text: string) => (format === "markdown" ? `### ${text}` : text.toUpperCase());
  const verdicts = stacks.map(({ stack, verdict }) => `- ${code(stack, format)}: ${verdict}`);
  const top = [title("What this change does to the labs"), "", ...verdicts, ""];
  const bottom = [
    cannotShow,
    "",
    `persistent-chat-lab ${version} compared ${base.slice(0, 12)} with ${head.slice(0, 12)}.`,
    "",
  ];
  const blocks = stacks.flatMap((report) => blocksOf(report, format));
  let used = [...top, ...bottom].join("\n").length;
  const kept: string[] = [];
  for (const block of blocks) {
    if (used + block.length + 120 > limit) break;
    kept.push(block);
    used += block.length + 1;
  }
  const left = blocks.length - kept.length;
  return [
    ...top,
    ...kept,
    ...(left > 0
      ? [`${left} more part${left === 1 ? " is" : "s are"} left out to stay within ${limit} characters.`, ""]
      : []),
    ...bottom,
  ].join("\n");
}

function code(text: string, format: "text" | "markdown"): string {
  return format === "markdown" ? `\`${text}\`` : text;
}

/** Lines as Markdown and plain text keep them. */
const indented = (text: string): readonly string[] =>
  text === "" ? [] : text.split("\n").map((line) => `    ${line}`);

/** The parts of one stack's report, the most important first. */
function blocksOf(report: StackReport, format: "text" | "markdown"): readonly string[] {
  const {
    stack,
    lost,
    order,
    survival,
    availability,
    meanwhile,
    steps,
    quota,
    cost,
    policies,
    effects,
    problems,
    baseProblems,
  } = report;
  const block = (title: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [
          [format === "markdown" ? `**${stack}: ${title}**` : `${stack}: ${title}`, "", ...lines, ""].join(
            "\n",
          ),
        ];
  // Whoever reads a comment wants the parts before it first.
  const folded = (title: string, lines: readonly string[]) =>
    format !== "markdown" || lines.length === 0
      ? block(title, lines)
      : [[`<details><summary>${stack}: ${title}</summary>`, "", ...lines, "", "</details>", ""].join("\n")];
  const name = (text: string) => code(text, format);
  return [
    ...block("it does not plan", indented(problems)),
    ...block("the base did not plan", indented(baseProblems)),
    // Nothing is lost by a change that makes again what holds nothing.
    ...block(
      lost.some(({ type }) => type === tokens.disk) ? "lost" : "replaced and deleted",
      lostLines(lost, order, name),
    ),
    ...block("what fails differently now", survival.map(changedLine)),
    ...block(
      "while it is deployed",
      meanwhile.map((line) => `- ${line}`),
    ),
    ...block("also changed", availability.filter((fact) => !survival.includes(fact)).map(changedLine)),
    ...folded("what goes along", alongLines(lost, name)),
    ...block(
      "guest steps that run",
      steps.map(
        ({ machine, steps: names, interrupts }) =>
          `- ${name(machine)}: ${names.join(", ")}${interrupts.map((one) => `; ${one}`).join("")}`,
      ),
    ),
    ...block(
      "vCPUs",
      quota.map(({ quota: one, before, after }) => `- ${one}: ${before} -> ${after}`),
    ),
    ...block("cost", cost === undefined ? [] : costLines(cost)),
    ...block(
      "policies that this breaks",
      brokenLines(policies, name).map((line) => `- ${line}`),
    ),
    ...folded(
      "everything",
      effects.map((effect) => `- ${described(effect, name)}`),
    ),
  ];
}

const changedLine = ({ what, before, after, worse }: ChangedFact): string =>
  `- ${what}: ${before} -> ${after}${worse ? " (worse)" : ""}`;

/** Hour, day and month, running and stopped; a change that has no price on either side still says so. */
function costLines({ before, after, comparable }: NonNullable<StackReport["cost"]>): readonly string[] {
  const line = (state: "running" | "stopped") => {
    const parts = Object.entries(hoursOf).map(
      ([period, hours]) =>
        `${(before[state] * hours).toFixed(2)} -> ${(after[state] * hours).toFixed(2)} USD ${period === "hour" ? "an" : "a"} ${period}`,
    );
    return `- ${state}: ${parts.join(", ")}`;
  };
  const unknown = Math.max(before.unknown, after.unknown);
  return [
    line("running"),
    line("stopped"),
    ...(unknown > 0
      ? [`- without a price, and in no sum: ${before.unknown} -> ${after.unknown} things`]
      : []),
    ...(comparable
      ? []
      : ["- not comparable: things that have a price on one side only, by their region, are no difference"]),
  ];
}

function described({ name, op, because }: Effect, code: (text: string) => string): string {
  return `${op} ${code(name)}${because.length > 0 ? `: ${because.slice(0, 6).join(", ")}${because.length > 6 ? `, ${because.length - 6} more` : ""}` : ""}`;
}
