import type { Flow, Machine, SecurityRule, SubnetName } from "../model";

/** Azure's range for priorities is 100 to 4096; ours leave gaps for rules that an operator adds in a hurry. */
const firstPriority = 100;
const priorityStep = 10;
const lastPriority = 4096;

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
  return [...rules, denyRest];
}

/** Where a flow comes from, as addresses or a range. */
export function sourcesOf(flow: Flow, addressOf: (machine: string) => string): readonly string[] {
  return "prefix" in flow.from ? [flow.from.prefix] : flow.from.map(addressOf);
}

/** Subnets that hold machines, in the order of the address plan. */
export function usedSubnets(machines: readonly Machine[]): readonly SubnetName[] {
  const order: readonly SubnetName[] = ["directory", "database", "chat", "front-end", "file"];
  return order.filter((name) => machines.some((machine) => machine.subnet === name));
}
