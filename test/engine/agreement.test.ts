import { afterEach, describe, expect, it } from "vitest";
import { shippedStacks } from "../../cli/stackFile";
import { disagreements } from "../support/agreement";
import { EngineStack, skipEngine } from "../support/engine";
import { rehearseStack } from "../support/rehearse";

describe.skipIf(skipEngine)("the preview of the real engine", () => {
  let engine: EngineStack | undefined;
  afterEach(() => engine?.remove());

  it.each(shippedStacks)("of %s registers what a rehearsal does, with the same inputs", async (stack) => {
    engine = new EngineStack(stack);
    const { status, stdout } = engine.pulumi("preview", "--json");
    expect(status).toBe(0);
    const { resources } = await rehearseStack(stack);
    expect(disagreements(stdout, resources)).toEqual([]);
  });
});
