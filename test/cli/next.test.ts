import { describe, expect, it, vi } from "vitest";
import { tellNext } from "../../cli/next";
import { err } from "../../cli/terminal";

vi.mock("../../cli/terminal", () => ({ err: { live: true, say: vi.fn() } }));

const args = { stack: undefined, configFile: undefined, json: false } as const;

describe("what to type next", () => {
  it.each([
    [{ ...args }, "Next: npm run lab -- rehearse\n"],
    [{ ...args, stack: "minimal" }, "Next: npm run lab -- rehearse --stack minimal\n"],
    [{ ...args, configFile: "x.yaml" }, "Next: npm run lab -- rehearse --config-file x.yaml\n"],
  ])("is told to a person for %j", (given, line) => {
    vi.mocked(err.say).mockClear();
    tellNext(given as never, "rehearse");
    expect(vi.mocked(err.say).mock.calls).toEqual([[line]]);
  });

  it("is not told to programs, nor into files", () => {
    vi.mocked(err.say).mockClear();
    tellNext({ ...args, json: true } as never, "rehearse");
    Object.assign(err, { live: false });
    tellNext(args as never, "rehearse");
    expect(vi.mocked(err.say).mock.calls).toEqual([]);
  });
});
