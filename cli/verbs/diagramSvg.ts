import { instance } from "@viz-js/viz";
import { escaped } from "../../topology/views/diagramText";

/**
 * Graphviz measures text in Helvetica and reads left to right; whoever looks has another font. So letters are drawn a little smaller than
 * they were measured, and in the middle of where they were to be.
 */
const drawnOfMeasured = 0.86;

interface Drawn {
  readonly op: string;
  readonly pt?: readonly [number, number];
  readonly width?: number;
  readonly text?: string;
}

/** A graph in DOT as SVG, readable with any font; the title is for who cannot see it. */
export async function svgOf(graph: string, title: string): Promise<string> {
  const viz = await instance();
  const widths = new Map<string, number>();
  collect(viz.renderJSON(graph), widths);
  return viz
    .renderString(graph, { format: "svg" })
    .replace(/<\?xml[\s\S]*?(?=<svg)/, "")
    .replace(/<!--[\s\S]*?-->\n/g, "")
    .replace(/<svg ([^>]*)>/, `<svg role="img" $1>\n<title>${escaped(title)}</title>`)
    .replace(
      /text-anchor="start" x="([-\d.]+)"([^>]*)>([^<]*)</g,
      (whole, x: string, rest: string, said: string) => {
        const width = widths.get(keyOf(Number(x), unescaped(said)));
        if (width === undefined) return whole;
        return `text-anchor="middle" x="${(Number(x) + width / 2).toFixed(2)}"${rest}>${said}<`;
      },
    )
    .replace(/font-family="[^"]*"/g, 'font-family="Helvetica, Arial, sans-serif"')
    .replace(
      /font-size="([\d.]+)"/g,
      (_, size: string) => `font-size="${(Number(size) * drawnOfMeasured).toFixed(2)}"`,
    );
}

const keyOf = (x: number, text: string) => `${x.toFixed(1)} ${text}`;

/** Widths of all texts, by where they begin and what they say. */
function collect(value: unknown, widths: Map<string, number>): void {
  if (typeof value !== "object" || value === null) return;
  const { op, pt, width, text } = value as Drawn;
  if (op === "T" && pt !== undefined && width !== undefined && text !== undefined)
    widths.set(keyOf(pt[0], text), width);
  for (const child of Object.values(value)) collect(child, widths);
}

function unescaped(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&#45;", "-")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
