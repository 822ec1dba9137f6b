import { closest } from "../../topology/config/closest";
import { siteOfPlan } from "../../topology/resilience/ofPlan";
import { type Broken, prove } from "../../topology/resilience/proof";
import type { SurvivalRow } from "../../topology/resilience/row";
import { type Survival, survivalOf } from "../../topology/resilience/survival";
import {
  cellsOf,
  grouped,
  labelOf,
  survivalHead,
  survivalMarkdown,
  survivalNotes,
  weakPointText,
} from "../../topology/views/survivalTable";
import { loadGoodStack } from "../stack/load";
import type { Arguments } from "../terminal/arguments";
import { printOrSave } from "../terminal/save";
import { columns, err, out, wrapped } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";
import { survivalSvg } from "./survivalSvg";

/** Tells what a stack's lab survives. */
export function survival(args: Arguments): number {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  const { stack } = loaded;
  const site = siteOfPlan(loaded.plan);
  const failures = args.failures ?? 1;
  const found = survivalOf(site, failures > 1 || args.explain !== undefined);
  if (args.explain !== undefined) {
    out.say(explained(rowCalled(found, args.explain)));
    return 0;
  }
  // What every row relies on is asked of every state, each time: a model that is wrong for this lab must not print a table.
  const { states, broken } = prove(site, failures);
  if (broken.length > 0) {
    err.say(brokenText(broken));
    return 3;
  }
  const said = `${states} states after ${failures === 1 ? "one failure" : "two failures"} and whatever is done about them`;
  if (args.json) out.write(`${JSON.stringify(survivalJson(stack, states, found), null, 2)}\n`);
  else if (args.format === "svg")
    printOrSave(args.out, survivalSvg(found, `What ${stack} survives`), `the grid of stack ${stack}`);
  else if (args.format === "markdown")
    printOrSave(args.out, `${survivalMarkdown(found)}\n`, `the table of stack ${stack}`);
  else out.write(survivalText(found, out.edge, said));
  return 0;
}

/** What programs get. */
export const survivalJson = (stack: string, states: number, { rows, pairs, weakPoints }: Survival) => ({
  stack,
  states,
  rows: [...rows, ...pairs],
  weakPoints,
});

/** The table, the pairs that matter and the weak points, for a terminal. */
export function survivalText({ rows, pairs, weakPoints }: Survival, edge: number, proved: string): string {
  const table = (of: readonly SurvivalRow[]) => columns([survivalHead, ...grouped(of).map(cellsOf)], edge);
  return [
    out.paint("bold", "What fails, and what it means"),
    `\n${table(rows)}\n`,
    ...(pairs.length === 0
      ? []
      : [out.paint("bold", "Two at once, where that is worse than each alone"), `\n${table(pairs)}\n`]),
    out.paint("bold", "Weak points, the worst first"),
    `\n${columns(
      weakPoints.map((point) => [weakPointText(point)]),
      edge,
    )}\n`,
    wrapped(
      [...survivalNotes, `Proved over ${proved}; --explain ROW tells the way to a row.`].join("\n"),
      edge,
    ),
    "\n",
  ].join("");
}

/** A row with everything that leads to it. */
function explained(row: SurvivalRow): string {
  const { path, inferred, unprotected } = row;
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
  return [
    ...cellsOf({ label: labelOf(row), row, rows: [row] })
      .slice(0, -1)
      .map((cell, index) => `${survivalHead[index]}: ${cell}`),
    ...list(
      "the way there:",
      path.map((step, index) => `${index + 1}. ${step}`),
    ),
    ...list("afterwards:", unprotected),
    ...list("no source states:", inferred),
    "",
  ].join("\n");
}

/** The row that somebody names by what fails, in any order, with a + between. */
function rowCalled({ rows, pairs }: Survival, name: string): SurvivalRow {
  const key = (what: readonly string[]) =>
    what
      .map((one) => one.toLowerCase())
      .sort()
      .join("+");
  const all = [...rows, ...pairs];
  const wanted = key(name.split("+").map((part) => part.trim()));
  const found = all.find(({ what }) => key(what) === wanted);
  if (found !== undefined) return found;
  const parts = rows.map(({ what }) => what[0] ?? "");
  const wrong = name
    .split("+")
    .map((part) => part.trim())
    .find((part) => !parts.some((one) => one.toLowerCase() === part.toLowerCase()));
  if (wrong === undefined)
    throw new UsageError(`No row is about ${name}: of machines of a kind one pair stands for all.`);
  const near = closest(wrong, parts);
  throw new UsageError(
    `Nothing called "${wrong}" can fail here.${near === undefined ? "" : ` Did you mean ${near}?`} A row is named by what fails, such as primary, link, or A-SQL01+A-SQL02.`,
  );
}

function brokenText(broken: readonly Broken[]): string {
  return [
    "The model of what fails is wrong for this lab, so there is no table. Please report this with the stack file:",
    ...broken.map(
      ({ statement, path }) =>
        `  not so: ${statement}${path.length > 0 ? `\n    ${path.join("\n    ")}` : ""}`,
    ),
    "",
  ].join("\n");
}
