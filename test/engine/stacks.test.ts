import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStack } from "../../cli/stack/stackFile";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { withChange } from "../support/changes";
import { media } from "../support/config";
import { disagreements } from "../support/engine/agreement";
import { drawn } from "../support/engine/drawn";
import { type EngineResult, EngineStack, expectDone, skipEngine } from "../support/engine/engine";
import { rehearseLab } from "../support/rehearse";

/*
 * The life of every stack under the real Pulumi engine, unchanged, on the simulated Azure.
 */

const cases = [
  { title: "figure-1", stack: "figure-1", values: {}, parallel: 4 },
  { title: "figure-2", stack: "figure-2", values: {}, parallel: 16 },
  { title: "full", stack: "full", values: {}, parallel: 32 },
  { title: "minimal", stack: "minimal", values: {}, parallel: 1 },
  {
    title: "minimal with media and Front Ends",
    stack: "minimal",
    values: { media, "frontEnds.servers": 1 },
    parallel: 16,
  },
];

/** `minimal` always, since other steps of the gates ask for it by its name; of the larger ones some are drawn. */
const wanted = [
  ...cases.filter(({ title }) => title === "minimal"),
  ...drawn(
    cases.filter(({ title }) => title !== "minimal"),
    2,
  ),
];

describe.skipIf(skipEngine).each(wanted)("the stack $title", ({ stack, values, parallel }) => {
  let engine: EngineStack;
  let resources: readonly RegisteredResource[];
  const raw = withChange(readStack(stack, undefined).raw, { values });
  const said: Record<string, EngineResult> = {};
  const pulumi = (...args: string[]) => {
    const result = engine.with(values, () => engine.pulumi(...args, "--parallel", String(parallel)));
    said[args.join(" ")] = result;
    return result;
  };

  beforeAll(async () => {
    ({ resources } = await rehearseLab(raw));
    engine = new EngineStack(stack, { saves: "at the end" });
  });
  afterAll(() => engine?.remove());

  it("previews what a rehearsal registers, with the same inputs wherever they are known before a deployment", () => {
    const preview = pulumi("preview", "--json");
    expectDone(preview);
    expect(disagreements(preview.stdout, resources)).toEqual([]);
    expect(engine.contents().size).toBe(0);
  });

  it("creates everything, and has nothing to do the second time, nor to refresh", () => {
    const up = pulumi("up", "--yes", "--skip-preview");
    expectDone(up);
    expect(up.output).toContain(`+ ${resources.length} created`);
    expect(engine.contents().size).toBe(resources.filter(({ custom }) => custom).length);
    expectDone(pulumi("up", "--yes", "--skip-preview", "--expect-no-changes", "--json"));
    expectDone(pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes"));
  });

  it("stands as planned for whoever asks its address meanwhile", () => {
    const file = ["--config-file", engine.file];
    const found = engine.with(values, () => engine.lab("status", "--twin", "--json", ...file));
    expect([found.code, JSON.parse(found.stdout)]).toMatchObject([
      0,
      { isWhole: true, missing: [], extra: [] },
    ]);
  });

  it("shows the password in no state, cloud, plugin store, console and event", () => {
    for (const words of [
      ["preview", "--diff"],
      ["stack", "export"],
      ["stack", "output", "--json"],
    ])
      said[words.join(" ")] = engine.with(values, () => engine.pulumi(...words));
    expect(engine.leaks(said)).toEqual([]);
  });

  it("destroys no machine with data before the configuration says so, then everything", () => {
    const before = engine.contents().size;
    const early = engine.with(values, () => engine.pulumi("destroy", "--yes"));
    expect(early.status).not.toBe(0);
    expect(early.output).toContain("cannot be deleted");
    const told = engine.lab("twin", "--", "pulumi", "destroy", "--yes", "--stack", engine.stack);
    expect(told.code).not.toBe(0);
    expect(told.stderr).toContain("If protected resources stand in the way: set protectData: false in");
    expect(engine.contents().size).toBe(before);
    engine.with({ ...values, protectData: false }, () => {
      expectDone(engine.up());
      expectDone(engine.pulumi("destroy", "--yes", "--skip-preview"));
    });
    expect(engine.contents().size).toBe(0);
  });
});
