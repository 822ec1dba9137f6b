import type { Runbook, Step } from "../runbooks/runbook";
import type { Now } from "../runbooks/runbooks";

/* Runbooks as Markdown, for somebody who follows one at three in the morning: a box for each command, the answer that is expected below it. */

/** What it costs, in a line. */
export const costText = ({ loses, decides, minutes }: Runbook): string =>
  [
    loses === null
      ? "loses what nobody can count"
      : loses > 0
        ? `loses up to ${loses} minutes of messages`
        : "loses nothing",
    ...(minutes > 0
      ? [`takes the machines about ${minutes} minute${minutes === 1 ? "" : "s"}, and you yours`]
      : []),
    ...(decides ? ["somebody decides"] : []),
  ].join("; ");

const fences: Readonly<Record<Step["language"], string>> = {
  "T-SQL": "sql",
  PowerShell: "powershell",
  "Azure CLI": "sh",
  "Pulumi CLI": "sh",
};

/** Where something is typed, and as whom. */
export const placeText = ({ machine, as, language, needs }: Step): string =>
  [
    language === "T-SQL"
      ? `T-SQL in master on ${machine}`
      : machine === ""
        ? language
        : `${language} on ${machine}`,
    `as ${as}`,
    ...(needs === "" ? [] : [`only with ${needs} installed`]),
  ].join(", ");

function stepLines(step: Step, number: number): readonly string[] {
  const indented = (text: string) => text.split("\n").map((line) => `  ${line}`);
  return [
    `- [ ] **${number}. ${step.title}** (${placeText(step)})`,
    "",
    `  \`\`\`${fences[step.language]}`,
    ...indented(step.command),
    "  ```",
    "",
    `  Expect, within ${step.waitMinutes} min: ${step.expect}`,
    `  If not: ${step.otherwise}`,
    ...(step.repeatable ? [] : ["  Once only: a second time it does something else."]),
    ...(step.undo === "" ? [] : [`  Undo: ${step.undo}`]),
    ...(step.open === "" ? [] : [`  [not stated] ${step.open}`]),
    "",
  ];
}

function section(title: string, steps: readonly Step[]): readonly string[] {
  return steps.length === 0
    ? []
    : [`### ${title}`, "", ...steps.flatMap((step, index) => stepLines(step, index + 1))];
}

/** One runbook. */
export function runbookMarkdown(runbook: Runbook): string {
  const { name, title, when, decides, before, acts, after } = runbook;
  return [
    `## ${title}`,
    "",
    `\`${name}\`: ${when}.`,
    "",
    `It ${costText(runbook)}.`,
    "",
    ...(decides
      ? ["- [ ] Who answers for what is lost, and when they said go on: ______________________", ""]
      : []),
    ...section("Before", before),
    ...section("What to do", acts),
    ...section("After", after),
  ].join("\n");
}

/** What now, after a loss: in order, for each database. */
export function nowMarkdown(lost: string, answers: readonly Now[]): string {
  return [
    `# What now: ${lost}`,
    "",
    ...answers.flatMap(({ database, runbooks, isHome, isServed }) => {
      const names = runbooks.map(({ name }) => `\`${name}\``).join(", then ");
      const end = isHome
        ? "Then the lab is as it was."
        : isServed
          ? `Then ${database} is served, and the rest waits for what is lost to come back.`
          : `${database} is not served after that, and nothing here brings it back: what is needed is lost or out.`;
      return [
        `- **${database}**: ${runbooks.length === 0 ? (isHome ? "nothing to do." : end) : `${names}. ${end}`}`,
      ];
    }),
    "",
    ...answers.flatMap(({ runbooks }) => runbooks.map(runbookMarkdown)),
  ].join("\n");
}
