import { describe, expect, it } from "vitest";
import { tellNext } from "../../../cli/terminal/tellNext";

const args = { stack: undefined, configFile: undefined, json: false };

/** What is said on a terminal, or into a file. */
function told(live: boolean, given: Parameters<typeof tellNext>[0]): string[] {
  const lines: string[] = [];
  tellNext(given, "rehearse", { live, say: (line) => void lines.push(line) });
  return lines;
}

describe("what to type next", () => {
  it.each([
    [args, "Next: npm run lab -- rehearse\n"],
    [{ ...args, stack: "minimal" }, "Next: npm run lab -- rehearse --stack minimal\n"],
    [{ ...args, configFile: "x.yaml" }, "Next: npm run lab -- rehearse --config-file x.yaml\n"],
    [{ ...args, configFile: "my lab.yaml" }, "Next: npm run lab -- rehearse --config-file 'my lab.yaml'\n"],
  ])("is told to a person for %j", (given, line) => {
    expect(told(true, given)).toEqual([line]);
  });

  it("is not told to programs, nor into files", () => {
    expect(told(true, { ...args, json: true })).toEqual([]);
    expect(told(false, args)).toEqual([]);
  });
});
