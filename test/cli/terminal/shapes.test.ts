import { describe, expect, it } from "vitest";
import { shapes } from "../../../cli/terminal/shapes";
import { goodStack, lab, stackFile } from "../../support/cli";

const printed = async (...args: string[]): Promise<unknown> =>
  JSON.parse((await lab(...args, "--json")).stdout);
const wrong = (shape: keyof typeof shapes, value: unknown) =>
  shapes[shape].safeParse(value).error?.issues ?? [];

describe("what --json prints is what docs/json.md says", () => {
  it.each([
    ["check", ["check", "--stack", "full"]],
    ["preview", ["preview", "--stack", "minimal"]],
    ["rehearse", ["rehearse", "--stack", "minimal"]],
    ["rehearse", ["rehearse", "--stack", "minimal", "--cores", "standardDSv5Family=4"]],
    ["price", ["price", "--stack", "full"]],
  ] as const)("for %s in %j", async (shape, args) => {
    expect(wrong(shape, await printed(...args))).toEqual([]);
  });

  it("for the problems of a bad file", async () => {
    const file = stackFile(
      `${goodStack}  persistent-chat-lab:pool: { servers: 9 }\n  persistent-chat-lab:bastian: 1\n`,
    );
    expect(wrong("check", await printed("check", "--config-file", file))).toEqual([]);
  });

  it("and what has another field is found out", () => {
    expect(wrong("check", { stack: "a", problems: [], more: 1 })).toHaveLength(1);
    expect(wrong("check", { stack: "a" })).toHaveLength(1);
  });
});
