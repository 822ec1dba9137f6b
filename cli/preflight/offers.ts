import { parseSize } from "../../topology/azure/sizes";
import type { Found, OwnMachine, RegionOffer, SizeOffer, Usage } from "./found";

/* What is read out of Azure's answers in more places than one. */

/** Sizes of a region, as far as Azure told them. */
const offersIn = (region: RegionOffer | undefined): readonly SizeOffer[] =>
  region !== undefined && "value" in region.sizes ? region.sizes.value : [];

/** Sizes of a region whose names say what they are. */
export const knownSizesIn = (region: RegionOffer | undefined): readonly SizeOffer[] =>
  offersIn(region).filter(({ name }) => parseSize(name) !== undefined);

/** Why a size cannot be had in a region, or in a zone of it; undefined where it can. */
export function refusalOf(
  size: string,
  region: RegionOffer | undefined,
  zone: string | undefined,
): string | undefined {
  const offer = offersIn(region).find(({ name }) => name === size);
  if (offer === undefined) return "is not offered";
  if (offer.refused !== undefined) return `is restricted for this subscription (${offer.refused})`;
  if (zone === undefined) return undefined;
  if (offer.refusedZones.includes(zone)) return "is restricted for this subscription";
  return offer.zones.includes(zone) ? undefined : "is not offered";
}

/** Machines of the lab that exist; none where Azure did not say. */
export const existing = ({ machines }: Found): readonly OwnMachine[] =>
  "value" in machines ? machines.value : [];

/** A quota by its name, which Azure's answers do not write in one way. */
export const usageOf = (usages: readonly Usage[], name: string): Usage | undefined =>
  usages.find((one) => one.name.toLowerCase() === name.toLowerCase());

/** Whether a region has so many vCPUs of each family left, and of all together. */
export function hasRoom(region: RegionOffer | undefined, needed: ReadonlyMap<string, number>): boolean {
  if (region === undefined || !("value" in region.cores)) return false;
  const { value: usages } = region.cores;
  const left = (name: string) => {
    const usage = usageOf(usages, name);
    return usage === undefined ? 0 : usage.limit - usage.current;
  };
  const all = [...needed.values()].reduce((sum, one) => sum + one, 0);
  return [...needed].every(([family, vCpus]) => left(family) >= vCpus) && left("cores") >= all;
}
