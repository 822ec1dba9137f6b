import { describe, expect, it } from "vitest";
import { shapes } from "../../../cli/terminal/shapes";
import { listText } from "../../../cli/verbs/runbook";
import { runbooksOf } from "../../../topology/runbooks/runbooks";
import { goodStack, lab, stackFile } from "../../support/cli";
import { planOf } from "../../support/config";

const minimal = ["--stack", "minimal"] as const;
const firstLine = (text: string) => text.split("\n")[0];

describe("lab runbook", () => {
  it("lists the runbooks of a stack with when they apply and what they cost", async () => {
    const { code, stdout } = await lab("runbook", ...minimal);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}start-session-primary +nobody serves mgc/);
    expect(stdout).toContain(
      "it loses up to 15 minutes of messages; takes the machines about 15 minutes, and you yours; somebody decides",
    );
    expect(stdout).toContain("runbook NAME prints one");
  });

  it("prints one with a box, a command and the expected answer for each step", async () => {
    const { stdout } = await lab("runbook", "force-service-primary", ...minimal);
    expect(stdout).toContain(
      [
        "- [ ] **1. force service on A-SQL02** (T-SQL in master on A-SQL02, as LAB\\labadmin)",
        "",
        "  ```sql",
        "  ALTER DATABASE [mgc] SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS;",
        "  ```",
        "",
        "  Expect, within 2 min: Commands completed successfully.",
        "  If not: Error 1455 or 1449: a witness is set, or the principal is still seen. Do not go on here.",
        "  Once only: a second time it does something else.",
      ].join("\n"),
    );
    expect(stdout).toContain("- [ ] Who answers for what is lost, and when they said go on: ____");
  });

  it("answers what now after a loss, in whatever case machines are typed", async () => {
    const { code, stdout } = await lab("runbook", "--lost", "a-sql01, A-SQL02", ...minimal);
    expect(code).toBe(0);
    expect(stdout).toContain("# What now: A-SQL01, A-SQL02\n");
    expect(stdout).toContain(
      "- **mgc**: `loss-of-primary-data-center`, then `fail-back`. Then the lab is as it was.",
    );
    const primary = await lab("runbook", "--lost-data-center", "primary", ...minimal);
    expect(primary.stdout).toContain("Then mgc is served, and the rest waits for what is lost to come back.");
    const link = await lab("runbook", "--link", "down", ...minimal);
    expect(link.stdout).toContain("# What now: the link\n");
  });

  it("says so where nothing helps", async () => {
    const { stdout } = await lab("runbook", "--lost", "B-SQL01", "--lost-data-center", "primary", ...minimal);
    expect(stdout).toContain("mgc is not served after that, and nothing here brings it back");
  });

  it("gives data with --json, as its shape says", async () => {
    for (const args of [[], ["roles-back"], ["--lost", "A-SQL01"]]) {
      const { stdout } = await lab("runbook", ...args, "--json", ...minimal);
      expect(shapes.runbook.safeParse(JSON.parse(stdout)).error).toBeUndefined();
    }
  });

  it("writes a page without a script", async () => {
    const { stdout } = await lab("runbook", "--format", "html", ...minimal);
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).toContain("<h1>Runbooks of minimal</h1>");
    expect(stdout).not.toMatch(/<script|https?:\/\/(?!learn)/);
    expect(stdout.includes("<pre>ALTER DATABASE [mgc] SET PARTNER RESUME;</pre>")).toBe(true);
  });

  it.each([
    [["role-back"], 'There is no runbook "role-back". Did you mean roles-back?'],
    [["--lost", "A-SQL9"], 'There is no machine "A-SQL9". Did you mean A-SQL01?'],
    [["--lost-data-center", "third"], '--lost-data-center takes primary or secondary, not "third".'],
    [["--link", "up"], '--link takes down, not "up".'],
    [["roles-back", "--lost", "A-SQL01"], "A name and a loss are two questions: leave one of them out."],
    [["roles-back", "more"], '"more" is too much. A stack is named so: npm run lab -- runbook --stack more.'],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await lab("runbook", ...args);
    expect([code, firstLine(stderr)]).toEqual([2, message]);
  });

  it("tells the problems of a stack that makes no lab", async () => {
    const wrong = stackFile(`${goodStack}  persistent-chat-lab:pool: { servers: 9 }\n`);
    const { code, stdout } = await lab("runbook", "--config-file", wrong);
    expect([code, stdout]).toEqual([1, ""]);
  });

  it("keeps its list within a narrow terminal", () => {
    const text = listText(runbooksOf(planOf()), 80);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
