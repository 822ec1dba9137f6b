import * as pulumi from "@pulumi/pulumi";
import type * as topo from "../topology/model";
import { type DataCenters, Machine, type MachineSettings } from "./machine";
import { SqlInstance } from "./sqlInstance";

export interface FrontEndPoolArgs {
  readonly pool: topo.FrontEndPool;
  readonly machines: readonly topo.Machine[];
  /** The pool's own SQL Server. */
  readonly backEnd: topo.Machine;
  readonly dataCenters: DataCenters;
  readonly settings: MachineSettings;
}

/** The machines of an Enterprise Edition Front End pool, which stands in one data center, and of its back end. */
export class FrontEndPool extends pulumi.ComponentResource {
  readonly machines: readonly Machine[];
  readonly backEnd: SqlInstance;

  constructor(name: string, args: FrontEndPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    super("persistent-chat-lab:index:FrontEndPool", name, {}, opts);
    const { dataCenters, settings, backEnd, pool } = args;
    const common = { dataCenters, settings };
    this.machines = args.machines.map(
      (machine) => new Machine(machine.name, { machine, ...common }, { parent: this }),
    );
    this.backEnd = new SqlInstance(backEnd.name, { machine: backEnd, ...common }, { parent: this });
    this.registerOutputs({ fqdn: pool.fqdn });
  }
}
