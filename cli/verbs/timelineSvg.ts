import { tokens } from "../../simulator/arm/resourceTypes";
import type { Rehearsal } from "../../simulator/time/rehearsal";
import type { Plan } from "../../topology/model";
import { escaped } from "../../topology/views/diagramText";

/* The timeline of a rehearsal as SVG: a bar for each machine, light while Azure builds it and dark while scripts run in it. */

const labelWidth = 240;
const chartWidth = 740;
const rowHeight = 20;
const top = 70;
const font = 'font-family="Helvetica, Arial, sans-serif"';

const colours = { text: "#1f2933", paper: "#ffffff", grid: "#d5dae1", azure: "#b9c4d3", guest: "#2f7d4a" };

/** Minutes between two lines of the grid. */
function gridOf(makespan: number): number {
  return [5, 10, 15, 30, 60, 120].find((step) => makespan / step <= 12) ?? 240;
}

/** The timeline as a picture, on a ground of its own so that it can be read in light and dark. */
export function timelineSvg(
  { timeline, resources, makespanMinutes }: Rehearsal,
  plan: Plan,
  outcome: string,
): string {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const x = (minute: number) => labelWidth + (minute / Math.max(1, makespanMinutes)) * chartWidth;
  const bar = (row: number, start: number, end: number, fill: string) =>
    `<rect x="${x(start).toFixed(1)}" y="${top + row * rowHeight + 4}" width="${Math.max(1, x(end) - x(start)).toFixed(1)}" height="${rowHeight - 8}" fill="${fill}"/>`;
  const barsOf = (machine: string, row: number, type: string, fill: string) =>
    timeline.flatMap(({ urn, start, end }) => {
      const resource = byUrn.get(urn);
      return resource?.type === type && resource.inputs.vmName === machine
        ? [bar(row, start, end, fill)]
        : [];
    });
  const text = (at: number, y: number, size: number, said: string, more = "") =>
    `<text x="${at.toFixed(1)}" y="${y}" font-size="${size}" fill="${colours.text}" ${font}${more}>${escaped(said)}</text>`;
  const height = top + plan.machines.length * rowHeight + 20;
  const width = labelWidth + chartWidth + 40;
  const step = gridOf(makespanMinutes);
  const marks = Array.from({ length: Math.floor(makespanMinutes / step) + 1 }, (_, index) => index * step);
  const title = `${plan.pool.fqdn}: ${outcome}`;
  return [
    `<svg role="img" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    text(20, 28, 13, title, ' font-weight="bold"'),
    `<rect x="20" y="38" width="12" height="10" fill="${colours.azure}"/>`,
    text(38, 47, 11, "Azure builds the machine"),
    `<rect x="190" y="38" width="12" height="10" fill="${colours.guest}"/>`,
    text(208, 47, 11, "scripts run in it"),
    ...marks.flatMap((minute) => [
      `<line x1="${x(minute).toFixed(1)}" x2="${x(minute).toFixed(1)}" y1="${top}" y2="${height - 20}" stroke="${colours.grid}"/>`,
      text(x(minute), top - 6, 10, `${minute} min`, ' text-anchor="middle"'),
    ]),
    ...plan.machines.flatMap(({ name, roles }, row) => [
      text(20, top + row * rowHeight + 14, 11, `${name}  ${roles[0] ?? ""}`),
      ...barsOf(name, row, tokens.machine, colours.azure),
      ...barsOf(name, row, tokens.runCommand, colours.guest),
    ]),
    "</svg>",
    "",
  ].join("\n");
}
