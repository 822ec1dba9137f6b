import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { shapes } from "../../../cli/terminal/shapes";
import { ServedLabs } from "../../support/azure/servedLabs";
import { labWith } from "../../support/processes";

/*
 * `check --azure` as somebody types it, on a twin of its own. What it answers is tested in test/cli/preflight/.
 */

/** A folder for a twin, and a file of faults in it. */
function twin(faults: readonly object[] = []): { readonly folder: string; readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), "lab-check-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "faults.json");
  writeFileSync(file, JSON.stringify(faults));
  return { folder, file };
}

const words = ["check", "--stack", "minimal", "--azure", "--twin"];

describe("lab check --azure --twin", () => {
  it("finds nothing against a lab on a twin that is new, and creates nothing", () => {
    const { folder } = twin();
    const { code, stdout, stderr } = labWith({ LAB_TWIN: folder }, ...words);
    expect([code, stderr]).toEqual([0, expect.stringContaining("stack minimal: 1 warning")]);
    expect(stdout).toBe(
      `Nothing blocks the deployment of stack minimal (subscription 00000000-0000-0000-0000-000000000000).

Passed
  permission 19 of 19, provider 4 of 4, region 19 of 19, resource group 2 of 2, size 8 of 8, vCPUs 4 of 4, quota 8 of 8, image 4 of 4, terms 4 of 4.

Free capacity is not checked, because Azure does not report it: a deployment can still fail with AllocationFailed.
`,
    );
    expect(readdirSync(join(folder, "cloud")).filter((name) => name.endsWith(".json"))).toEqual([]);
  });

  it("exits with 1 and tells as data what would be refused", () => {
    const { folder, file } = twin([{ fault: "not-permitted", action: "Microsoft.Compute/disks/write" }]);
    const { code, stdout } = labWith({ LAB_TWIN: folder }, ...words, "--faults", file, "--json");
    expect(code).toBe(1);
    const said = JSON.parse(stdout);
    expect(shapes["check --azure"].safeParse(said).error).toBeUndefined();
    expect(said.answers.filter(({ answer }: { answer: string }) => answer === "no")).toMatchObject([
      { about: "Microsoft.Compute/disks/write", question: "permission" },
    ]);
  });

  it("says what is wrong with a file of faults, and with one that nobody would read", async () => {
    const { folder, file } = twin([
      { fault: "size-restricted", size: "Standard_D2s_v5", region: "atlantis" },
    ]);
    const wrong = labWith({ LAB_TWIN: folder }, ...words, "--faults", file);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("0.region: Invalid option")]);
    const labs = new ServedLabs();
    onTestFinished(() => labs.stop());
    await labs.serve();
    const good = twin();
    const served = labWith({ LAB_TWIN: labs.folder }, ...words, "--faults", good.file);
    expect([served.code, served.stderr]).toEqual([
      2,
      expect.stringContaining("without these faults: end it, or start it with --faults."),
    ]);
  });

  it("says that Azure answers nothing, where it does not", () => {
    const { folder, file } = twin([{ fault: "read-unanswered", asked: "*" }]);
    const { code, stderr } = labWith({ LAB_TWIN: folder }, ...words, "--faults", file);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/\nAzure answered none of the \d+ questions\. Azure did not answer: /),
    ]);
  });

  it("asks nothing for a stack file with problems", () => {
    const { folder } = twin();
    const file = join(folder, "Pulumi.bad.yaml");
    writeFileSync(file, "config: { persistent-chat-lab:pool: { servers: 9 } }\n");
    const { code, stdout } = labWith(
      { LAB_TWIN: folder },
      "check",
      "--config-file",
      file,
      "--azure",
      "--twin",
    );
    expect(code).toBe(1);
    expect(stdout).toContain("pool.servers = 9");
    expect(stdout).not.toContain("subscription");
  });
});
