import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ServedLabs } from "../support/azure/servedLabs";

const root = join(__dirname, "..", "..");

interface Workflow {
  readonly on: {
    readonly workflow_dispatch: { readonly inputs: { readonly action: { readonly options: string[] } } };
  };
  readonly jobs: {
    readonly lab: { readonly steps: readonly { readonly if?: string; readonly run?: string }[] };
  };
}

describe("the workflow lab", () => {
  const labs = new ServedLabs();
  const folder = mkdtempSync(join(tmpdir(), "lab-workflow-"));
  beforeAll(async () => {
    await labs.start("minimal");
    writeFileSync(join(folder, "az"), `#!/bin/sh\n${await labs.signedInAz()}\n`);
    chmodSync(join(folder, "az"), 0o755);
  });
  afterAll(() => {
    labs.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const { on, jobs } = parse(readFileSync(join(root, ".github", "workflows", "lab.yml"), "utf8")) as Workflow;
  const stepOf = (action: string) => jobs.lab.steps.filter((step) => step.if?.includes(`"${action}"`));
  const run = (action: string) => {
    const { status, stdout } = spawnSync(
      "bash",
      ["-e", "-o", "pipefail", "-c", stepOf(action)[0]?.run ?? "exit 9"],
      {
        cwd: root,
        encoding: "utf8",
        env: {
          ...process.env,
          PATH: `${folder}${delimiter}${process.env.PATH ?? ""}`,
          REQUESTS_CA_BUNDLE: labs.env.REQUESTS_CA_BUNDLE,
          ACTION: action,
          STACK: "minimal",
        },
      },
    );
    return { status, last: stdout.trim().split("\n").at(-1) };
  };

  it("has one step for each action that it offers", () => {
    for (const action of on.workflow_dispatch.inputs.action.options)
      expect([action, stepOf(action).length]).toEqual([action, 1]);
  });

  it("stops and starts the machines, and tells how they stand", () => {
    expect(run("stop")).toEqual({
      status: 0,
      last: "6 of 8 machines are stopped, and cost nothing but their disks and addresses.",
    });
    expect(run("status")).toEqual({
      status: 0,
      last: expect.stringMatching(/none: what runs is not stopped by itself$/),
    });
    expect(run("start")).toEqual({ status: 0, last: expect.stringMatching(/^All 8 machines run\./) });
  });
});
