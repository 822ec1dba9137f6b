import type { SurvivalRow } from "../../topology/resilience/row";
import type { Survival } from "../../topology/resilience/survival";
import { escaped } from "../../topology/views/diagramText";
import { grouped, lossText, outageText, type RowGroup } from "../../topology/views/survivalTable";

/* The survival table as a grid: things that fail by rows, what it means by columns. Each cell has a colour and a letter, so that it reads in grey. */

const font = 'font-family="Helvetica, Arial, sans-serif"';
const [labelWidth, cellWidth, rowHeight, top, margin] = [330, 104, 22, 92, 20];

const looks = {
  "goes on": { fill: "#d7ecd9", letter: "G" },
  "by hand": { fill: "#ffe3a3", letter: "H" },
  lost: { fill: "#e9978f", letter: "L" },
  none: { fill: "#eef0f3", letter: "-" },
} as const;
type Look = keyof typeof looks;

interface Cell {
  readonly look: Look;
  /** Instead of the letter, where a number says more. */
  readonly text: string;
}

const columns: readonly { readonly head: string; readonly of: (row: SurvivalRow) => Cell }[] = [
  { head: "chat", of: ({ chat }) => ({ look: chat, text: "" }) },
  { head: "files", of: ({ files }) => ({ look: files ? "goes on" : "lost", text: "" }) },
  { head: "compliance", of: ({ compliance }) => ({ look: compliance ?? "none", text: "" }) },
  {
    head: "minutes out",
    of: (row) => ({ look: row.chat, text: outageText(row) }),
  },
  {
    head: "minutes lost",
    of: (row) => ({
      look: row.lossMinutes === 0 ? "goes on" : row.lossMinutes === null ? "lost" : "by hand",
      text: lossText(row),
    }),
  },
  {
    head: "left open",
    of: ({ unprotected }) => ({ look: "none", text: String(unprotected.length) }),
  },
];

/** Text that fits the room for labels. */
const fitting = (text: string) => (text.length <= 52 ? text : `${text.slice(0, 51)}…`);

/** The picture, on a ground of its own so that it can be read in light and dark. */
export function survivalSvg({ rows, pairs }: Survival, title: string): string {
  const groups: readonly RowGroup[] = [...grouped(rows), ...grouped(pairs)];
  const firstPair = grouped(rows).length;
  const width = margin * 2 + labelWidth + columns.length * cellWidth;
  const height = top + groups.length * rowHeight + 34 + margin;
  const y = (row: number) => top + row * rowHeight + (row >= firstPair ? 14 : 0);
  const text = (x: number, at: number, size: number, said: string, more = "") =>
    `<text x="${x}" y="${at}" font-size="${size}" fill="#1f2933" ${font}${more}>${escaped(said)}</text>`;
  const x = (column: number) => margin + labelWidth + column * cellWidth;
  const middle = ' text-anchor="middle"';
  return [
    `<svg role="img" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(margin, 30, 14, title, ' font-weight="bold"'),
    text(
      margin,
      52,
      11,
      "G goes on by itself, H by hand, L lost; left open: how much is missing until it is mended; below: two at once, where that is worse than each alone",
    ),
    ...columns.map(({ head }, column) => text(x(column) + cellWidth / 2, top - 8, 11, head, middle)),
    ...groups.flatMap(({ label, row }, index) => [
      text(margin, y(index) + 15, 11, fitting(label)),
      ...columns.flatMap(({ of }, column) => {
        const { look, text: said } = of(row);
        const { fill, letter } = looks[look];
        return [
          `<rect x="${x(column) + 2}" y="${y(index) + 2}" width="${cellWidth - 4}" height="${rowHeight - 4}" fill="${fill}"/>`,
          text(x(column) + cellWidth / 2, y(index) + 15, 11, said === "" ? letter : said, middle),
        ];
      }),
    ]),
    "</svg>",
    "",
  ].join("\n");
}
