import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { aboutAStack } from "../../../cli/pulumi/twin";
import { lab, stackFile } from "../../support/cli";
import { labWith } from "../../support/processes";

describe("lab twin", () => {
  it("asks for the Pulumi command to run", async () => {
    const answer = {
      code: 2,
      stdout: "",
      stderr:
        "Say which command to run: npm run lab -- twin -- pulumi up --stack minimal, or npm run lab -- twin -- az vm list.\nSee npm run lab -- --help\n",
    };
    expect(await lab("twin")).toEqual(answer);
    expect(await lab("twin", "--", "terraform", "apply")).toEqual(answer);
  });

  it("says how to get the Pulumi CLI where there is none", () => {
    expect(labWith({ PATH: "" }, "twin", "--", "pulumi", "up")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "The Pulumi CLI is not on PATH. How to get it: https://www.pulumi.com/docs/install\nSee npm run lab -- --help\n",
    });
  });

  it.each([
    ...["preview", "up", "refresh", "destroy", "config", "cancel"].map((command) => ({
      typed: command,
      stack: "figure-1",
      words: `${command} --stack figure-1`,
    })),
    { typed: "destroy --stack minimal", stack: "minimal", words: "destroy --stack minimal" },
    { typed: "up -s minimal", stack: "minimal", words: "up -s minimal" },
    { typed: "up --stack=minimal", stack: "minimal", words: "up --stack=minimal" },
    { typed: "about", stack: undefined, words: "about" },
    { typed: "stack ls", stack: undefined, words: "stack ls" },
  ])("takes `$typed` to be about the stack $stack", ({ typed, stack, words }) => {
    expect(aboutAStack(typed.split(" "))).toEqual({ stack, words: words.split(" ") });
  });

  it("makes the stack and runs Pulumi in its own project", () => {
    const folder = mkdtempSync(join(tmpdir(), "lab-pulumi-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const log = join(folder, "log");
    // In the place of the CLI something that writes down what it was asked, and that knows no stack yet.
    const script = `#!/bin/sh\necho "$@" >> "${log}"\n[ "$2" != select ]\n`;
    writeFileSync(join(folder, "pulumi"), script, { mode: 0o755 });
    const { code } = labWith({ PATH: `${folder}:/usr/bin:/bin` }, "twin", "--", "pulumi", "up", "--yes");
    expect(code).toBe(0);
    const asked = readFileSync(log, "utf8").replace(/Twin-1-\w+/, "<password>");
    expect(asked).toBe(
      "version\nstack select figure-1\nstack init figure-1\nconfig set --stack figure-1 --secret adminPassword <password>\nup --yes --stack figure-1\n",
    );
  });

  it("refuses a file of faults that is not there, or is none, before anything starts", async () => {
    const says = async (path: string) => (await lab("twin", "--faults", path, "--", "pulumi", "up")).stderr;
    expect(await says("nowhere.json")).toBe(
      'There is no file of faults "nowhere.json".\nSee npm run lab -- --help\n',
    );
    expect(await says(stackFile('[{ "nth": 0, "fault": "refused" }, {}]'))).toMatch(
      / is no list of faults:\n {2}0\.type: .*\n {2}0\.nth: .*\n {2}1\.fault: /,
    );
  });
});
