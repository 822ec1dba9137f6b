import { describe, expect, it } from "vitest";
import { firstSteps, usage } from "../../../cli/terminal/usage";
import { factsOf, verbNames } from "../../../cli/terminal/verbFacts";
import { lab } from "../../support/cli";

describe("lab --help", () => {
  it("prints the usage to stdout", async () => {
    expect(await lab("--help")).toEqual({ code: 0, stdout: `${usage}\n`, stderr: "" });
  });

  it("names every verb", () => {
    for (const verb of verbNames) expect(usage).toMatch(new RegExp(`^  ${verb} `, "m"));
  });

  it("fits a narrow terminal of 80 columns", () => {
    expect(Math.max(...usage.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("exits with 2 and one line of advice for a wrong command line", async () => {
    expect(await lab("plan")).toEqual({
      code: 2,
      stdout: "",
      stderr: `There is no verb "plan". Verbs: ${verbNames.join(", ")}.\n${firstSteps}\nSee npm run lab -- --help\n`,
    });
  });

  it("is what twin -h prints as well", async () => {
    expect((await lab("twin", "-h")).stdout).toBe(`${usage}\n`);
  });

  it("explains every option that some verb understands, and names those that write data", () => {
    for (const option of new Set(verbNames.flatMap((verb) => factsOf(verb).options)))
      expect(usage).toMatch(new RegExp(`^  --${option}\\b`, "m"));
    const data = verbNames.filter((verb) => factsOf(verb).options.includes("json"));
    expect(usage.replace(/\s+/g, " ")).toContain(`data for programs (${data.join(", ")})`);
  });
});
