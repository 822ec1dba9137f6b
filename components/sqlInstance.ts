import * as pulumi from "@pulumi/pulumi";
import type * as topo from "../topology/model";
import { type DataCenters, Machine, type MachineSettings } from "./machine";

export interface SqlInstanceArgs {
  /** Planned machine with an image that brings SQL Server. */
  readonly machine: topo.Machine;
  readonly dataCenters: DataCenters;
  readonly settings: MachineSettings;
}

/**
 * A default instance of SQL Server on a machine of its own, in whatever roles. Not registered as `Microsoft.SqlVirtualMachine`: that
 * agent brings nothing that mirroring or log shipping needs, takes minutes, and fails on stopped machines.
 *
 * A component around a machine and not a kind of it, although both then have one name in Pulumi's tree: with `extends Machine` the URNs of
 * everything in it would change, and every lab that stands would need an alias for each, to gain a line on the screen.
 */
export class SqlInstance extends pulumi.ComponentResource {
  readonly machine: Machine;

  constructor(
    name: string,
    { machine, dataCenters, settings }: SqlInstanceArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("persistent-chat-lab:index:SqlInstance", name, {}, opts);
    this.machine = new Machine(machine.name, { machine, dataCenters, settings }, { parent: this });
    this.registerOutputs({});
  }
}
