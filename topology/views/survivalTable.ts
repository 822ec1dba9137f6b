import { groupBy } from "../parts/groupBy";
import type { SurvivalRow } from "../resilience/row";
import type { Survival } from "../resilience/survival";
import type { WeakPoint } from "../resilience/weakPoints";

/* The survival table as people read it: cells, and Markdown. */

export const survivalHead = [
  "what fails",
  "chat",
  "who sees to it",
  "in",
  "min out",
  "min lost",
  "afterwards",
] as const;

/** Rows that differ in the name of one machine only, as one. */
export interface RowGroup {
  readonly label: string;
  readonly row: SurvivalRow;
  readonly rows: readonly SurvivalRow[];
}

const sideNames: Readonly<Record<string, string>> = {
  primary: "the primary data center",
  secondary: "the secondary data center",
  link: "the link",
};

const named = (what: string) =>
  sideNames[what] ?? what.replace(/^(primary|secondary)\/(zone \d+)$/, "$2 of the $1 data center");

/** What fails, in words. */
export const labelOf = ({ what }: Pick<SurvivalRow, "what">): string =>
  what.join() === "primary,secondary" ? "both data centers" : what.map(named).join(" and ");

const told = ({ what: _, path: __, ...rest }: SurvivalRow) => JSON.stringify(rest);

/** The name of a machine without its number: machines of a kind in a data center. */
const kindOf = ({ what }: SurvivalRow) =>
  what.map((name) => (name.includes(" ") ? name : name.replace(/\d+$/, ""))).join();

/** Rows in their order, those of machines of a kind together where they say the same. */
export function grouped(rows: readonly SurvivalRow[]): readonly RowGroup[] {
  const groups = groupBy(rows, (row) =>
    row.what.length === 1 ? `${kindOf(row)} ${told(row)}` : row.what.join(),
  );
  return [...groups.values()].flatMap((all) => {
    const [row] = all;
    if (row === undefined) return [];
    const label = all.length === 1 ? labelOf(row) : `one of ${all.map(labelOf).join(", ")}`;
    return [{ label, row, rows: all }];
  });
}

/** Minutes of the machines; people take theirs on top. */
export const outageText = ({ chat, outageMinutes }: SurvivalRow): string =>
  chat === "lost" ? "for good" : chat === "by hand" ? `${outageMinutes} + people` : String(outageMinutes);

export const lossText = ({ lossMinutes }: SurvivalRow): string =>
  lossMinutes === null ? "all" : String(lossMinutes);

/** The cells of a row, in the order of the head. */
export function cellsOf({ label, row }: RowGroup): readonly string[] {
  const { chat, by, dataCenter, runbook, unprotected } = row;
  return [
    label,
    chat === "by hand" ? `by hand: ${runbook}` : chat,
    by,
    dataCenter,
    outageText(row),
    lossText(row),
    unprotected.join("; "),
  ];
}

/** What minutes mean, for below a table. */
export const survivalNotes = [
  "Machines and data centers are taken to be lost with their disks, at the worst moment between two runs of the jobs.",
  "Minutes out: 5 for a mirror that takes over by itself and 20 for a Front End pool's failover are Microsoft's targets; the other minutes are estimates of what machines need, and people take theirs on top [inferred].",
  "Minutes lost follow from the order of Microsoft's steps, and from what SQL Server states of mirroring and log shipping [inferred].",
];

export const weakPointText = ({ severity, what, because, key }: WeakPoint): string =>
  `${severity}: ${what}: ${because}${key === "" ? "" : ` (${key})`}`;

const cell = (text: string) => text.replaceAll("|", "\\|");

function markdownTable(rows: readonly SurvivalRow[]): readonly string[] {
  return [
    `| ${survivalHead.join(" | ")} |`,
    `|${survivalHead.map(() => " --- |").join("")}`,
    ...grouped(rows).map((group) => `| ${cellsOf(group).map(cell).join(" | ")} |`),
  ];
}

/** The whole answer as Markdown, without a title. */
export function survivalMarkdown({ rows, pairs, weakPoints }: Survival): string {
  return [
    ...markdownTable(rows),
    "",
    ...(pairs.length === 0
      ? []
      : ["Two at once, where that is worse than each alone:", "", ...markdownTable(pairs), ""]),
    "Weak points, the worst first:",
    "",
    ...weakPoints.map(
      ({ severity, what, because, key }) =>
        `- **${severity}**: ${what}: ${because}${key === "" ? "" : ` (\`${key}\`)`}`,
    ),
    "",
    ...survivalNotes,
  ].join("\n");
}
