import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokens } from "../../simulator/arm/resourceTypes";
import { EngineStack, expectDone, skipEngine } from "../support/engine/engine";

/*
 * A lab whose machines were stopped, as auto-shutdown does every day.
 */

describe.skipIf(skipEngine)("a lab that stands", () => {
  let engine: EngineStack;
  const setRunning = (running: boolean) =>
    engine.byHand((cloud) => {
      for (const { id, token } of Object.values(cloud.state.resources))
        if (token === tokens.machine) cloud.setRunning(id, running);
    });

  beforeAll(() => {
    engine = new EngineStack("minimal");
    expectDone(engine.up());
  });
  afterAll(() => engine?.remove());

  it("has nothing to do while its machines are stopped, and takes changes outside of them", () => {
    setRunning(false);
    expectDone(engine.up("--expect-no-changes"));
    const later = { autoShutdown: { time: "2200" } };
    expect(engine.with(later, () => engine.up()).output).toContain("~ 8 updated");
    expect(engine.up().output).toContain("~ 8 updated");
  });

  it("is clean after a refresh, whatever Azure fills in, and forgets of a machine that is stopped", () => {
    expectDone(engine.pulumi("refresh", "--yes", "--skip-preview"));
    const { deployment } = JSON.parse(engine.pulumi("stack", "export").stdout) as {
      deployment: { resources: { urn: string; outputs?: Record<string, unknown> }[] };
    };
    const outputs = (name: string) =>
      deployment.resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs ?? {};
    expect(outputs("primary-nat-ip").natGateway).toBeDefined();
    expect(outputs("peering-to-secondary").peeringState).toBe("Connected");
    const profile = outputs("A-SQL01-vm").storageProfile;
    expect(profile).toHaveProperty("osDisk.name");
    expect(profile).not.toHaveProperty("osDisk.diskSizeGB");
    expect(profile).not.toHaveProperty("osDisk.managedDisk.storageAccountType");
    expectDone(engine.pulumi("preview", "--expect-no-changes"));
    expectDone(engine.up("--expect-no-changes"));
  });

  it("refuses a change inside a stopped machine by ARM's sentence, and takes it once the machines run", () => {
    const change = { "databases.logShipping.intervalMinutes": 5 };
    const refused = engine.with(change, () => engine.up());
    expect(refused.status).not.toBe(0);
    expect(refused.output).toMatch(
      /Code="OperationNotAllowed" Message="Cannot modify extensions in the VM when the VM is not running: \S+\/virtualMachines\/A-SQL01\/runCommands\//,
    );
    setRunning(true);
    expectDone(engine.with(change, () => engine.up()));
    expectDone(engine.with(change, () => engine.up("--expect-no-changes")));
    expectDone(engine.up());
  });

  it("is destroyed as it stands", () => {
    setRunning(false);
    engine.with({ protectData: false }, () => {
      expectDone(engine.up());
      expectDone(engine.pulumi("destroy", "--yes", "--skip-preview"));
    });
    expect(engine.contents().size).toBe(0);
  });
});
