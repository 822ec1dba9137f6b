import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineStack, expectDone, skipEngine } from "../support/engine/engine";

const pack = join(__dirname, "..", "..", "policy");

interface State {
  readonly deployment: {
    readonly resources: readonly { readonly urn: string; readonly inputs?: { tags?: object } }[];
  };
}

describe.skipIf(skipEngine)("the policy pack", () => {
  let engine: EngineStack;
  beforeAll(() => {
    engine = new EngineStack("minimal", { saves: "at the end" });
  });
  afterAll(() => engine?.remove());

  const preview = () => engine.pulumi("preview", "--policy-pack", pack);
  /** Asks the pack about an exported state, without a stack. */
  const analyze = (state: State) => {
    const file = join(engine.folder, "state.json");
    writeFileSync(file, JSON.stringify(state));
    return engine.alone("policy", "analyze", "--file", file, "--policy-pack", pack);
  };

  it("passes a lab that does not stand yet, although a preview does not know all of it, but for what it is meant to lack", () => {
    const { status, output } = preview();
    expect(status).toBe(0);
    expect(output).toContain("persistent-chat-lab@v0.1.0");
    const found = [...output.matchAll(/\[(mandatory|advisory)\] +(\S+) +\(.*: (\S+)\)/g)];
    expect(found.map(([, severity, id, name]) => [severity, id, name]).sort()).toEqual([
      ["advisory", "survives-any-one-machine", "A-CHAT01-vm"],
      ["advisory", "survives-any-one-machine", "A-SQL01-vm"],
    ]);
  });

  it("warns of an advisory policy that a stack file breaks", () => {
    const { status, output } = engine.with({ protectData: false }, preview);
    expect(status).toBe(0);
    expect(output).toMatch(/\[advisory\] +data-is-protected +\(.*: A-DC01-vm\)/);
  });

  it("passes the state of a lab that stands, and fails on one that breaks a mandatory policy", () => {
    expectDone(engine.up());
    const state = JSON.parse(engine.pulumi("stack", "export").stdout) as State;
    expectDone(analyze(state));
    for (const { urn, inputs } of state.deployment.resources)
      if (urn.endsWith("::A-CHAT01-vm") && inputs !== undefined) inputs.tags = {};
    const broken = analyze(state);
    expect(broken.status).not.toBe(0);
    expect(broken.output).toContain("machines-say-what-they-are");
  });
});
