import { sqlImages, windowsImages } from "../../topology/azure/images";
import { alternativesTo, roundTripMs } from "../../topology/azure/regions";
import { isArm, isGeneration1, isKnown, parseSize, type Size } from "../../topology/azure/sizes";
import type { Found, SizeOffer } from "./found";
import { coresByFamily, type ImageNeed, imageKey, imageName, type MachineNeed, type Needs } from "./needs";
import { existing, hasRoom, knownSizesIn, refusalOf } from "./offers";

/*
 * What would work where a size cannot be had: other zones, a similar size, another region. Each is held against what Azure told.
 */

/** How many suggestions of one kind are of use. */
const few = 2;

/** A sentence about the first of some names; none where there is no name. */
const oneOf = (names: readonly string[], sentence: (some: string) => string): readonly string[] =>
  names.length === 0 ? [] : [sentence(names.slice(0, few).join(" or "))];

/** Regions that are worth asking about, the nearest first, for a data center whose region has no room. */
export function regionsToAsk(needs: Needs, region: string): readonly string[] {
  const [other = region] = needs.regions.filter((one) => one !== region);
  const wantsZones = needs.machines.some((one) => one.region === region && one.zone !== undefined);
  return alternativesTo(region, other, wantsZones).slice(0, 3);
}

const orders: readonly (readonly [number, number, number])[] = [
  [1, 2, 3],
  [1, 3, 2],
  [2, 1, 3],
  [2, 3, 1],
  [3, 1, 2],
  [3, 2, 1],
];

/** Another order of zones in which every machine of the data center can have its size. A lab that is deployed cannot change it. */
export function otherZones(
  { region, dataCenter, zone }: MachineNeed,
  needs: Needs,
  found: Found,
): readonly string[] {
  const here = needs.machines.filter((one) => one.dataCenter === dataCenter);
  if (zone === undefined || existing(found).some((one) => one.region === region)) return [];
  const now = needs.zones[dataCenter];
  const order = orders.find((candidate) =>
    here.every((one) => {
      const moved = String(candidate[now.indexOf(Number(one.zone))]);
      return refusalOf(one.size, found.regions[region], moved) === undefined;
    }),
  );
  return order === undefined ? [] : [`Set dataCenters.${dataCenter}.zones to [${order.join(", ")}].`];
}

/** Sizes that a kind of machines could have just as well, wherever such machines stand, with quota for all of them. */
function sizesLike({ size, sizeKey }: MachineNeed, needs: Needs, found: Found): readonly SizeOffer[] {
  const kin = needs.machines.filter((one) => one.sizeKey === sizeKey);
  return knownSizesIn(found.regions[kin[0]?.region ?? ""])
    .filter(({ name }) => name !== size && isLike(name, size))
    .filter(({ name }) =>
      kin.every(({ region, zone }) => refusalOf(name, found.regions[region], zone) === undefined),
    )
    .filter((one) =>
      needs.regions.every((region) => {
        const count = kin.filter((other) => other.region === region).length;
        return hasRoom(found.regions[region], new Map([[one.family, one.vCpus * count]]));
      }),
    )
    .toSorted((one, other) => unlikeness(one, size) - unlikeness(other, size));
}

export function similarSizes(machine: MachineNeed, needs: Needs, found: Found): readonly string[] {
  const names = sizesLike(machine, needs, found).map(({ name }) => name);
  return oneOf(names, (some) => `Set ${machine.sizeKey} to ${some}: offered, with quota.`);
}

/**
 * Which kinds of machines would have to take a size of another family, so that one family in one region needs so many vCPUs less: the
 * smallest kind that is enough, or the largest ones together.
 */
export function lessOfFamily(
  { region, family, less }: { readonly region: string; readonly family: string; readonly less: number },
  needs: Needs,
  found: Found,
): readonly string[] {
  const kinds = new Map<string, { machine: MachineNeed; vCpus: number }>();
  for (const machine of needs.machines) {
    const own = machine.region === region ? coresByFamily([machine.size]).get(family) : undefined;
    if (own === undefined) continue;
    const kind = kinds.get(machine.sizeKey) ?? { machine, vCpus: 0 };
    kinds.set(machine.sizeKey, { ...kind, vCpus: kind.vCpus + own });
  }
  const bySize = [...kinds.values()].toSorted((one, other) => one.vCpus - other.vCpus);
  const alone = bySize.filter(({ vCpus }) => vCpus >= less).slice(0, 1);
  const moved: typeof bySize = alone;
  for (const kind of alone.length > 0 ? [] : bySize.toReversed())
    if (moved.reduce((sum, { vCpus }) => sum + vCpus, 0) < less) moved.push(kind);
  const pairs = moved.map(({ machine, vCpus }) => ({
    key: machine.sizeKey,
    vCpus,
    offer: sizesLike(machine, needs, found).find((one) => one.family !== family),
  }));
  const sums = new Map<string, number>();
  for (const { offer, vCpus } of pairs)
    if (offer !== undefined) sums.set(offer.family, (sums.get(offer.family) ?? 0) + vCpus);
  if (pairs.some(({ offer }) => offer === undefined) || !hasRoom(found.regions[region], sums)) return [];
  const changes = pairs.map(({ key, offer }) => `${key} to ${offer?.name}`);
  return [`Set ${changes.join(", and ")}: another quota, which has room.`];
}

/** Regions that have every size of the data center, in as many zones, with quota. */
export function otherRegions(
  { region, dataCenter }: MachineNeed,
  needs: Needs,
  found: Found,
): readonly string[] {
  const here = needs.machines.filter((one) => one.dataCenter === dataCenter);
  const [other = region] = needs.regions.filter((one) => one !== region);
  if (existing(found).some((one) => one.region === region)) return [];
  const open = regionsToAsk(needs, region).filter((candidate) => {
    const offer = found.regions[candidate];
    const has = here.every(({ size, zone }) => refusalOf(size, offer, zone) === undefined);
    return has && hasRoom(offer, coresByFamily(here.map(({ size }) => size)));
  });
  return oneOf(
    open.map((candidate) => `${candidate} (${roundTripMs(candidate, other)} ms from ${other})`),
    (some) =>
      `Set dataCenters.${dataCenter}.region to ${some}: all sizes of this data center are offered there, with quota.`,
  );
}

/** Images of the same kind that the region has, for the machines that are made of one. SQL Server comes in one version for all partners. */
export function otherImages({ image, region }: ImageNeed, needs: Needs, found: Found): readonly string[] {
  const catalogue = [windowsImages, sqlImages].find((one) =>
    Object.values(one).some((other) => imageName(other.image) === imageName(image)),
  );
  const keys = needs.imageKeys[imageName(image)] ?? [];
  const names = Object.entries(catalogue ?? {})
    .filter(([, other]) => imageName(other.image) !== imageName(image))
    .filter(([, other]) => {
      const answer = found.images[imageKey({ image: other.image, region })];
      const offer = answer !== undefined && "value" in answer ? answer.value : undefined;
      return offer !== undefined && offer.plan === undefined;
    })
    .map(([name]) => name);
  return oneOf(names, (some) => `Set ${keys.join(", ")} to ${some}, which the region has.`);
}

/** Whether the lab could run on a size instead of another one: as many vCPUs of the same series, and nothing that its rules refuse. */
function isLike(name: string, size: string): boolean {
  const [one, other] = [parseSize(name), parseSize(size)];
  if (one === undefined || other === undefined) return false;
  const isUsable = isKnown(one) && !isArm(one) && !isGeneration1(one) && one.version >= 4 && one.version <= 5;
  return isUsable && one.series === other.series && one.vCpus === other.vCpus && one.features.includes("s");
}

/** How far a size is from another one: its version first, then how many letters differ. */
function unlikeness({ name }: SizeOffer, size: string): number {
  const [one, other] = [parseSize(name), parseSize(size)] as [Size, Size];
  const letters = (from: string, to: string) => [...from].filter((letter) => !to.includes(letter)).length;
  const differing = letters(one.features, other.features) + letters(other.features, one.features);
  return 10 * Math.abs(one.version - other.version) + differing;
}
