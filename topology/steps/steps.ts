import type { DataCenterId, Flow, Machine, Step } from "../model";
import { inOrder } from "../order";
import { type DatabaseContext, databaseSetSteps, endpointSteps, instanceStep } from "./databaseSteps";
import { type DirectoryContext, directorySteps, forestReady } from "./directorySteps";
import { baseSteps, joinStep } from "./machineSteps";
import { planShareStep } from "./shareSteps";
import { list, makeStep } from "./step";

export interface StepContext extends DirectoryContext, DatabaseContext {
  readonly machines: readonly Machine[];
  readonly flows: readonly Flow[];
}

/** All guest steps of the lab, in an order that respects `after`. */
export function planSteps(context: StepContext): readonly Step[] {
  const { machines, controllers, domain, adminUser, flows, machine } = context;
  const addressOf = (name: string) => machine(name).address;
  const base = new Map(machines.map((one) => [one.name, baseSteps(one, domain, flows, addressOf)]));
  const baseOf = (one: Machine) => base.get(one.name) ?? [];
  const members = machines.filter(({ kind }) => kind !== "domainController");
  const withSql = members.filter(
    ({ kind }) => kind === "sqlServer" || kind === "witness" || kind === "backEnd",
  );
  const steps = [
    ...[...base.values()].flat(),
    ...directorySteps(context, baseOf),
    ...members.map((one) => joinStep(one, domain, adminUser, baseOf(one), forestReady(controllers.primary))),
    ...context.shares.map((share) => planShareStep(share, domain, machine)),
    ...withSql.map((one) => instanceStep(one, domain)),
    ...endpointSteps(context),
    ...context.sets.flatMap((set) => databaseSetSteps(set, context)),
  ];
  const all = [...steps, ...verifySteps(context, steps)];
  const dataCenterOf = new Map(all.map((step) => [step.id, machine(step.machine).dataCenter]));
  return inOrder(all).map((step) => ({
    ...step,
    crossesDataCenters: step.after.some((id) => dataCenterOf.get(id) !== dataCenterOf.get(step.id)),
  }));
}

/** In each data center, once nothing else is left to do there: what holds on its instance of `mgc`. */
function verifySteps(
  { domain, sets, shares, machine, machines }: StepContext,
  steps: readonly Step[],
): readonly Step[] {
  const content = sets.find(({ database }) => database === "mgc");
  if (content === undefined) return [];
  const last = (id: DataCenterId) => {
    const names = new Set(machines.filter(({ dataCenter }) => dataCenter === id).map(({ name }) => name));
    const here = steps.filter((step) => names.has(step.machine));
    const awaited = new Set(here.flatMap(({ after }) => after));
    return here.filter((step) => !awaited.has(step.id)).map((step) => step.id);
  };
  const verify = (id: DataCenterId, host: string, state: string, role: "primary" | "secondary") =>
    makeStep(
      machine(host),
      "verify",
      "Confirm-DataCenter.ps1",
      {
        DataCenter: id,
        DomainName: domain,
        Databases: list(
          sets.filter((set) => set[role] === host).map(({ database }) => `${database}:${state}`),
        ),
        Shares: list(shares.filter(({ readWrite }) => readWrite.includes(host)).map(({ unc }) => unc)),
      },
      last(id),
    );
  return [
    verify("primary", content.primary, "PRINCIPAL", "primary"),
    verify("secondary", content.secondary, "RESTORING", "secondary"),
  ];
}
