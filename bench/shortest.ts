import { tokens } from "../simulator/arm/resourceTypes";
import type { Rehearsal } from "../simulator/time/rehearsal";
import type { Plan } from "../topology/model";

/*
 * How fast a lab could be at best: the longest chain of what must wait, without regard to how many operations run at a time. What Azure
 * makes wait is stated here a second time, and what guest steps wait for is held against `test/support/guest/mustWait.ts`; so a needless wait in a
 * component shows as a difference.
 */

/** Minutes below which no order of work brings the lab up, with the durations of its rehearsal. */
export function shortestMinutes(plan: Plan, { resources, timeline }: Rehearsal): number {
  const spans = new Map(timeline.map(({ urn, start, end }) => [urn, end - start]));
  const minutesOf = (type: string, property: string, name: string) => {
    const found = resources.find((one) => one.type === type && one.inputs[property] === name);
    if (found === undefined) throw new Error(`bench/shortest.ts finds no ${type} called ${name}`);
    return spans.get(found.urn) ?? 0;
  };
  const machineReady = new Map(
    plan.machines.map((machine) => {
      const { resourceGroup, virtualNetwork, subnets } = plan.dataCenters[machine.dataCenter];
      const group = minutesOf(tokens.group, "resourceGroupName", resourceGroup);
      const rules = subnets.find(({ name }) => name === machine.subnet)?.securityGroup?.name ?? "";
      const subnetStarts = Math.max(
        minutesOf(tokens.network, "virtualNetworkName", virtualNetwork),
        minutesOf(tokens.securityGroup, "networkSecurityGroupName", rules),
        minutesOf(tokens.publicIp, "publicIpAddressName", plan.dataCenters[machine.dataCenter].natAddress) +
          minutesOf(tokens.natGateway, "natGatewayName", plan.dataCenters[machine.dataCenter].natGateway),
      );
      const nic =
        subnetStarts +
        minutesOf(tokens.subnet, "subnetName", machine.subnet) +
        minutesOf(tokens.nic, "networkInterfaceName", machine.networkInterface);
      const disks = machine.dataDisks.map(({ name }) => minutesOf(tokens.disk, "diskName", name));
      return [
        machine.name,
        group + Math.max(nic, ...disks) + minutesOf(tokens.machine, "vmName", machine.name),
      ];
    }),
  );
  const commands = new Map(
    resources
      .filter(({ type }) => type === tokens.runCommand)
      .map(({ inputs, urn }) => [`${inputs.vmName}/${inputs.runCommandName}`, urn]),
  );
  // Steps come in an order that respects what they wait for.
  const ends = new Map<string, number>();
  for (const { id, machine, after } of plan.steps) {
    const starts = after.map((before) => ends.get(before) ?? 0);
    const minutes = spans.get(commands.get(id) ?? "") ?? 0;
    ends.set(id, Math.max(machineReady.get(machine) ?? 0, ...starts) + minutes);
  }
  return Math.max(...machineReady.values(), ...ends.values());
}
