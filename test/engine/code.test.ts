import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineStack, expectDone, skipEngine } from "../support/engine/engine";

/*
 * What a new version of this project does to a lab that stands, as when somebody mends a script: no stack file changed.
 */

const changes = [
  {
    title: "A script's text",
    file: "guest/Set-Firewall.ps1",
    edit: (text: string) => `${text}# A comment.\n`,
    does: "~ 8 updated",
  },
  {
    title: "A parameter that a script gets",
    file: "topology/steps/databaseSteps.ts",
    edit: (text: string) => text.replace("Port: ports.sql[0]", 'Port: "1434"'),
    does: "~ 3 updated",
  },
  {
    title: "The names of computers",
    file: "components/machine.ts",
    edit: (text: string) =>
      text.replace("computerName: machine.name", "computerName: machine.name.toLowerCase()"),
    // Eight machines and all that runs inside them.
    does: "+-69 replaced",
  },
];

describe.skipIf(skipEngine)("a change of the program", () => {
  let engine: EngineStack;

  beforeAll(() => {
    engine = new EngineStack("minimal", { saves: "at the end" });
    expectDone(engine.pulumi("config", "set", "protectData", "false"));
    expectDone(engine.up());
  });
  afterAll(() => engine?.remove());

  it.each(changes)("$title is deployed, deployed again and taken back", ({ file, edit, does }) => {
    const before = engine.contents();
    engine.edited(file, edit, () => {
      const there = engine.up();
      expectDone(there);
      expect(there.output).toContain(does);
      expectDone(engine.up("--expect-no-changes"));
    });
    const back = engine.up();
    expectDone(back);
    expect(back.output).toContain(does);
    expect(engine.contents()).toEqual(before);
  });
});
