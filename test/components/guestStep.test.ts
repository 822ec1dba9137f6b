import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { GuestStep } from "../../components/guestStep";
import { Machine } from "../../components/machine";
import { scriptText } from "../../guest/scriptText";
import { secretMark } from "../../simulator/engine/secrets";
import { dataCentersOf, machineOf, sentinel, settings } from "../support/components";
import { planOf } from "../support/config";
import { only, record } from "../support/record";

const build = (stepName: string, preview = false, changes: Readonly<Record<string, unknown>> = {}) => {
  const plan = planOf(changes);
  const step = plan.steps.find(({ id }) => id === `A-SQL01/${stepName}`);
  if (step === undefined) throw new Error(`the plan has no step ${stepName}`);
  return record(() => {
    const machine = new Machine("A-SQL01", {
      machine: machineOf(plan, "A-SQL01"),
      dataCenters: dataCentersOf(plan),
      settings,
    });
    new GuestStep("step", { step, machine, secrets: { adminPassword: pulumi.secret(sentinel) } });
  }, preview);
};

describe("GuestStep", () => {
  it("is a run command of its machine that fails the deployment with its script", async () => {
    const { inputs, parent, deletedWith, deleteBeforeReplace } = only(await build("data-disks"), "step");
    expect(inputs).toMatchObject({
      vmName: "A-SQL01-vm",
      location: "northeurope",
      runCommandName: "data-disks",
      source: { script: scriptText("Initialize-DataDisks.ps1") },
      parameters: [{ name: "Disks", value: "0:F:Data:64,1:G:Log:64" }],
      protectedParameters: [],
      timeoutInSeconds: 1800,
      asyncExecution: false,
      treatFailureAsDeploymentFailure: true,
    });
    expect({ parent, deletedWith, deleteBeforeReplace }).toEqual({
      parent: "A-SQL01",
      deletedWith: "A-SQL01-vm",
      deleteBeforeReplace: true,
    });
  });

  it("leaves a step as it stands whose service is in the other data center, and tells a new one to wait", async () => {
    const { ignoreChanges, inputs } = only(await build("mgc-database", false, { site: "secondary" }), "step");
    expect(ignoreChanges).toEqual(["source", "parameters", "timeoutInSeconds"]);
    expect(inputs.parameters).toContainEqual({ name: "ServedFrom", value: "secondary" });
    expect(only(await build("mgc-database"), "step").ignoreChanges).toEqual([]);
  });

  it("waits longer for Azure than the script may take", async () => {
    expect(only(await build("data-disks"), "step").timeouts).toMatchObject({ create: "60m", update: "60m" });
  });

  it("hands secrets over as base64, marked secret, and nowhere else", async () => {
    const { inputs } = only(await build("join"), "step");
    const encoded = Buffer.from(sentinel).toString("base64");
    expect(JSON.stringify(inputs.protectedParameters)).toContain(encoded);
    expect(JSON.stringify(inputs.protectedParameters)).toContain(secretMark);
    expect(JSON.stringify({ ...inputs, protectedParameters: [] })).not.toContain(encoded);
    expect(JSON.stringify(inputs)).not.toContain(sentinel);
  });

  it("takes its machine's name from the machine, so that a new machine gets the step again", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const { inputs, dependencies } = only(await build("data-disks", true), "step");
    expect(inputs.vmName).toBe(unknown);
    expect(dependencies).toContain("A-SQL01-vm");
  });
});

describe("the state of a guest step", () => {
  it("keeps as a secret whatever Azure answers of its protected parameters", async () => {
    expect(only(await build("join"), "step").secretOutputs).toContain("protectedParameters");
  });
});
