import { afterEach, describe, expect, it, vi } from "vitest";
import { clip, columns, duration, terminal } from "../../../cli/terminal/terminal";

const stream = (isTTY: boolean, columns = 40) =>
  ({ isTTY, columns, write: () => true }) as unknown as NodeJS.WriteStream;

describe("a terminal", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("shows colours to a person", () => {
    vi.stubEnv("NO_COLOR", "");
    vi.stubEnv("TERM", "xterm");
    expect(terminal(stream(true)).paint("bold", "x")).toBe("\u001b[1mx\u001b[22m");
  });

  it.each([
    ["NO_COLOR is set", true, "1", "xterm"],
    ["the terminal is dumb", true, "", "dumb"],
    ["the output goes into a file", false, "", "xterm"],
  ])("shows none where %s", (_, isTTY, noColor, term) => {
    vi.stubEnv("NO_COLOR", noColor);
    vi.stubEnv("TERM", term);
    expect(terminal(stream(isTTY)).paint("bold", "x")).toBe("x");
  });

  it.each([
    ["is as wide as it is", true, 100, 100, 100],
    ["is at least 60 columns wide", true, 40, 60, 60],
    ["is 80 columns wide where it does not know", true, 0, 80, 80],
    ["is 120 columns wide where it is a file, and has no edge", false, 0, 120, Number.POSITIVE_INFINITY],
  ])("%s", (_title, isTTY, columns, width, edge) => {
    expect(terminal(stream(isTTY, columns))).toMatchObject({ width, edge });
  });

  it("writes no line over where it is dumb", () => {
    vi.stubEnv("TERM", "dumb");
    expect(terminal(stream(true)).live).toBe(false);
  });

  it("wraps what it is to say, and not what it is to write", () => {
    const written: string[] = [];
    const { say, write } = terminal({
      isTTY: true,
      columns: 60,
      write: (text: string) => written.push(text),
    } as unknown as NodeJS.WriteStream);
    const text = `  ${"word ".repeat(15)}end\n`;
    say(text);
    write(text);
    expect(written).toEqual([`  ${"word ".repeat(11).trimEnd()}\n  ${"word ".repeat(4)}end\n`, text]);
  });
});

describe("text for a terminal", () => {
  it("stands in columns, of which the last goes on below itself at the edge", () => {
    const rows = [
      ["a", "long", "x"],
      ["bb", "c", "yyyy"],
    ];
    expect(columns(rows, 80)).toBe("  a   long  x\n  bb  c     yyyy\n");
    expect(columns([["ab", "one two three four five six seven"]], 26)).toBe(
      "  ab  one two three four\n      five six seven\n",
    );
    expect(columns([["much-too-long-a-name", "one two"]], 24)).toBe("  much-too-long-a-name\n  one two\n");
    expect(columns([["a", "one two"]], Number.POSITIVE_INFINITY)).toBe("  a  one two\n");
  });

  it("is cut by what one sees of it", () => {
    expect(clip("abc", 3)).toBe("abc");
    expect(clip("abcd", 3)).toBe("ab…");
    expect(clip("数据库数据库", 5)).toBe("数据…");
  });

  it("says minutes as people do", () => {
    expect([duration(0.4), duration(59.4), duration(60), duration(651)]).toEqual([
      "0 min",
      "59 min",
      "1 h 00 min",
      "10 h 51 min",
    ]);
  });
});
