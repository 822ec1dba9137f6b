import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shapes } from "../../../cli/terminal/shapes";
import { survivalText } from "../../../cli/verbs/survival";
import { survivalOf } from "../../../topology/resilience/survival";
import { goodStack, lab, stackFile } from "../../support/cli";
import { siteOfStack } from "../../support/resilience";

describe("lab survival", () => {
  it("prints a table, the pairs that matter, the weak points and over how many states it was proved", async () => {
    const { code, stdout } = await lab("survival", "--stack", "minimal");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\n {2}A-SQL01 +by hand: force-service-primary +people +primary +1 \+ people +0 +mgc has no mirror/,
    );
    expect(stdout).toMatch(
      /\n {2}A-SQL01 and A-SQL02 +by hand: loss-of-primary-data-center +people +secondary/,
    );
    expect(stdout).toContain("high: no witness in the primary data center: ");
    expect(stdout).toContain("Proved over 594 states after one failure and whatever is done about them");
  });

  it("gives data with --json, as its shape says", async () => {
    const { stdout } = await lab("survival", "--stack", "minimal", "--json");
    const shown = JSON.parse(stdout);
    expect(shapes.survival.safeParse(shown).error).toBeUndefined();
    expect(shown).toMatchObject({ stack: "minimal", states: 594 });
    expect(shown.rows[1].what).toEqual(["A-SQL01"]);
  });

  it("goes through every pair with --failures 2, and no further", async () => {
    const { stdout } = await lab("survival", "--stack", "minimal", "--failures", "2", "--json");
    const { rows, states } = JSON.parse(stdout);
    expect(states).toBe(11100);
    // Eight machines, two data centers and the link, alone and two of them at once; four zones and two shares alone.
    expect(rows.length).toBe(11 + (11 * 10) / 2 + 6);
    const more = await lab("survival", "--failures", "3");
    expect([more.code, more.stderr.split("\n")[0]]).toEqual([
      2,
      '--failures takes a whole number from 1 to 2, not "3".',
    ]);
  });

  it("explains a row, in whatever order and case its parts are typed", async () => {
    const { code, stdout } = await lab("survival", "--stack", "minimal", "--explain", "a-sql02 + A-SQL01");
    expect(code).toBe(0);
    expect(stdout).toContain(
      [
        "the way there:",
        "  1. A-SQL01 is lost with its disks",
        "  2. A-SQL02 is lost with its disks",
        "  3. restore what was shipped of mgc, and recover it on B-SQL01",
        "  4. tell the pool to use the databases in the secondary data center",
        "  5. make 1 more Persistent Chat server active",
        "",
      ]
        .slice(0, 5)
        .join("\n"),
    );
  });

  it("names the nearest thing where nothing is called so", async () => {
    const { code, stderr } = await lab("survival", "--explain", "A-SQL01+A-SQL9");
    expect(code).toBe(2);
    expect(stderr).toContain('Nothing called "A-SQL9" can fail here. Did you mean A-SQL01?');
  });

  it("writes Markdown and a picture, to a file where one is named", async () => {
    expect((await lab("survival", "--format", "markdown")).stdout).toMatch(/^\| what fails \| chat \|/);
    const { stdout } = await lab("survival", "--format", "svg");
    expect(stdout).toMatch(/^<svg role="img"[^>]*>\n<title>What figure-1 survives<\/title>/);
    const wrong = await lab("survival", "--out", "table.txt");
    expect([wrong.code, wrong.stderr.split("\n")[0]]).toEqual([
      2,
      "--out of survival needs --format svg or --format markdown.",
    ]);
  });

  it("tells the problems of a stack that makes no lab, and no table", async () => {
    const wrong = stackFile(`${goodStack}  persistent-chat-lab:pool: { servers: 9 }\n`);
    const { code, stdout, stderr } = await lab("survival", "--config-file", wrong);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("pool.servers");
  });

  it("keeps its lines within a narrow terminal", () => {
    const text = survivalText(survivalOf(siteOfStack("figure-1")), 80, "some states");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("is explained where the README says", () => {
    const docs = readFileSync(join(__dirname, "..", "..", "..", "docs", "survival.md"), "utf8");
    for (const option of ["--failures 2", "--explain", "--format svg", "--json"])
      expect(docs).toContain(option);
  });
});
