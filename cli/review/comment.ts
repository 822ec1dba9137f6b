import { version } from "../../package.json";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { Effect } from "../../simulator/engine/effects";
import { hoursOf } from "../../topology/views/cost";
import { brokenLines } from "./brokenPolicies";
import type { Lost, StackReport } from "./report";

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
    ...block("lost", lostLines(lost, name)),
    ...block(
      "availability",
      availability.map(
        ({ what, before, after, worse }) => `- ${what}: ${before} -> ${after}${worse ? " (worse)" : ""}`,
      ),
    ),
    ...block(
      "while machines are made again",
      meanwhile.map((line) => `- ${line}`),
    ),
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

/** What is lost: machines and whatever holds data by name, the rest by kind, since all of it stands under "everything" too. */
function lostLines(lost: readonly Lost[], code: (text: string) => string): readonly string[] {
  const told = lost.filter(({ data, type }) => data || type === tokens.machine);
  const kinds = new Map<string, Lost[]>();
  for (const one of lost.filter((each) => !told.includes(each))) {
    const key = `${one.op} ${one.type}`;
    kinds.set(key, [...(kinds.get(key) ?? []), one]);
  }
  const done = (op: Lost["op"]) => (op === "replace" ? "replaced" : "deleted");
  return [
    ...told.map(({ name, op, because, data, refused }) => {
      const why = because.length > 0 ? ` (${because.join(", ")})` : "";
      const remarks = [
        ...(data ? ["data is on it"] : []),
        ...(refused ? ["refused while data is protected"] : []),
      ];
      return `- ${code(name)} ${done(op)}${why}${remarks.length > 0 ? `: ${remarks.join(", ")}` : ""}`;
    }),
    ...[...kinds.values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const refused = all.filter((one) => one.refused).length;
      const remark =
        refused > 0
          ? `: ${refused === all.length ? "" : `${refused} of them `}refused while data is protected`
          : "";
      const kind = first.type.split(":").at(-1) ?? first.type;
      return [
        all.length === 1
          ? `- ${code(first.name)} ${done(first.op)}${remark}`
          : `- ${all.length} of ${code(kind)} ${done(first.op)}${remark}`,
      ];
    }),
    ...(lost.some(({ refused }) => refused)
      ? [
          "- Pulumi refuses this as it is: what stands is protected. Deploy `protectData: false` with all else as it stands, and then the change.",
        ]
      : []),
  ];
}

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
