import { hasZones, regions } from "../../topology/azure/regions";
import { familyOf, isGeneration1, parseSize, type Size } from "../../topology/azure/sizes";
import type { Inputs } from "../arm/inputs";
import { type Limits, restrictionsOf, type SizeRestriction } from "../arm/limits";

/*
 * The sizes that the simulated Azure offers, in the shape of https://learn.microsoft.com/rest/api/compute/resource-skus/list: general
 * purpose and memory sizes that labs are made of, the same in every region but for zones.
 */

/** Series -> GiB for each vCPU, and the features that each version comes with. */
const catalogue: Readonly<
  Record<
    string,
    { readonly gib: number; readonly features: Readonly<Record<number, readonly string[]>> } | undefined
  >
> = {
  B: { gib: 4, features: { 2: ["s", "as"] } },
  D: {
    gib: 4,
    features: { 3: ["", "s"], 4: ["", "s", "d", "ds", "as"], 5: ["", "s", "d", "ds", "as", "ads"] },
  },
  E: {
    gib: 8,
    features: { 3: ["", "s"], 4: ["", "s", "d", "ds", "as"], 5: ["", "s", "d", "ds", "as", "ads"] },
  },
};

const vCpus = [2, 4, 8, 16, 32];

const sizes: readonly string[] = Object.entries(catalogue).flatMap(([series, row]) =>
  Object.entries(row?.features ?? {}).flatMap(([version, features]) =>
    features.flatMap((letters) => vCpus.map((count) => `Standard_${series}${count}${letters}_v${version}`)),
  ),
);

/** Every quota family of these sizes. */
export const families: readonly string[] = [...new Set(sizes.map(familyOf))];

/** What the subscription may make in a region, or in all. */
export function skusIn(region: string | undefined, limits: Limits): readonly Inputs[] {
  return (region === undefined ? regions : [region]).flatMap((one) =>
    sizes.map((name) => skuOf(name, one, limits)),
  );
}

function skuOf(name: string, region: string, limits: Limits): Inputs {
  const size = parseSize(name) as Size;
  const capabilities = {
    vCPUs: String(size.vCpus),
    MemoryGB: String(size.vCpus * (catalogue[size.series]?.gib ?? 4)),
    HyperVGenerations: isGeneration1(size) ? "V1" : "V1,V2",
    CpuArchitectureType: "x64",
    PremiumIO: size.features.includes("s") ? "True" : "False",
  };
  return {
    resourceType: "virtualMachines",
    name,
    tier: "Standard",
    size: name.replace("Standard_", ""),
    family: familyOf(name),
    locations: [region],
    locationInfo: [{ location: region, zones: hasZones(region) ? ["1", "2", "3"] : [], zoneDetails: [] }],
    capabilities: Object.entries(capabilities).map(([key, value]) => ({ name: key, value })),
    restrictions: restrictionsOf(limits, name, region).map((one) => restriction(one, region)),
  };
}

const restriction = ({ zones }: SizeRestriction, region: string): Inputs => ({
  type: zones === undefined ? "Location" : "Zone",
  values: [region],
  restrictionInfo: { locations: [region], ...(zones === undefined ? {} : { zones }) },
  reasonCode: "NotAvailableForSubscription",
});
