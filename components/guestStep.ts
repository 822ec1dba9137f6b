import * as compute from "@pulumi/azure-native/compute";
import * as pulumi from "@pulumi/pulumi";
import { scriptText } from "../guest/scriptText";
import type * as topo from "../topology/model";
import type { Machine } from "./machine";

export interface GuestStepArgs {
  /** Planned step; every decision is already in it. */
  readonly step: topo.Step;
  readonly machine: Machine;
  readonly secrets: Readonly<Record<topo.SecretName, pulumi.Input<string>>>;
}

/**
 * One script that runs inside one machine: a managed run command. A resource and not a component around one, because a lab has some
 * hundred and fifty of them.
 */
export class GuestStep extends compute.VirtualMachineRunCommandByVirtualMachine {
  constructor(name: string, { step, machine, secrets }: GuestStepArgs, opts?: pulumi.CustomResourceOptions) {
    const minutes = `${step.deadlineMinutes}m`;
    super(
      name,
      {
        resourceGroupName: machine.resourceGroupName,
        location: machine.location,
        // An output, not a literal: it makes the step run again on a machine that was replaced.
        vmName: machine.vm.name,
        runCommandName: step.name,
        source: { script: scriptText(step.script) },
        parameters: Object.entries(step.parameters).map(([key, value]) => ({ name: key, value })),
        protectedParameters: Object.entries(step.secrets).map(([key, secret]) => ({
          name: key,
          value: base64(secrets[secret]),
        })),
        timeoutInSeconds: step.timeoutMinutes * 60,
        asyncExecution: false,
        // Azure's default reports success although the script failed.
        treatFailureAsDeploymentFailure: true,
      },
      pulumi.mergeOptions(opts, {
        parent: machine,
        deletedWith: machine.vm,
        deleteBeforeReplace: true,
        // Azure starts nothing for a request that it knows: a step whose script failed has to go before it can run again.
        replaceOnChanges: ["#initerror"],
        // Its machine may be down, and Azure changes no run command of a machine that does not run.
        ignoreChanges: step.waits ? ["source", "parameters", "timeoutInSeconds"] : [],
        additionalSecretOutputs: ["protectedParameters"],
        customTimeouts: { create: minutes, update: minutes },
      }),
    );
  }
}

/** Free text does not survive the command line that Azure's agent makes of parameters. */
function base64(secret: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.secret(secret).apply((text) => Buffer.from(text, "utf8").toString("base64"));
}
