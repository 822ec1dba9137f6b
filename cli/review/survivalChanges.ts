import { isDeepStrictEqual } from "node:util";
import { groupBy } from "../../topology/parts/groupBy";
import { severity } from "../../topology/resilience/ending";
import type { SurvivalRow } from "../../topology/resilience/row";
import type { Site } from "../../topology/resilience/site";
import { type Survival, survivalOf } from "../../topology/resilience/survival";
import { grouped, labelOf, lossText, outageText, weakPointText } from "../../topology/views/survivalTable";
import type { ChangedFact } from "./report";

/* What fails differently on the two sides of a change: rows of the survival table that are others now, and weak points that came or went. */

interface ChangedRow {
  readonly before: SurvivalRow;
  readonly after: SurvivalRow;
  readonly wasTold: string;
  readonly isTold: string;
  /** Whether it is about what is missing afterwards, since chat does as before. */
  readonly missing: boolean;
}

const ranks = { "goes on": 0, "by hand": 1, lost: 2 } as const;

/** How bad a row is, part by part; the first part that differs decides. */
const badnessOf = (row: SurvivalRow): readonly number[] => [
  severity(row),
  row.files ? 0 : 1,
  row.compliance === null ? 0 : ranks[row.compliance],
  row.outageMinutes,
  row.unprotected.length,
];

function isWorse(before: SurvivalRow, after: SurvivalRow): boolean {
  const [was, is] = [badnessOf(before), badnessOf(after)];
  const first = was.findIndex((one, index) => one !== is[index]);
  return first >= 0 && (is[first] as number) > (was[first] as number);
}

/** What becomes of chat, in words. */
function answer(row: SurvivalRow): string {
  const { chat, by, runbook, files, compliance } = row;
  const told = {
    "goes on": `chat goes on${row.outageMinutes > 0 ? `, ${by} sees to it, ${row.outageMinutes} min out` : ""}`,
    "by hand": `by hand (${runbook}), ${outageText(row)} min out, ${lossText(row)} min lost`,
    lost: "chat is lost",
  }[chat];
  return [
    told,
    ...(files ? [] : ["no files"]),
    ...(compliance === null || compliance === "goes on" ? [] : [`compliance ${compliance}`]),
  ].join(", ");
}

/** A row that both sides have and that says something else now: its answer or, where that is the same, what is missing besides. */
function changedRow(before: SurvivalRow, after: SurvivalRow): readonly ChangedRow[] {
  const [was, is] = [answer(before), answer(after)];
  if (was !== is) return [{ before, after, wasTold: was, isTold: is, missing: false }];
  const only = (one: SurvivalRow, other: SurvivalRow) =>
    one.unprotected.filter((open) => !other.unprotected.includes(open)).join("; ");
  const [gone, come] = [only(before, after), only(after, before)];
  // What is missing no more is often a thing that the lab does not have any more; what a zone lacks its machines say.
  if (come === "" || before.what.length > 1 || before.what[0]?.includes("/zone ")) return [];
  return [{ before, after, wasTold: gone === "" ? "nothing else" : gone, isTold: come, missing: true }];
}

const keyOf = ({ what }: SurvivalRow) => what.join("+");

/** A pair is worth telling where chat or loss change, and otherwise than one of the two does already. */
function addsToItsParts({ before, after }: ChangedRow, rows: readonly ChangedRow[]): boolean {
  const change = (was: SurvivalRow, is: SurvivalRow) =>
    [was.chat, is.chat, was.lossMinutes, is.lossMinutes, was.compliance, is.compliance].join();
  const isOther = before.chat !== after.chat || before.lossMinutes !== after.lossMinutes;
  return (
    isOther &&
    !rows.some(
      (row) =>
        before.what.includes(row.before.what[0] ?? "") &&
        change(row.before, row.after) === change(before, after),
    )
  );
}

function changedRows(before: Survival, after: Survival): readonly ChangedRow[] {
  const among = (was: readonly SurvivalRow[], is: readonly SurvivalRow[]) =>
    was.flatMap((row) => {
      const other = is.find((one) => keyOf(one) === keyOf(row));
      return other === undefined ? [] : changedRow(row, other);
    });
  const rows = among(before.rows, after.rows);
  const matters = (row: SurvivalRow) =>
    Math.max(...partsOf(before, row), ...partsOf(after, row)) < severity(row);
  const pairs = among(before.pairs, after.pairs)
    .filter((pair) => matters(pair.before) || matters(pair.after))
    .filter((pair) => addsToItsParts(pair, rows));
  return [...rows, ...pairs];
}

/** How bad the parts of a pair are alone. */
const partsOf = ({ rows }: Survival, { what }: SurvivalRow): readonly number[] =>
  rows.filter((row) => what.includes(keyOf(row))).map(severity);

/** Rows that differ in the machine alone, as one. */
function facts(rows: readonly ChangedRow[]): readonly ChangedFact[] {
  const groups = groupBy(rows, ({ wasTold, isTold, missing, before }) =>
    [wasTold, isTold, missing, before.what.length].join("|"),
  );
  return [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const labels = grouped(all.map(({ before }) => before)).map(({ label }) => label);
    const loss = `loss of ${labels.join(", or of ")}`;
    const what = first.missing ? `what is missing after the ${loss}` : loss;
    const short = `loss of ${labelOf(first.before)}${all.length > 1 ? ` or ${all.length - 1} more` : ""}: ${inShort(first)}`;
    return [
      { what, before: first.wasTold, after: first.isTold, short, worse: isWorse(first.before, first.after) },
    ];
  });
}

/** The change of a row in few words. */
function inShort({ before, after, isTold }: ChangedRow): string {
  if (before.chat !== after.chat) return `${before.chat} -> ${after.chat}`;
  if (before.lossMinutes !== after.lossMinutes) return `${lossText(before)} -> ${lossText(after)} min lost`;
  if (before.compliance !== after.compliance) return `compliance ${before.compliance} -> ${after.compliance}`;
  if (before.files !== after.files) return after.files ? "files stay" : "no files";
  if (before.outageMinutes !== after.outageMinutes)
    return `${outageText(before)} -> ${outageText(after)} min out`;
  return `then ${isTold}`;
}

/** What fails differently now, the worst first; nothing where one side makes no lab. */
export function changedSurvival(before: Site | undefined, after: Site | undefined): readonly ChangedFact[] {
  if (before === undefined || after === undefined || isDeepStrictEqual(before, after)) return [];
  const [was, is] = [survivalOf(before, true), survivalOf(after, true)];
  const rows = changedRows(was, is).toSorted(
    (one, other) =>
      Number(isWorse(other.before, other.after)) - Number(isWorse(one.before, one.after)) ||
      one.before.what.length - other.before.what.length ||
      severity(other.after) - severity(one.after),
  );
  const points = (one: Survival, other: Survival) =>
    one.weakPoints.filter(
      ({ what, key }) => key !== "" && !other.weakPoints.some((known) => known.what === what),
    );
  return [
    ...facts(rows),
    ...points(is, was).map((point) => ({
      what: "weak point",
      before: "none",
      after: weakPointText(point),
      short: `new weak point: ${point.what}`,
      worse: point.severity !== "low",
    })),
    ...points(was, is).map((point) => ({
      what: "weak point",
      before: weakPointText(point),
      after: "gone",
      short: `weak point gone: ${point.what}`,
      worse: false,
    })),
  ];
}
