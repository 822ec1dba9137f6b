import { styleText } from "node:util";
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

type Style = Parameters<typeof styleText>[0];

/** Where text goes, how wide it is, and whether it can show colours. */
export interface Terminal {
  /** Columns for what is drawn. */
  readonly width: number;
  /** Columns after which text is wrapped or cut; a file has no edge. */
  readonly edge: number;
  /** Whether it can show progress, by writing a line over. */
  readonly live: boolean;
  /** Text as it is: data, and what is drawn. */
  write(text: string): void;
  /** Prose, wrapped at the edge; lines go on where they began. */
  say(text: string): void;
  paint(style: Style, text: string): string;
}

const widthOfAFile = 120;
const narrowest = 60;
/** Of a terminal that does not know how wide it is. */
const usualWidth = 80;

export function terminal(stream: NodeJS.WriteStream): Terminal {
  const isTerminal = stream.isTTY === true;
  const live = isTerminal && process.env.TERM !== "dumb";
  const colours = live && !process.env.NO_COLOR;
  const width = isTerminal ? Math.max(narrowest, stream.columns || usualWidth) : widthOfAFile;
  const edge = isTerminal ? width : Number.POSITIVE_INFINITY;
  return {
    width,
    edge,
    live,
    write: (text) => void stream.write(text),
    say: (text) => void stream.write(wrapped(text, edge)),
    paint: (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text),
  };
}

/** For data. */
export const out = terminal(process.stdout);

/** For talk. */
export const err = terminal(process.stderr);

/** Text with lines that fit; a longer one wraps, and goes on where it began. */
export function wrapped(text: string, edge: number): string {
  if (edge === Number.POSITIVE_INFINITY) return text;
  return text
    .split("\n")
    .map((line) => {
      const indent = /^ */.exec(line)?.[0] ?? "";
      return hanging(indent, line.slice(indent.length), edge);
    })
    .join("\n");
}

function hanging(head: string, text: string, edge: number): string {
  const room = Math.max(1, edge - stringWidth(head));
  return head + wrapAnsi(text, room, { hard: true }).replaceAll("\n", `\n${" ".repeat(stringWidth(head))}`);
}

/** The last line of what a program said; empty where it said nothing. */
export const lastLine = (text: string): string => text.trim().split("\n").at(-1)?.trim() ?? "";

/** Fewest columns in which a last cell is wrapped by itself. */
const leastRoom = 20;

/** Rows of text in columns that are as wide as their widest cell. At the edge the last cell wraps under itself, and nothing is cut. */
export function columns(rows: readonly (readonly string[])[], edge: number, indent = "  "): string {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, stringWidth(cell))),
    [],
  );
  const padded = (cell: string, index: number) =>
    cell + " ".repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell)));
  return rows
    .map((row) => {
      const line = (indent + row.map(padded).join("  ")).trimEnd();
      if (stringWidth(line) <= edge) return `${line}\n`;
      const head =
        indent +
        row
          .slice(0, -1)
          .map((cell, index) => `${padded(cell, index)}  `)
          .join("");
      const last = row.at(-1) ?? "";
      return stringWidth(head) + leastRoom <= edge
        ? `${hanging(head, last, edge)}\n`
        : `${hanging(indent, line.slice(indent.length), edge)}\n`;
    })
    .join("");
}

/** A line that fits, with an ellipsis where something was cut. Colours are for afterwards: they would count as text. */
export function clip(line: string, edge: number): string {
  if (stringWidth(line) <= edge) return line;
  let kept = "";
  for (const character of line) {
    if (stringWidth(kept + character) > edge - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Minutes as people say them, such as `1 h 07 min`. */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole} min`;
  return `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, "0")} min`;
}
