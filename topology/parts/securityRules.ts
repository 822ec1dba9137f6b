import { firstPriority, lastPriority } from "../azure/limits";
import type { Flow, Machine, SecurityRule, SubnetName } from "../model";
import { subnetNames } from "./addresses";
import { mustHold } from "./invariants";

/** Leaves gaps for rules that an operator adds in a hurry. */
const priorityStep = 10;

/**
 * The service tag `VirtualNetwork` covers the peered network too, and Azure's built-in rules let all of it in: without this rule each
 * data center could reach everything in the other.
 */
const denyRest: SecurityRule = {
  name: "deny-virtual-network",
  priority: lastPriority,
  access: "Deny",
  protocol: "Any",
  sources: ["VirtualNetwork"],
  destinations: ["*"],
  ports: ["*"],
  description: "Whatever no planned flow needs",
};

/** Inbound rules of one subnet: the flows that end in it, then the denial of the rest. */
export function securityRules(
  machinesHere: readonly Machine[],
  flows: readonly Flow[],
  addressOf: (machine: string) => string,
): readonly SecurityRule[] {
  const here = new Set(machinesHere.map(({ name }) => name));
  const rules = flows
    .map((flow) => ({ flow, destinations: flow.to.filter((name) => here.has(name)) }))
    .filter(({ destinations }) => destinations.length > 0)
    .map(
      ({ flow, destinations }, index): SecurityRule => ({
        name: flow.name,
        priority: firstPriority + index * priorityStep,
        access: "Allow",
        protocol: flow.protocol,
        sources: sourcesOf(flow, addressOf),
        destinations: destinations.map(addressOf),
        ports: flow.ports,
        description: flow.purpose,
      }),
    );
  mustHold(
    rules.every(({ priority }) => priority < lastPriority),
    `a subnet has ${rules.length} security rules, more than there are priorities for`,
  );
  return [...rules, denyRest];
}

/** Where a flow comes from, as addresses or a range. */
export function sourcesOf(flow: Flow, addressOf: (machine: string) => string): readonly string[] {
  return "prefix" in flow.from ? [flow.from.prefix] : flow.from.map(addressOf);
}

/** Subnets that hold machines, in the order of the address plan. */
export function usedSubnets(machines: readonly Machine[]): readonly SubnetName[] {
  return subnetNames.filter((name) => machines.some((machine) => machine.subnet === name));
}
