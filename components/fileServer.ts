import * as pulumi from "@pulumi/pulumi";
import type * as topo from "../topology/model";
import { type DataCenters, Machine, type MachineSettings } from "./machine";

export interface FileServerArgs {
  readonly machine: topo.Machine;
  /** The shares that its guest steps create. */
  readonly shares: readonly topo.Share[];
  readonly dataCenters: DataCenters;
  readonly settings: MachineSettings;
}

/** A file server with SMB shares: file stores and, in one data center, the log-shipping backup share. */
export class FileServer extends pulumi.ComponentResource {
  readonly machine: Machine;

  constructor(name: string, args: FileServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("persistent-chat-lab:index:FileServer", name, {}, opts);
    const { machine, dataCenters, settings } = args;
    this.machine = new Machine(machine.name, { machine, dataCenters, settings }, { parent: this });
    this.registerOutputs({ shares: args.shares.map(({ unc }) => unc) });
  }
}
