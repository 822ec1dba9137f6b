import type { RegisteredResource } from "../../simulator/engine/registered";
import type { Plan } from "../../topology/model";

/** How long a run command's script works, as the plan expects; the simulator knows no scripts. */
export function guestMinutes(plan: Plan) {
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  return ({ inputs }: RegisteredResource) => {
    const step = steps.get(`${inputs.vmName}/${inputs.runCommandName}`);
    return step === undefined ? undefined : { work: step.expectedMinutes, restart: step.restartMinutes };
  };
}
