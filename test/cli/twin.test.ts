import { describe, expect, it } from "vitest";
import { lab, labWith, stackFile } from "../support/cli";

describe("lab twin", () => {
  it("asks for the Pulumi command to run", () => {
    const answer = {
      code: 2,
      stdout: "",
      stderr:
        "Say which Pulumi command to run: npm run lab -- twin -- pulumi up --stack minimal.\nSee npm run lab -- --help\n",
    };
    expect(lab("twin")).toEqual(answer);
    expect(lab("twin", "--", "terraform", "apply")).toEqual(answer);
  });

  it("says how to get the Pulumi CLI where there is none", () => {
    expect(labWith({ PATH: "" }, "twin", "--", "pulumi", "up")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "The Pulumi CLI is not on PATH. How to get it: https://www.pulumi.com/docs/install\nSee npm run lab -- --help\n",
    });
  });

  it("refuses a file of faults that is not there, or is none, before anything starts", () => {
    const says = (path: string) => lab("twin", "--faults", path, "--", "pulumi", "up").stderr;
    expect(says("nowhere.json")).toBe(
      'There is no file of faults "nowhere.json".\nSee npm run lab -- --help\n',
    );
    expect(says(stackFile("[{}]"))).toMatch(
      / is no list of faults:\n {2}0\.type: .*\n {2}0\.nth: .*\n {2}0\.fault: /,
    );
  });
});
