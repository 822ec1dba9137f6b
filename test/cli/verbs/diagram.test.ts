import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readStack, shippedStacks } from "../../../cli/stack/stackFile";
import { drawn } from "../../../cli/verbs/diagram";
import { planLab } from "../../../topology/planLab";
import { chromium, drawnIn } from "../../support/chromium";
import { lab } from "../../support/cli";
import { planOf } from "../../support/config";

const scratch = () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-picture-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

describe("lab diagram", () => {
  it("writes Mermaid to stdout", async () => {
    const { code, stdout } = await lab("diagram", "--stack", "figure-1");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^---\ntitle: "pchat\.lab\.test: .*"\n---\nflowchart LR\n/);
  });

  it("writes SVG into a file where the user stands, and says so", async () => {
    const file = join(scratch(), "lab.svg");
    const { code, stdout, stderr } = await lab(
      "diagram",
      "--stack",
      "figure-1",
      "--format",
      "svg",
      "--out",
      file,
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "",
      stderr: `${file} has the picture of stack figure-1.\n`,
    });
    expect(readFileSync(file, "utf8")).toMatch(
      /^<svg role="img" width="\d+pt"[^>]*>\n<title>pchat\.lab\.test: /,
    );
  });

  it("says where it cannot write", async () => {
    expect(await lab("diagram", "--out", "/nowhere/lab.mmd")).toMatchObject({
      code: 2,
      stderr: "/nowhere/lab.mmd cannot be written (ENOENT).\nSee npm run lab -- --help\n",
    });
  });

  it("knows two formats", async () => {
    expect(await lab("diagram", "--format", "png")).toMatchObject({
      code: 2,
      stderr: '--format takes mermaid, svg, not "png".\nSee npm run lab -- --help\n',
    });
  });

  it("draws the same twice", async () => {
    expect(await drawn(planOf())).toBe(await drawn(planOf()));
  });
});

describe.skipIf(chromium === undefined)("a picture in a browser", () => {
  const plans = [
    ...shippedStacks.map((stack) => [stack, planLab(readStack(stack, undefined).raw).plan] as const),
    [
      "twelve Front Ends, seven chat servers on one side",
      planOf({ frontEnds: { servers: 12 }, pool: { servers: 8, split: [7, 1] } }),
    ] as const,
  ];

  it.each(plans)(
    "of %s has every machine, and no text that leaves its box or lies over another",
    async (_title, plan) => {
      const texts = drawnIn(await drawn(plan), scratch());
      for (const { name } of plan.machines) expect(texts.filter(({ text }) => text === name)).toHaveLength(1);
      expect(texts.filter(({ inside }) => !inside)).toEqual([]);
      expect(texts.filter(({ over }) => over.length > 0)).toEqual([]);
    },
  );
});
