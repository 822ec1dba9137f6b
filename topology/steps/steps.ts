import { mostRunCommands } from "../azure/limits";
import type { Config } from "../config/schema";
import type { Flow, Machine, Step } from "../model";
import { mustHold } from "../parts/invariants";
import { type DatabaseContext, databaseSetSteps, endpointSteps, hasSql, instanceStep } from "./databaseSteps";
import { type DirectoryContext, directorySteps, forestReady } from "./directorySteps";
import { baseSteps, joinStep, memberStep, prerequisiteSteps } from "./machineSteps";
import { mediaSteps } from "./mediaSteps";
import { inOrder } from "./order";
import { planShareStep } from "./shareSteps";
import { withVerification } from "./verifySteps";

export interface StepContext extends DirectoryContext, DatabaseContext {
  readonly media: Config["media"];
  readonly machines: readonly Machine[];
  readonly flows: readonly Flow[];
}

/** All guest steps of the lab, in an order that respects `after`. */
export function planSteps(context: StepContext): readonly Step[] {
  const { machines, controllers, domain, adminUser, flows, machine } = context;
  const addressOf = (name: string) => machine(name).address;
  const baseOf = (one: Machine) => baseSteps(one, domain, flows, addressOf);
  const members = machines.filter(({ kind }) => kind !== "domainController");
  const steps = [
    ...machines.flatMap(baseOf),
    ...directorySteps(context, baseOf),
    ...members.flatMap((one) => {
      const forest = forestReady(controllers.primary);
      const features = prerequisiteSteps(one, forest, context.media);
      return [
        ...features,
        joinStep(one, domain, adminUser, [...baseOf(one), ...features], forest),
        memberStep(one, domain, Object.values(controllers)),
      ];
    }),
    ...context.shares.map((share) => planShareStep(share, domain, machine)),
    ...members.filter(hasSql).map((one) => instanceStep(one, domain)),
    ...mediaSteps(context.media, machines, domain, adminUser),
    ...endpointSteps(context),
    ...context.sets.flatMap((set) => databaseSetSteps(set, context)),
  ];
  const all = withVerification(context, steps);
  const dataCenterOf = new Map(all.map((step) => [step.id, machine(step.machine).dataCenter]));
  for (const { name } of machines) {
    const own = all.filter((step) => step.machine === name).length;
    mustHold(own <= mostRunCommands, `${name} has ${own} guest steps, more than ${mostRunCommands}`);
  }
  return inOrder(all).map((step) => ({
    ...step,
    crossesDataCenters: step.after.some((id) => dataCenterOf.get(id) !== dataCenterOf.get(step.id)),
  }));
}
