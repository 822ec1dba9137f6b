import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readArguments } from "../../../cli/terminal/arguments";

describe("readArguments()", () => {
  it("reads a verb with its options", () => {
    expect(
      readArguments(["rehearse", "--stack", "full", "--json", "--seed", "7", "--parallel", "16"]),
    ).toEqual({
      verb: "rehearse",
      state: undefined,
      twin: false,
      all: false,
      azure: false,
      stack: "full",
      configFile: undefined,
      json: true,
      seed: 7,
      parallel: 16,
      cores: undefined,
      base: undefined,
      format: undefined,
      limit: undefined,
      full: undefined,
      failOn: undefined,
      linkDown: false,
      refresh: false,
      env: false,
    });
  });

  it("reads limits of vCPUs, for a region as a whole and for families", () => {
    expect(readArguments(["rehearse", "--cores", "20", "--cores", "standardDSv5Family=10"])).toMatchObject({
      cores: { "Total Regional": 20, standardDSv5Family: 10 },
    });
  });

  it.each([["--help"], ["-h"], ["help"], ["check", "--help"]])("offers help for %s", (...argv) => {
    expect(readArguments(argv)).toBe("help");
  });

  it.each([
    [
      [],
      "Say what to do: check, show, diagram, preview, rehearse, survival, runbook, worksheet, price, recover, status, start, stop, serve, schema, twin.\nTo begin with:\n",
    ],
    [["chek"], 'There is no verb "chek". Did you mean check?'],
    [["destroy"], 'There is no verb "destroy". Verbs: check, show,'],
    [
      ["check", "minimal"],
      '"minimal" is too much. A stack is named so: npm run lab -- check --stack minimal.',
    ],
    [
      ["check", "--", "--stack", "minimal"],
      "Options stand behind the verb, without a -- between: npm run lab -- check --stack minimal.",
    ],
    [["check", "--stack", "minimal", "--stack", "full"], "--stack stands there twice: say it once."],
    [["check", "--seed", "1"], "--seed means nothing to check."],
    [["schema", "--json"], "--json means nothing to schema."],
    [["rehearse", "--seed", "one"], '--seed takes a whole number from 0, not "one".'],
    [["rehearse", "--parallel", "0"], '--parallel takes a whole number from 1, not "0".'],
    [["rehearse", "--cores", "many"], '--cores takes a whole number, or <family>=<number>, not "many".'],
    [["preview", "--format", "markdown"], "--format means nothing without --base."],
    [["preview", "--base", "HEAD", "--format", "html"], '--format takes text, markdown, json, not "html".'],
    [["preview", "--base", "HEAD", "--config-file", "x"], "--base compares stacks of this checkout"],
    [["check", "--stak", "full"], "Unknown option '--stak'. Did you mean --stack?"],
    [["rehearse", "--seed", "-1"], "Option '--seed' argument is ambiguous."],
    [["diagram", "--format", "text"], '--format takes mermaid, svg, not "text".'],
    [["serve", "--clock", "slow"], '--clock takes fast or real, not "slow".'],
    [["serve", "--port", "0"], '--port takes a whole number from 1 to 65535, not "0".'],
    [["serve", "--env", "--port", "4"], "--port is for who serves; --env asks who serves already."],
    [["check", "--twin"], "--twin of check needs --azure."],
    [["check", "--faults", "f"], "--faults of check needs --azure."],
    [["check", "--azure", "--faults", "f"], "--faults of check needs --twin"],
    [["check", "--stack"], "Option '--stack <value>' argument missing"],
  ])("refuses %j", (argv, message) => {
    expect(() => readArguments(argv)).toThrow(message);
  });

  it("says to somebody whose option npm kept where to put --", () => {
    vi.stubEnv("npm_config_stack", "true");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(() => readArguments(["check", "minimal"])).toThrow(
      "npm took --stack for itself: put -- behind lab.",
    );
  });
});
