import { isDomainController, stopsDaily } from "../../policy/machines";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { familyOf, parseSize } from "../../topology/azure/sizes";
import { diskThing, machineThings, type Thing } from "../../topology/views/cost";

/*
 * What a lab uses of quota and money, counted in the resources of a program and not in a plan, since an older checkout gives no more. A test
 * holds both counts against those of a plan.
 */

/** vCPUs by region and family. */
export function coresOf(resources: readonly RegisteredResource[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { inputs } of resources.filter(({ type }) => type === tokens.machine)) {
    const size = String((inputs.hardwareProfile as { vmSize?: string } | undefined)?.vmSize);
    const key = `${String(inputs.location)} ${familyOf(size)}`;
    found.set(key, (found.get(key) ?? 0) + (parseSize(size)?.vCpus ?? 0));
  }
  return found;
}

/** Everything of a program that costs money. */
export function thingsIn(resources: readonly RegisteredResource[]): readonly Thing[] {
  const at = (inputs: RegisteredResource["inputs"]) => String(inputs.location);
  const names: Readonly<Record<string, string>> = {
    [tokens.natGateway]: "NAT gateway",
    [tokens.publicIp]: "Standard public IPv4",
    [tokens.bastion]: "Bastion Basic",
  };
  return resources.flatMap((resource): readonly Thing[] => {
    const { type, inputs } = resource;
    if (type === tokens.disk) return [diskThing(at(inputs), Number(inputs.diskSizeGB))];
    if (type === tokens.machine)
      return thingsOfMachine(
        at(inputs),
        inputs,
        !isDomainController(resource) || stopsDaily(resource, resources),
      );
    const what = names[type];
    return what === undefined ? [] : [{ region: at(inputs), what, onlyRunning: false }];
  });
}

function thingsOfMachine(
  region: string,
  inputs: RegisteredResource["inputs"],
  isStopped: boolean,
): readonly Thing[] {
  const { vmSize = "" } = (inputs.hardwareProfile ?? {}) as { vmSize?: string };
  const { osDisk, imageReference } = (inputs.storageProfile ?? {}) as {
    osDisk?: { diskSizeGB?: number };
    imageReference?: { sku?: string };
  };
  return [
    ...machineThings(region, vmSize, imageReference?.sku ?? "", isStopped),
    diskThing(region, Number(osDisk?.diskSizeGB)),
  ];
}
