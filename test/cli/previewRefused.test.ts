import { describe, expect, it, vi } from "vitest";
import { readArguments } from "../../cli/arguments";
import { preview } from "../../cli/preview";
import { err, out } from "../../cli/terminal";
import { runProgram } from "../../simulator/engine/program";

vi.mock("../../simulator/engine/program", () => ({ runProgram: vi.fn() }));

describe("lab preview of what the simulated Azure refuses", () => {
  const previewed = async (refusals: readonly object[]) => {
    vi.mocked(runProgram).mockResolvedValue({ resources: [], outputs: {}, refusals, messages: [] } as never);
    const said = vi.spyOn(err, "say").mockImplementation(() => {});
    vi.spyOn(out, "write").mockImplementation(() => {});
    const args = readArguments(["preview", "--stack", "figure-1"]);
    if (args === "help") throw new Error("help");
    return { code: await preview(args), said: said.mock.calls.flat().join("") };
  };

  it("ends with 1 and says what was refused", async () => {
    const refusal = {
      urn: "urn:pulumi:s::p::t::A-SQL01-vm",
      code: "InvalidParameter",
      message: "It is too large.",
    };
    expect(await previewed([refusal])).toEqual({
      code: 1,
      said: expect.stringContaining(
        'The simulated Azure refused 1 resource:\n  A-SQL01-vm\n    Code="InvalidParameter" Message="It is too large."\n',
      ),
    });
  });

  it("ends with 0 where nothing was", async () => {
    expect((await previewed([])).code).toBe(0);
  });
});
