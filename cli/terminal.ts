import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Where text goes, how wide it is, and whether it can show colours. */
export interface Terminal {
  readonly width: number;
  readonly live: boolean;
  write(text: string): void;
  paint(style: Style, text: string): string;
}

const widthOfAFile = 120;
const narrowest = 60;

export function terminal(stream: NodeJS.WriteStream): Terminal {
  const live = stream.isTTY === true;
  const colours = live && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  return {
    width: Math.max(narrowest, live ? stream.columns : widthOfAFile),
    live,
    write: (text) => void stream.write(text),
    paint: (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text),
  };
}

/** For data. */
export const out = terminal(process.stdout);

/** For talk. */
export const err = terminal(process.stderr);

/** Rows of text in columns that are as wide as their widest cell; what passes the terminal's edge is cut. */
export function columns(rows: readonly (readonly string[])[], width: number, indent = "  "): string {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)),
    [],
  );
  return rows
    .map(
      (row) =>
        indent +
        row
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join("  ")
          .trimEnd(),
    )
    .map((line) => `${clip(line, width)}\n`)
    .join("");
}

/** A line that fits, with an ellipsis where something was cut. */
export function clip(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

/** Minutes as people say them, such as `1 h 07 min`. */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole} min`;
  return `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, "0")} min`;
}
