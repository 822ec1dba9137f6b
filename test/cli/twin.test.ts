import { describe, expect, it } from "vitest";
import { lab, labWith } from "../support/cli";

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
});
