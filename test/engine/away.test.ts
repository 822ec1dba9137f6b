import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readStack } from "../../cli/stack/stackFile";
import type { StoredResource } from "../../simulator/arm/resource";
import { tokens } from "../../simulator/arm/resourceTypes";
import { planLab } from "../../topology/planLab";
import { runbooksOf } from "../../topology/runbooks/runbooks";
import { EngineStack, expectDone, skipEngine } from "../support/engine/engine";

/*
 * A lab that was failed over to its secondary data center: deployed there while the primary one is down, and again once it is back.
 */

describe.skipIf(skipEngine)("a lab that is served from its secondary data center", () => {
  let engine: EngineStack;
  let restore: () => void;
  const away = { site: "secondary" };

  beforeAll(() => {
    engine = new EngineStack("minimal", { saves: "at the end" });
    expectDone(engine.up());
    restore = engine.snapshot();
  });
  beforeEach(() => restore());
  afterAll(() => engine?.remove());

  const stored = () => [...engine.contents().values()].map((text) => JSON.parse(text) as StoredResource);
  /** Stops or starts the machines of the primary data center. */
  const setRunning = (running: boolean) =>
    engine.byHand((cloud) => {
      for (const { id, token } of Object.values(cloud.state.resources))
        if (token === tokens.machine && /\/A-[^/]+$/.test(id)) cloud.setRunning(id, running);
    });
  /** What a guest step was last told of where the service is, and how often it is in the cloud. */
  const servedFrom = (machine: string, step: string) =>
    stored()
      .filter(
        ({ token, inputs }) =>
          token === tokens.runCommand && inputs.vmName === machine && inputs.runCommandName === step,
      )
      .flatMap(({ inputs }) => inputs.parameters as readonly { name: string; value: string }[])
      .filter(({ name }) => name === "ServedFrom")
      .map(({ value }) => value);

  it("is deployed while every machine of the primary one is down, touches none of them, and is as before on its return", () => {
    const before = engine.contents();
    setRunning(false);
    engine.with(away, () => {
      const { status, output } = engine.up();
      expect(status, output).toBe(0);
      expect(output).toContain("~ 2 updated");
      expect(output).not.toMatch(/ A-\S+ updat/);
      expectDone(engine.up("--expect-no-changes"));
    });
    expect(servedFrom("A-SQL01", "mgc-database")).toEqual(["primary"]);
    setRunning(true);
    expect(engine.up().output).toContain("~ 2 updated");
    expect(engine.contents()).toEqual(before);
  });

  it("makes a lost database machine again that waits, and fills it on its return", () => {
    engine.byHand((cloud) => {
      const lost = Object.values(cloud.state.resources).find(({ id }) =>
        id.endsWith("/virtualMachines/A-SQL01"),
      );
      cloud.delete(lost?.id ?? "");
    });
    expectDone(engine.pulumi("refresh", "--yes", "--skip-preview"));
    engine.with(away, () => expectDone(engine.up()));
    for (const step of ["mgc-database", "mgc-mirroring", "mgc-log-shipping-primary"])
      expect(servedFrom("A-SQL01", step), step).toEqual(["secondary"]);
    expect(servedFrom("A-SQL02", "mgc-mirroring")).toEqual(["primary"]);
    engine.with(away, () => expectDone(engine.up("--expect-no-changes")));
    expect(engine.up().output).toContain("~ 6 updated");
    expect(servedFrom("A-SQL01", "mgc-database")).toEqual(["primary"]);
  });

  it("is told of its way there and back by the commands of the runbooks, as they are printed", () => {
    const { plan } = planLab(readStack("minimal", undefined).raw);
    const commandsOf = (runbook: string) =>
      runbooksOf(plan)
        .filter(({ name }) => name === runbook)
        .flatMap(({ acts }) => acts.filter(({ language }) => language === "Pulumi CLI"))
        .map(({ command }) => command);
    /** What a shell makes of it, and what nobody is asked. */
    const typed = (command: string) => {
      const [, ...words] = command.replaceAll("'", "").split(" ");
      const result = engine.pulumi(...words, ...(words[0] === "up" ? ["--yes", "--skip-preview"] : []));
      expect(result.status, result.output).toBe(0);
      return /^ +(?:[~+-]\S* ?\d+ .*)$/gm.exec(result.output)?.[0].trim() ?? "";
    };
    const before = readFileSync(engine.file, "utf8");
    expect(commandsOf("loss-of-primary-data-center").map(typed)).toEqual(["", "~ 2 updated"]);
    expect(commandsOf("fail-back").map(typed)).toEqual(["", "+-2 replaced", "~ 2 updated"]);
    writeFileSync(engine.file, before);
    expectDone(engine.up("--expect-no-changes"));
  });

  it("lets a database machine wait, too, that Pulumi itself makes again", () => {
    engine.with({ ...away, protectData: false }, () => {
      expectDone(engine.up());
      expectDone(engine.with({ "machines.sqlServer.osDiskGiB": 256 }, () => engine.up()));
    });
    for (const step of ["mgc-database", "mgc-mirroring", "mgc-log-shipping-primary"])
      expect(servedFrom("A-SQL01", step), step).toEqual(["secondary"]);
  });
});
