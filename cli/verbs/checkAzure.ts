import { runProgram } from "../../simulator/engine/program";
import { parseConfig } from "../../topology/config/parse";
import { groupBy } from "../../topology/parts/groupBy";
import { onAzure } from "../azure/access";
import { isRefused } from "../preflight/answers";
import { needsOf } from "../preflight/needs";
import { preflight } from "../preflight/preflight";
import type { Answer } from "../preflight/said";
import { faultsPath } from "../pulumi/faults";
import type { LoadedStack } from "../stack/load";
import { endProgress, programOptions } from "../stack/programOptions";
import type { Arguments } from "../terminal/arguments";
import { questions } from "../terminal/preflightShape";
import { err, out, wrapped } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";

/** Asks Azure whether the subscription can have what a stack plans. Exits with 1 where a deployment would be refused. */
export async function checkAzure(args: Arguments, loaded: LoadedStack): Promise<number> {
  const { config } = parseConfig(loaded.raw);
  const { resources } = await runProgram(programOptions(loaded));
  endProgress();
  const zones = { primary: config.dataCenters.primary.zones, secondary: config.dataCenters.secondary.zones };
  const needs = needsOf(loaded.plan, resources, zones);
  const faults = args.faults === undefined ? undefined : faultsPath(args.faults);
  const { subscription, answers } = await onAzure(
    args.twin,
    async (access) => {
      if (err.live) err.write("Asking Azure ...");
      const answers = await preflight(access, needs);
      endProgress();
      return { subscription: access.subscription, answers };
    },
    { faults, makesTwin: true },
  );
  const [first] = answers;
  if (answers.every(({ answer }) => answer === "unknown"))
    throw new UsageError(`Azure answered none of the ${answers.length} questions. ${first?.because}`);
  if (args.json) out.write(`${JSON.stringify({ stack: loaded.stack, subscription, answers }, null, 2)}\n`);
  else out.write(answersText(loaded.stack, subscription, answers, out.edge));
  return isRefused(answers) ? 1 : 0;
}

/** The answers as text: what is refused or unknown in full, the rest as counts. */
export function answersText(
  stack: string,
  subscription: string,
  answers: readonly Answer[],
  edge: number,
): string {
  const count = (answer: Answer["answer"]) => answers.filter((one) => one.answer === answer).length;
  const verdict = isRefused(answers)
    ? `Azure would refuse stack ${stack}`
    : count("unknown") > 0
      ? `Nothing that Azure answered blocks the deployment of stack ${stack}`
      : `Nothing blocks the deployment of stack ${stack}`;
  const good = questions.flatMap((question) => {
    const all = answers.filter((one) => one.question === question);
    const fine = all.filter(({ answer }) => answer === "yes").length;
    return all.length === 0 ? [] : [`${question} ${fine} of ${all.length}`];
  });
  return wrapped(
    [
      `${verdict} (subscription ${subscription}).\n`,
      section("Refused", alike(answers, "no")),
      section("Unknown: Azure did not answer", alike(answers, "unknown")),
      `${out.paint("bold", "Passed")}\n  ${good.join(", ")}.\n`,
      "Free capacity is not checked, because Azure does not report it: a deployment can still fail with AllocationFailed.\n",
    ]
      .filter((part) => part !== "")
      .join("\n"),
    edge,
  );
}

/** Answers for the same reason, together: what they are about, and all that would work. */
function alike(
  answers: readonly Answer[],
  answer: Answer["answer"],
): readonly (Pick<Answer, "question" | "because" | "instead"> & { readonly names: readonly string[] })[] {
  const groups = groupBy(
    answers.filter((one) => one.answer === answer),
    ({ question, because }) => `${question} ${because}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const instead = [...new Set(group.flatMap((one) => one.instead))];
    return [{ ...first, instead, names: group.map(({ about }) => about) }];
  });
}

const few = 4;

function section(title: string, groups: ReturnType<typeof alike>): string {
  if (groups.length === 0) return "";
  const lines = groups.flatMap(({ question, because, instead, names }) => {
    const more = names.length > few ? ` and ${names.length - few} more` : "";
    return [
      `  ${question}: ${names.slice(0, few).join(", ")}${more}`,
      `    ${because}`,
      ...instead.map((sentence) => `    - ${sentence}`),
    ];
  });
  return `${out.paint("bold", title)}\n${lines.join("\n")}\n`;
}
