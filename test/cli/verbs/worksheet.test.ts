import { describe, expect, it } from "vitest";
import { goodStack, lab, stackFile } from "../../support/cli";

describe("lab worksheet", () => {
  it("prints what to type into Topology Builder as Markdown", async () => {
    const { code, stdout, stderr } = await lab("worksheet");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^# Topology of fig1\n/);
    expect(stdout).toContain("| b-chat05.lab.test | active, secondary data center |\n");
  });

  it("offers the swap of active and idle servers where it moves the pool to the other data center", async () => {
    const swap = "here all of one data center for all of the other";
    expect((await lab("worksheet", "--stack", "figure-2")).stdout).toContain(swap);
    expect((await lab("worksheet", "--stack", "figure-1")).stdout).not.toContain("-Swap");
  });

  it("prints nothing for a bad configuration but its problems", async () => {
    const path = stackFile(`${goodStack}  persistent-chat-lab:pool: { servers: 0 }\n`);
    const { code, stdout } = await lab("worksheet", "--config-file", path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it("is text only", async () => {
    expect((await lab("worksheet", "--json")).code).toBe(2);
  });
});
