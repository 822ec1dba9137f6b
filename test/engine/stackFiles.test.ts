import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { project } from "../../cli/stack/stackContent";
import { rawConfig } from "../../topology/config/raw";
import { skipEngine } from "../support/engine/engine";
import { oddFiles } from "../support/oddFiles";

describe.skipIf(skipEngine)("a stack file as the real Pulumi CLI reads it", () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-files-"));
  const pulumi = (...args: string[]) =>
    spawnSync("pulumi", args, {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        PULUMI_HOME: join(folder, "home"),
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: "odd",
        PULUMI_SKIP_UPDATE_CHECK: "1",
      },
    });

  beforeAll(() => {
    writeFileSync(join(folder, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
    expect(pulumi("stack", "init", "odd").status).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(oddFiles)("means with $title what it means to check", ({ lines, raw }) => {
    writeFileSync(join(folder, "Pulumi.odd.yaml"), `config:\n  ${lines}\n`);
    const { stdout, stderr } = pulumi("config", "--json");
    const values = JSON.parse(stdout || stderr) as Record<string, { readonly value: string }>;
    expect(
      rawConfig(project, Object.fromEntries(Object.entries(values).map(([key, { value }]) => [key, value]))),
    ).toEqual(raw);
  });
});
