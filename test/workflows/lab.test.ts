import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = join(__dirname, "..", "..");

interface Workflow {
  readonly jobs: {
    readonly lab: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] };
  };
}

/** An `az` that notes what it is asked, and knows one controller and two other machines of the lab `mini`. */
const az = `#!/bin/sh
echo "$*" >> "$LOG"
case "$*" in
  *"'mini' && contains"*) echo /dc ;;
  *"'mini' && !contains"*) printf '/sql\\n/chat\\n' ;;
esac
`;

describe("the workflow lab", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "lab-workflow-"));
    writeFileSync(join(folder, "az"), az);
    chmodSync(join(folder, "az"), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const { jobs } = parse(readFileSync(join(root, ".github", "workflows", "lab.yml"), "utf8")) as Workflow;
  const script = jobs.lab.steps.find(({ name }) => name === "Start or stop the machines")?.run ?? "";
  const run = (action: string, stack: string) => {
    const log = join(folder, `${action}-${stack}`);
    writeFileSync(log, "");
    const { status, stdout } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", script], {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${folder}${delimiter}${process.env.PATH ?? ""}`,
        LOG: log,
        ACTION: action,
        STACK: stack,
      },
    });
    const acts = readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("vm list"));
    return { status, stdout, acts };
  };

  it("starts domain controllers before everything else, and stops them last", () => {
    expect(run("start", "minimal")).toEqual({
      status: 0,
      stdout: "",
      acts: ["vm start --ids /dc", "vm start --ids /sql /chat"],
    });
    expect(run("stop", "minimal").acts).toEqual([
      "vm deallocate --ids /sql /chat",
      "vm deallocate --ids /dc",
    ]);
  });

  it("says so where the subscription has no machine of the lab", () => {
    expect(run("start", "figure-1")).toEqual({
      status: 1,
      stdout: "The subscription has no machine of the lab fig1.\n",
      acts: [],
    });
  });
});
