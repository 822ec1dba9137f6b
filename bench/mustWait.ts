import { tokens } from "../simulator/arm/resourceTypes";
import type { Rehearsal } from "../simulator/time/rehearsal";
import type { Plan, Step } from "../topology/model";

/*
 * How fast a lab could be at best: the longest chain of what must wait by the nature of Azure, Windows and SQL Server. Stated here a
 * second time and without looking at the plan's own graph, so that a needless wait in the plan or in a component shows as a difference.
 */

/** Steps by the end of their name; those of a database start with its name. */
const isEarly = ({ name }: Step) => ["data-disks", "firewall", "dns-client", "prerequisites"].includes(name);

/** Whether `step` cannot start before `other` is done. */
function stepMustWait(step: Step, other: Step, plan: Plan): boolean {
  const own = step.machine === other.machine;
  const joins = (...machines: readonly (string | undefined)[]) =>
    other.name === "join" && machines.includes(other.machine);
  const share = plan.shares.find(({ host, purpose }) => host === step.machine && purpose === step.name);
  if (share !== undefined) return joins(share.host, ...share.readWrite, ...share.readOnly);
  const set = plan.databaseSets.find(({ database }) => step.name.startsWith(`${database}-`));
  if (set !== undefined) return databaseMustWait(step, other, plan, set);
  switch (step.name) {
    case "prerequisites":
      // Windows Update has no name for a member before there is a forest.
      return other.name === "forest-ready";
    case "forest":
      // What still runs when the machine restarts is lost.
      return own && isEarly(other);
    case "forest-ready":
      return own && other.name === "forest";
    case "sites":
      return own && other.name === "forest-ready";
    case "certificate-authority":
      return own && other.name === "sites";
    case "replica":
      return (own && isEarly(other)) || other.name === "sites";
    case "replica-ready":
      return own && other.name === "replica";
    case "join":
      return (own && isEarly(other)) || other.name === "forest-ready";
    case "media":
      return own && other.name === "join";
    case "core-components":
      return own && other.name === "media";
    case "local-store":
    case "directory-preparation":
      return own && other.name === "core-components";
    case "sql-instance":
      return own && other.name === "join";
    case "mirroring-endpoint": {
      const peers = plan.databaseSets.flatMap(({ primary, secondary }) =>
        [primary, secondary].map(({ server, mirror, witness }) => [server, mirror, witness]),
      );
      // It makes logins for the computer accounts of its peers, and for the secondary that takes its backups from here.
      const mine = peers.filter((session) => session.includes(step.machine)).flat();
      const takers = plan.databaseSets
        .filter(({ primary }) => [primary.server, primary.mirror].includes(step.machine))
        .map(({ secondary }) => secondary.server);
      return (own && other.name === "sql-instance") || joins(...mine, ...takers);
    }
    case "health": {
      if (other.name === "verify" || other.name === "health") return false;
      // It looks at the role that a database has in the end, and at the shares that its machine may use.
      const sets = plan.databaseSets
        .map(({ primary }) => [primary.server, primary.mirror])
        .filter((parties) => parties.includes(step.machine));
      const uses = plan.shares.some(
        ({ host, purpose, readWrite, readOnly }) =>
          host === other.machine &&
          purpose === other.name &&
          [...readWrite, ...readOnly].includes(step.machine),
      );
      return own || sets.flat().includes(other.machine) || uses;
    }
    case "verify": {
      const placeOf = (name: string) => plan.machines.find((machine) => machine.name === name)?.dataCenter;
      return (
        other.name !== "verify" &&
        (placeOf(step.machine) === placeOf(other.machine) || other.name === "replica-ready")
      );
    }
    default:
      return false;
  }
}

/** Microsoft's procedures: mirroring, log shipping, then the mirror as second primary of log shipping. */
function databaseMustWait(step: Step, other: Step, plan: Plan, set: Plan["databaseSets"][number]): boolean {
  const { database } = set;
  const { server: primary, mirror, witness } = set.primary;
  const { server: secondary } = set.secondary;
  const is = (machine: string | undefined, name: string) => other.machine === machine && other.name === name;
  const chain = (machine: string | undefined, name: string) => is(machine, `${database}-${name}`);
  const shareIs = (id: string) =>
    plan.shares.some((share) => share.id === id && is(share.host, share.purpose));
  switch (step.name.slice(database.length + 1)) {
    case "database":
      // It asks the partner whether that serves the database already.
      return is(primary, "sql-instance") || is(mirror, "mirroring-endpoint");
    case "mirroring":
      if (step.machine === primary) return chain(mirror, "mirroring");
      return (
        chain(primary, "database") ||
        shareIs(set.logShipping.backupShare) ||
        [primary, mirror, witness].some((party) => is(party, "mirroring-endpoint"))
      );
    case "heartbeat":
      return chain(step.machine, "mirroring");
    case "log-shipping-primary":
      return chain(primary, "mirroring");
    case "log-shipping-secondary":
      return (
        chain(primary, "log-shipping-primary") ||
        is(secondary, "sql-instance") ||
        shareIs(set.logShipping.copyShare)
      );
    case "log-shipping-mirror":
      return chain(secondary, "log-shipping-secondary");
    default:
      throw new Error(`bench/mustWait.ts does not know the step ${step.name}`);
  }
}

/** Minutes below which no order of work brings the lab up, with the durations of its rehearsal. */
export function shortestMinutes(plan: Plan, { resources, timeline }: Rehearsal): number {
  const spans = new Map(timeline.map(({ urn, start, end }) => [urn, end - start]));
  const minutesOf = (type: string, property: string, name: string) => {
    const found = resources.find((one) => one.type === type && one.inputs[property] === name);
    if (found === undefined) throw new Error(`bench/mustWait.ts finds no ${type} called ${name}`);
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
  const known = new Map<string, number>();
  const end = (step: Step): number => {
    const before = known.get(step.id);
    if (before !== undefined) return before;
    const command = resources.find(
      ({ type, inputs }) =>
        type === tokens.runCommand && inputs.vmName === step.machine && inputs.runCommandName === step.name,
    );
    const starts = plan.steps.filter((other) => other !== step && stepMustWait(step, other, plan)).map(end);
    const finished =
      Math.max(machineReady.get(step.machine) ?? 0, ...starts) + (spans.get(command?.urn ?? "") ?? 0);
    known.set(step.id, finished);
    return finished;
  };
  return Math.max(...machineReady.values(), ...plan.steps.map(end));
}
