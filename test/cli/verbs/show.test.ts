import { describe, expect, it } from "vitest";
import { goodStack, lab, stackFile } from "../../support/cli";

describe("lab show", () => {
  it("prints the plan as data with --json", async () => {
    const plan = JSON.parse((await lab("show", "--stack", "figure-1", "--json")).stdout);
    expect(plan.pool.active).toEqual(["A-CHAT01", "A-CHAT02", "B-CHAT05", "B-CHAT06"]);
    expect(plan.pool.idle).toEqual(["A-CHAT03", "A-CHAT04", "B-CHAT07", "B-CHAT08"]);
  });

  it("shows machines, pool, databases, shares and every step with what it waits for", async () => {
    const { code, stdout } = await lab("show", "--stack", "minimal");
    expect(code).toBe(0);
    expect(stdout).toContain("  A-SQL01   10.1.0.139  zone 1  Standard_D2s_v5          mgc-primary\n");
    expect(stdout).toContain("  mirroring        A-SQL01 -> A-SQL02, witness none: failover by hand\n");
    expect(stdout).toMatch(/ {2}\d+ {2}A-DC01 {4}forest-ready {16}after A-DC01\/forest\n/);
  });

  it("cuts nothing in a file, and shows flows and Front End pools", async () => {
    const { stdout } = await lab("show", "--stack", "figure-1");
    expect(stdout).not.toContain("…");
    expect(stdout).toMatch(
      /read\/write: A-SQL01, A-SQL02, A-SQL03, A-SQL04, B-SQL01, B-SQL02, B-SQL03, B-SQL04\n/,
    );
    expect(stdout).toMatch(/\nFlows\n/);
    expect(stdout).toMatch(
      /\nFront End pools\n {2}\S+\.lab\.test {2}A-FE01, A-FE02, A-FE03 {2}back end A-BE01 /,
    );
  });

  it("shows nothing of a bad configuration but its problems", async () => {
    const { code, stdout, stderr } = await lab(
      "show",
      "--config-file",
      stackFile(`${goodStack}  persistent-chat-lab:pool: { servers: 0 }\n`),
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("pool.servers = 0");
  });
});
