import { describe, expect, it } from "vitest";
import { checkPassword } from "../../topology/config/password";
import { planLab } from "../../topology/planLab";
import { smallest } from "../support/config";

const messages = (...given: Parameters<typeof checkPassword>) =>
  checkPassword(...given).map(({ message }) => message);

describe("the password", () => {
  it("must be there, and be a secret", () => {
    expect(messages("secret", "Correct-Horse-1")).toEqual([]);
    expect(messages("secret")).toEqual([]);
    expect(messages("plain", "Correct-Horse-1")).toEqual(["It is stored in plain text."]);
    expect(messages("plain", "")).toEqual(["It is not set."]);
    expect(messages("secret", "")).toEqual(["It is not set."]);
  });

  it.each([
    ["12 characters of three kinds", "Abcdefgh-123"],
    ["three kinds without a capital", "correct-horse-1"],
    ["123 characters", `${"Aa1-".repeat(30)}Aa1`],
  ])("may be of %s", (_, text) => {
    expect(messages("secret", text)).toEqual([]);
  });

  it.each([
    ["11 characters", "Abcdefgh-12"],
    ["two kinds of characters", "correcthorse-battery"],
    ["124 characters", "Aa1-".repeat(31)],
  ])("may not be of %s", (_, text) => {
    expect(messages("secret", text)).toEqual(["It is not a valid value."]);
  });

  it("is never part of a problem, and tells what is allowed", () => {
    expect(checkPassword("plain", "Password1")).toEqual([
      {
        rule: "passwordIsSecret",
        severity: "error",
        path: "adminPassword",
        message: "It is stored in plain text.",
        fix: "Run: pulumi config set --secret adminPassword",
      },
      {
        rule: "allowedValue",
        severity: "error",
        path: "adminPassword",
        message: "It is not a valid value.",
        fix: "Allowed: 12 to 123 characters with three of: lower case, upper case, digits, symbols.",
      },
    ]);
  });

  it("is no key of the configuration that plans are made of", () => {
    const { problems } = planLab({ ...smallest, adminPassword: "Correct-Horse-1" });
    expect(problems.map(({ rule, path, value }) => [rule, path, value])).toEqual([
      ["knownKey", "adminPassword", undefined],
    ]);
  });
});
