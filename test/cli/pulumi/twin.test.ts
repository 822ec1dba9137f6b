import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { lab, labWith, stackFile } from "../../support/cli";

describe("lab twin", () => {
  it("asks for the Pulumi command to run", async () => {
    const answer = {
      code: 2,
      stdout: "",
      stderr:
        "Say which Pulumi command to run: npm run lab -- twin -- pulumi up --stack minimal.\nSee npm run lab -- --help\n",
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

  it("names figure-1 to commands that are about a stack, where the user named none", () => {
    const folder = mkdtempSync(join(tmpdir(), "lab-pulumi-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const log = join(folder, "log");
    // In the place of the CLI something that writes down what it was asked.
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\necho "$@" >> "${log}"\n`, { mode: 0o755 });
    const asked = (...words: string[]) => {
      expect(labWith({ PATH: `${folder}:/usr/bin:/bin` }, "twin", "--", "pulumi", ...words).code).toBe(0);
      return readFileSync(log, "utf8").trimEnd().split("\n").at(-1);
    };
    for (const command of ["preview", "up", "refresh", "destroy", "config", "cancel"])
      expect(asked(command)).toBe(`${command} --stack figure-1`);
    expect(asked("destroy", "--stack", "minimal")).toBe("destroy --stack minimal");
    expect(asked("up", "-s", "minimal")).toBe("up -s minimal");
    expect(asked("up", "--stack=minimal")).toBe("up --stack=minimal");
    writeFileSync(log, "");
    expect(asked("about")).toBe("about");
    expect(readFileSync(log, "utf8")).not.toContain("stack");
  });

  it("refuses a file of faults that is not there, or is none, before anything starts", async () => {
    const says = async (path: string) => (await lab("twin", "--faults", path, "--", "pulumi", "up")).stderr;
    expect(await says("nowhere.json")).toBe(
      'There is no file of faults "nowhere.json".\nSee npm run lab -- --help\n',
    );
    expect(await says(stackFile('[{ "nth": 0 }]'))).toMatch(
      / is no list of faults:\n {2}0\.type: .*\n {2}0\.nth: .*\n {2}0\.fault: /,
    );
  });
});
