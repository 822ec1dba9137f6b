/**
 * Azure regions as of November 2026. Zones: https://learn.microsoft.com/azure/reliability/regions-list. A region that is missing here
 * can still be used by stating `faultIsolation` for it.
 */
const withZones = [
  "australiaeast",
  "austriaeast",
  "belgiumcentral",
  "brazilsouth",
  "canadacentral",
  "centralindia",
  "centralus",
  "chilecentral",
  "eastasia",
  "eastus",
  "eastus2",
  "francecentral",
  "germanywestcentral",
  "indonesiacentral",
  "israelcentral",
  "italynorth",
  "japaneast",
  "japanwest",
  "koreacentral",
  "malaysiawest",
  "mexicocentral",
  "newzealandnorth",
  "northeurope",
  "norwayeast",
  "polandcentral",
  "qatarcentral",
  "southafricanorth",
  "southcentralus",
  "southeastasia",
  "spaincentral",
  "swedencentral",
  "switzerlandnorth",
  "uaenorth",
  "uksouth",
  "westeurope",
  "westus2",
  "westus3",
];

/** Some of them take new customers on request only, francesouth for instance. */
const withoutZones = [
  "australiacentral",
  "australiasoutheast",
  "canadaeast",
  "francesouth",
  "northcentralus",
  "southindia",
  "ukwest",
  "westcentralus",
  "westindia",
  "westus",
];

/** The cloud apart from the public one that a region belongs to. Source: https://learn.microsoft.com/azure/reliability/sovereign-clouds-overview */
export function otherCloudOf(region: string): string | undefined {
  if (/^us(gov|dod)/.test(region)) return "Azure Government";
  return /^china/.test(region) ? "Azure operated by 21Vianet" : undefined;
}

/** Every region that this lab knows, in alphabetical order. */
export const regions: readonly string[] = [...withZones, ...withoutZones].sort();

/** Whether a region has three availability zones; undefined for a region that is not listed. */
export function hasZones(region: string): boolean | undefined {
  if (withZones.includes(region)) return true;
  return withoutZones.includes(region) ? false : undefined;
}

/** Median round trip between two regions in milliseconds, as Microsoft published it for July 2026; one direction of each pair. */
const roundTrips: Readonly<Record<string, number>> = {
  "eastus eastus2": 8,
  "centralus northcentralus": 14,
  "canadacentral eastus": 18,
  "eastus northcentralus": 19,
  "centralus southcentralus": 26,
  "centralus eastus": 28,
  "eastus2 southcentralus": 31,
  "centralus eastus2": 32,
  "eastus southcentralus": 35,
  "westus westus2": 24,
  "westus westus3": 19,
  "eastus westus3": 58,
  "eastus westus": 69,
  "eastus westus2": 71,
  "eastus uksouth": 78,
  "eastus japaneast": 162,
  "australiaeast eastus": 201,
  "northeurope westeurope": 17,
  "uksouth westeurope": 11,
  "francecentral westeurope": 12,
  "germanywestcentral westeurope": 11,
  "swedencentral westeurope": 26,
  "northeurope uksouth": 13,
  "uksouth ukwest": 7,
  "japaneast japanwest": 11,
  "australiaeast australiasoutheast": 15,
  "canadacentral canadaeast": 13,
  "eastasia southeastasia": 36,
  "eastus northeurope": 71,
  "eastus westeurope": 83,
  "brazilsouth eastus": 117,
  "southeastasia westeurope": 169,
  "eastus southeastasia": 224,
};

/** Median round trip in milliseconds between two regions, where it was published. */
export function roundTripMs(one: string, other: string): number | undefined {
  return roundTrips[[one, other].sort().join(" ")];
}
