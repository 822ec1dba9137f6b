import { closest } from "../../topology/config/closest";
import type { Plan } from "../../topology/model";
import type { Failing } from "../../topology/resilience/failing";
import type { Runbook } from "../../topology/runbooks/runbook";
import { runbooksOf, whatNow } from "../../topology/runbooks/runbooks";
import { runbookHtml } from "../../topology/views/runbookHtml";
import { costText, nowMarkdown, runbookMarkdown } from "../../topology/views/runbookText";
import { loadGoodStack } from "../stack/load";
import type { Arguments } from "../terminal/arguments";
import { printOrSave } from "../terminal/save";
import { columns, out, wrapped } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";

/** Lists the runbooks of a stack, prints one, or tells which to follow after a loss. */
export function runbook(args: Arguments): number {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  const { plan, stack } = loaded;
  const lost = lostIn(plan, args);
  if (lost.length > 0) {
    if (args.word !== undefined)
      throw new UsageError("A name and a loss are two questions: leave one of them out.");
    return now(args, plan, lost);
  }
  const all = runbooksOf(plan);
  const shown = args.word === undefined ? all : [called(all, args.word)];
  if (args.json) out.write(`${JSON.stringify(shown, null, 2)}\n`);
  else if (args.format === "html")
    printOrSave(args.out, runbookHtml(`Runbooks of ${stack}`, shown), `the runbooks of stack ${stack}`);
  else if (args.word === undefined && args.out === undefined) out.write(listText(all, out.edge));
  else printOrSave(args.out, `${shown.map(runbookMarkdown).join("\n")}\n`, `the runbooks of stack ${stack}`);
  return 0;
}

/** Every runbook in a line: its name, when it applies, what it costs. */
export function listText(all: readonly Runbook[], edge: number): string {
  return `${columns(
    all.map((one) => [one.name, `${one.when}; it ${costText(one)}`]),
    edge,
  )}\n${wrapped("runbook NAME prints one; --lost A-SQL01,A-SQL02 tells which to follow, and in what order.", edge)}\n`;
}

/** What the user says was lost. Throws a UsageError for a machine that the lab has not. */
function lostIn(plan: Plan, { lost = [], lostDataCenter, linkDown }: Arguments): readonly Failing[] {
  const names = plan.machines.map(({ name }) => name);
  return [
    ...lost.map((typed): Failing => {
      const name = names.find((one) => one.toLowerCase() === typed.toLowerCase());
      if (name === undefined) throw new UsageError(unknown("machine", typed, names));
      return { kind: "machine", name };
    }),
    ...(lostDataCenter === undefined ? [] : [{ kind: "data center", side: lostDataCenter } as const]),
    ...(linkDown ? [{ kind: "link" } as const] : []),
  ];
}

function called(all: readonly Runbook[], name: string): Runbook {
  const found = all.find((one) => one.name === name.toLowerCase());
  if (found === undefined)
    throw new UsageError(
      unknown(
        "runbook",
        name,
        all.map((one) => one.name),
      ),
    );
  return found;
}

function unknown(what: string, typed: string, known: readonly string[]): string {
  const near = closest(typed, known);
  return `There is no ${what} "${typed}".${near === undefined ? "" : ` Did you mean ${near}?`}`;
}

function now(args: Arguments, plan: Plan, lost: readonly Failing[]): number {
  const answers = whatNow(plan, lost);
  const said = lost
    .map((one) =>
      one.kind === "machine"
        ? one.name
        : one.kind === "data center"
          ? `the ${one.side} data center`
          : "the link",
    )
    .join(", ");
  if (args.json)
    out.write(
      `${JSON.stringify(
        answers.flatMap(({ runbooks }) => runbooks),
        null,
        2,
      )}\n`,
    );
  else if (args.format === "html")
    printOrSave(
      args.out,
      runbookHtml(
        `What now: ${said}`,
        answers.flatMap(({ runbooks }) => runbooks),
      ),
      "what to do",
    );
  else printOrSave(args.out, `${nowMarkdown(said, answers)}\n`, "what to do");
  return 0;
}
