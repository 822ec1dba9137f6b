import * as pulumi from "@pulumi/pulumi";
import type * as topo from "../topology/model";
import { DatabaseSet } from "./databaseSet";
import { DataCenter } from "./dataCenter";
import { DomainControllers } from "./domainControllers";
import { FileServer } from "./fileServer";
import { FrontEndPool } from "./frontEndPool";
import { GuestStep } from "./guestStep";
import type { Machine } from "./machine";
import { Peering } from "./peering";
import { PersistentChatPool } from "./persistentChatPool";
import { withoutTypeAliases } from "./typeAliases";

export interface LabArgs {
  /** The plan of the whole lab, without problems. */
  readonly plan: topo.Plan;
  readonly secrets: Readonly<Record<topo.SecretName, pulumi.Input<string>>>;
}

/** A stretched Persistent Chat pool with everything that its high availability and disaster recovery need, in two data centers. */
export class Lab extends pulumi.ComponentResource {
  constructor(name: string, { plan, secrets }: LabArgs, opts?: pulumi.ComponentResourceOptions) {
    const transformations = [withoutTypeAliases];
    super("persistent-chat-lab:index:Lab", name, {}, pulumi.mergeOptions(opts, { transformations }));
    const parent = { parent: this };
    const { tags, protectData } = plan;
    const dataCenter = (id: topo.DataCenterId) =>
      new DataCenter(id, { dataCenter: plan.dataCenters[id], tags, protectData }, parent);
    const [primary, secondary] = [dataCenter("primary"), dataCenter("secondary")];
    const peering = new Peering("peering", { primary, secondary }, parent);

    const { adminUser, autoShutdown } = plan;
    const settings = { adminUser, adminPassword: secrets.adminPassword, autoShutdown, protectData };
    const common = { dataCenters: { primary, secondary }, settings };
    const planned = new Map(plan.machines.map((machine) => [machine.name, machine]));
    const named = (names: readonly string[]) => names.map((machine) => find(planned, machine));
    const ofKind = (kind: topo.MachineKind) => plan.machines.filter((machine) => machine.kind === kind);

    const controllers = new DomainControllers(
      "directory",
      { domain: plan.domain, machines: ofKind("domainController"), ...common },
      parent,
    );
    const sets = plan.databaseSets.map(
      (set) => new DatabaseSet(set.database, { set, machines: named(set.machines), ...common }, parent),
    );
    const fileServers = ofKind("fileServer").map((machine) => {
      const shares = plan.shares.filter(({ host }) => host === machine.name);
      return new FileServer(`${machine.name}-shares`, { machine, shares, ...common }, parent);
    });
    const frontEndPools = plan.frontEndPools.map((pool) => {
      const backEnd = find(planned, pool.backEnd);
      return new FrontEndPool(pool.name, { pool, machines: named(pool.servers), backEnd, ...common }, parent);
    });
    const chatPool = new PersistentChatPool(
      plan.pool.name,
      { pool: plan.pool, machines: named(plan.pool.servers), ...common },
      parent,
    );

    const machines = [
      ...controllers.machines,
      ...sets.flatMap(({ instances }) => instances.map(({ machine }) => machine)),
      ...fileServers.map(({ machine }) => machine),
      ...frontEndPools.flatMap((pool) => [...pool.machines, pool.backEnd.machine]),
      ...chatPool.machines,
    ];
    runSteps(
      plan.steps,
      new Map(machines.map((machine) => [machine.planned.name, machine])),
      peering,
      secrets,
    );
    this.registerOutputs({});
  }
}

/** The guest steps, each after those that it names and, where it reaches over, after the link between the data centers. */
function runSteps(
  steps: readonly topo.Step[],
  machines: ReadonlyMap<string, Machine>,
  peering: Peering,
  secrets: LabArgs["secrets"],
): void {
  const done = new Map<string, GuestStep>();
  for (const step of steps) {
    const machine = find(machines, step.machine);
    const dependsOn = [
      ...step.after.map((id) => find(done, id)),
      ...(step.crossesDataCenters ? peering.directions : []),
    ];
    const replaceWith = (step.replacedWith ?? []).map((name) => find(machines, name).vm);
    done.set(
      step.id,
      new GuestStep(`${step.machine}-${step.name}`, { step, machine, secrets }, { dependsOn, replaceWith }),
    );
  }
}

function find<T>(all: ReadonlyMap<string, T>, name: string): T {
  const found = all.get(name);
  if (found === undefined) throw new Error(`Cannot build the lab: the plan has no "${name}"`);
  return found;
}
