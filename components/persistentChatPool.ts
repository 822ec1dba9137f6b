import * as pulumi from "@pulumi/pulumi";
import type * as topo from "../topology/model";
import { type DataCenters, Machine, type MachineSettings } from "./machine";

export interface PersistentChatPoolArgs {
  readonly pool: topo.Pool;
  readonly machines: readonly topo.Machine[];
  readonly dataCenters: DataCenters;
  readonly settings: MachineSettings;
}

/** The machines of the stretched Persistent Chat pool: one pool in the topology, servers in both data centers. */
export class PersistentChatPool extends pulumi.ComponentResource {
  /** In pool order. */
  readonly machines: readonly Machine[];

  constructor(name: string, args: PersistentChatPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    super("persistent-chat-lab:index:PersistentChatPool", name, {}, opts);
    const { dataCenters, settings, pool } = args;
    this.machines = args.machines.map(
      (machine) => new Machine(machine.name, { machine, dataCenters, settings }, { parent: this }),
    );
    this.registerOutputs({ fqdn: pool.fqdn, active: pool.active, idle: pool.idle });
  }
}
