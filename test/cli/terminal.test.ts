import { afterEach, describe, expect, it, vi } from "vitest";
import { clip, columns, duration, terminal } from "../../cli/terminal";

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

  it("is as wide as it is, at least 60 columns, and 120 where it is a file", () => {
    expect([
      terminal(stream(true, 100)).width,
      terminal(stream(true, 40)).width,
      terminal(stream(false)).width,
    ]).toEqual([100, 60, 120]);
  });
});

describe("text for a terminal", () => {
  it("stands in columns, cut at the edge", () => {
    const rows = [
      ["a", "long", "x"],
      ["bb", "c", "yyyy"],
    ];
    expect(columns(rows, 80)).toBe("  a   long  x\n  bb  c     yyyy\n");
    expect(columns(rows, 12)).toBe("  a   long …\n  bb  c    …\n");
    expect(clip("abc", 3)).toBe("abc");
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
