import * as pulumi from "@pulumi/pulumi";
import type * as topo from "../topology/model";
import { type DataCenters, Machine, type MachineSettings } from "./machine";

export interface DomainControllersArgs {
  readonly domain: topo.Plan["domain"];
  /** One for each data center, the first of the forest first. */
  readonly machines: readonly topo.Machine[];
  readonly dataCenters: DataCenters;
  readonly settings: MachineSettings;
}

/** The machines of one forest over both data centers. */
export class DomainControllers extends pulumi.ComponentResource {
  readonly machines: readonly Machine[];

  constructor(name: string, args: DomainControllersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("persistent-chat-lab:index:DomainControllers", name, {}, opts);
    const { dataCenters, settings } = args;
    this.machines = args.machines.map(
      (machine) => new Machine(machine.name, { machine, dataCenters, settings }, { parent: this }),
    );
    this.registerOutputs({ domain: args.domain.fqdn });
  }
}
