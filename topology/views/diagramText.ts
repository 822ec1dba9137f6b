import type { Arrow, Box, Cell, Diagram } from "./diagram";

/* The picture of a plan in two languages: Mermaid for Markdown, DOT for Graphviz. */

/** Fill and border of machines by what they do now; dark enough on a light card for both themes. */
const colours: Readonly<Record<Cell["state"], { readonly fill: string; readonly line: string }>> = {
  working: { fill: "#cfe8d5", line: "#2f7d4a" },
  ready: { fill: "#fdf0cf", line: "#9a7414" },
  helper: { fill: "#e6e9ef", line: "#66707f" },
};

const text = "#1f2933";
const paper = "#ffffff";

const idOf = (id: string) => id.replaceAll("-", "_");

/** As Mermaid, which GitHub draws. */
export function mermaid({ title, subtitle, sides, arrows }: Diagram): string {
  const quoted = (label: string) => `"${label.replaceAll('"', "#quot;")}"`;
  const boxLines = ({ id, title: heading, cells, notes }: Box) => [
    `    subgraph ${idOf(id)}[${quoted([heading, ...notes].join("<br>"))}]`,
    "      direction LR",
    ...cells.map(
      ({ machine, is, state }) => `      ${idOf(machine)}[${quoted(`${machine}<br>${is}`)}]:::${state}`,
    ),
    "    end",
  ];
  const arrowLine = ({ from, to, label, both, copies }: Arrow) =>
    `  ${idOf(from)} ${both ? "<-->" : copies ? "-.->" : "-->"}|${quoted(label)}| ${idOf(to)}`;
  return [
    "---",
    `title: ${JSON.stringify(`${title}; ${subtitle}`)}`,
    "---",
    "flowchart LR",
    ...sides.flatMap((side) => [
      `  subgraph ${side.id}[${quoted(side.title)}]`,
      "    direction TB",
      ...side.boxes.flatMap(boxLines),
      "  end",
    ]),
    ...arrows.map(arrowLine),
    ...Object.entries(colours).map(
      ([state, { fill, line }]) => `  classDef ${state} fill:${fill},stroke:${line},color:${text}`,
    ),
    "",
  ].join("\n");
}

/** Machines of a box that stand side by side. */
const mostInARow = 4;

function inRows(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  return cells.length === 0 ? [] : [cells.slice(0, mostInARow), ...inRows(cells.slice(mostInARow))];
}

function cellOf({ machine, is, state }: Cell): string {
  const { fill, line } = colours[state];
  return `<td border="1" bgcolor="${fill}" color="${line}" cellpadding="5">${escaped(machine)}<br/><font point-size="10">${broken(is)}</font></td>`;
}

/** Points that a box needs at least; all are as wide as the widest, so that labels between them lie between the data centers. */
function leastWidth({ title, cells, notes }: Box): number {
  return Math.max(
    Math.min(cells.length, mostInARow) * 76,
    title.length * 7,
    ...notes.map((note) => note.length * 5.8),
  );
}

/** Text inside of markup: SVG, and the HTML of DOT. */
export const escaped = (label: string) =>
  label.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Rows of the picture from the top, where both sides have them. */
const rows = ["front-ends", "chat", "mgc", "mgccomp", "site"];

/** As DOT, with a row of boxes across both data centers at the same height. */
export function dot({ title, subtitle, sides, arrows }: Diagram): string {
  const boxes = sides.flatMap((side) => side.boxes);
  const width = Math.max(...boxes.map(leastWidth));
  const label = ({ title: heading, cells, notes }: Box) => {
    const span = Math.min(cells.length, mostInARow);
    return [
      `<table border="0" cellborder="0" cellspacing="4" cellpadding="3">`,
      `<tr><td colspan="${span}"><b>${escaped(heading)}</b></td></tr>`,
      ...inRows(cells).map((row) => `<tr>${row.map(cellOf).join("")}</tr>`),
      ...notes.map(
        (note) =>
          `<tr><td colspan="${span}" cellpadding="1"><font point-size="10">${escaped(note)}</font></td></tr>`,
      ),
      "</table>",
    ].join("");
  };
  const chain = (ids: readonly string[]) =>
    ids
      .slice(1)
      .map((id, index) => `    ${idOf(ids[index] ?? "")} -> ${idOf(id)} [style=invis, weight=100];`);
  const across = rows.flatMap((row) => {
    const ids = sides.flatMap(({ boxes }) =>
      boxes.filter((box) => box.row === row).map(({ id }) => idOf(id)),
    );
    return ids.length === 2 ? [`  { rank=same; ${ids.join("; ")}; }`] : [];
  });
  return [
    "digraph lab {",
    `  graph [fontname="Helvetica", fontsize=13, fontcolor="${text}", bgcolor="${paper}", label=<<b>${escaped(title)}</b><br/>${escaped(subtitle)}<br/><font point-size="10">green works, yellow stands ready, grey votes or helps</font><br/> >, labelloc=t, pad=0.3, nodesep=0.35, ranksep=0.35, newrank=true, splines=true];`,
    `  node [shape=box, style="rounded,filled", fillcolor="${paper}", color="#9aa5b1", fontname="Helvetica", fontsize=11, fontcolor="${text}", margin=0.02];`,
    `  edge [fontname="Helvetica", fontsize=10, fontcolor="${text}", color="#3e4c59", arrowsize=0.8];`,
    ...sides.flatMap((side) => [
      `  subgraph cluster_${side.id} {`,
      `    label=<<b>${escaped(side.title)}</b>>; style="rounded,filled"; fillcolor="#f5f7fa"; color="#9aa5b1"; margin=14;`,
      ...side.boxes.map(
        (box) => `    ${idOf(box.id)} [width=${(width / 72).toFixed(2)}, label=<${label(box)}>];`,
      ),
      ...chain(side.boxes.map(({ id }) => id)),
      "  }",
    ]),
    ...across,
    ...arrows.map(
      ({ from, to, label: said, both, copies }) =>
        `  ${idOf(from)} -> ${idOf(to)} [label=<<table border="0" cellborder="0" cellpadding="6"><tr><td>${broken(said)}</td></tr></table>>, ${both ? "dir=both, " : ""}${copies ? "style=dashed, " : ""}${from.split("-")[0] === to.split("-")[0] ? "weight=0" : "minlen=1"}];`,
    ),
    "}",
    "",
  ].join("\n");
}

/** Words of a label on lines of their own, so that columns stay narrow. */
function broken(label: string): string {
  const lines: string[] = [];
  for (const word of label.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 16) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map(escaped).join("<br/>");
}
