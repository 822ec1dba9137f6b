import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../cli/terminal/paths";
import { skipGo } from "../support/azure/go";
import { ServedLabs } from "../support/azure/servedLabs";

/*
 * Azure's SDK for Go on the simulated Azure: providers of Pulumi and Terraform are written with it, and it signs in as they do on a machine.
 */
describe.skipIf(skipGo)("Azure's SDK for Go", () => {
  const labs = new ServedLabs();
  const folder = mkdtempSync(join(tmpdir(), "lab-go-"));
  const program = join(folder, "asks");
  beforeAll(async () => {
    const { status, stderr } = spawnSync("go", ["build", "-mod=readonly", "-o", program, "."], {
      cwd: join(root, "test", "azure", "go"),
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    await labs.start("minimal");
  });
  afterAll(() => {
    labs.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("signs in as a machine does, lists, stops, starts, runs a script, and reads an error", async () => {
    const { status, stdout, stderr } = spawnSync(
      program,
      [`https://localhost:${labs.address.port}`, "mini-primary"],
      { encoding: "utf8", env: { ...process.env, ...labs.env, SSL_CERT_FILE: labs.env.REQUESTS_CA_BUNDLE } },
    );
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({
      machines: ["A-CHAT01", "A-DC01", "A-SQL01", "A-SQL02"],
      powers: ["PowerState/deallocated", "PowerState/running"],
      run: "Succeeded",
      error: "ResourceNotFound",
      status: 404,
    });
  });
});
