import * as pulumi from "@pulumi/pulumi";
import type * as topo from "../topology/model";
import type { DataCenters, MachineSettings } from "./machine";
import { SqlInstance } from "./sqlInstance";

export interface DatabaseSetArgs {
  readonly set: topo.DatabaseSet;
  /** The machines that exist for this set; none where it lives on the instances of another. */
  readonly machines: readonly topo.Machine[];
  readonly dataCenters: DataCenters;
  readonly settings: MachineSettings;
}

/**
 * The instances of one database over both data centers: primary, mirror and witness in one, log-shipping secondary with its mirror and
 * witness in the other.
 */
export class DatabaseSet extends pulumi.ComponentResource {
  readonly instances: readonly SqlInstance[];

  constructor(name: string, args: DatabaseSetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("persistent-chat-lab:index:DatabaseSet", name, {}, opts);
    const { dataCenters, settings, set } = args;
    this.instances = args.machines.map(
      (machine) => new SqlInstance(machine.name, { machine, dataCenters, settings }, { parent: this }),
    );
    this.registerOutputs({ primary: set.primary, secondary: set.secondary });
  }
}
