import table from "./roundTrips.json";

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

/** A region as configurations write it: Azure takes and gives `North Europe` too. */
export const plainRegion = (region: string): string => region.replaceAll(" ", "").toLowerCase();

/** A region that refuses customers: what was reported, since when, and where. */
export interface Restriction {
  readonly reported: string;
  /** Year and month of the report, `2026-05`. */
  readonly since: string;
  readonly source: string;
}

/** Regions of which customers report that machines were refused although their quota was free, or that Microsoft opens on request only. */
const restrictions: Readonly<Record<string, Restriction>> = {
  uksouth: {
    reported: "new customers get no machines in its zones, whatever their quota",
    since: "2026-05",
    // Confirmed for every D-series size in https://github.com/Azure/AKS/issues/5746.
    source: "https://www.cisilion.com/news-blog/azure-uk-south-capacity-constraints/",
  },
  ukwest: {
    reported: "quota for machines is refused",
    since: "2026-04",
    source:
      "https://news.lavx.hu/article/microsoft-azure-uk-capacity-crisis-users-pushed-to-sweden-as-regions-hit-full-capacity",
  },
  eastus: {
    reported: "allocation of machines failed for more than a week",
    since: "2025-07",
    source: "https://trustedtechteam.co.uk/blogs/azure/azure-capacity-issues-guide",
  },
  eastus2: {
    reported: "Standard_D8ads_v5 was refused with SkuNotAvailable",
    since: "2026-02",
    source: "https://github.com/jenkins-infra/helpdesk/issues/5004",
  },
  francesouth: {
    reported: "Microsoft opens it on request only",
    since: "2026-11",
    source: "https://learn.microsoft.com/troubleshoot/azure/general/region-access-request-process",
  },
};

/** What is known of a region that refuses customers; undefined for the others. */
export function restrictionOf(region: string): Restriction | undefined {
  return restrictions[region];
}

/** Median round trip in milliseconds between two regions, where Microsoft published it: roundTrips.json has the source. */
export function roundTripMs(one: string, other: string): number | undefined {
  const [near, far] = [one, other].map((region) => table.regions.indexOf(region)).sort((a, b) => a - b);
  return near === undefined || far === undefined || near < 0 ? undefined : table.matrix[far]?.[near];
}

/**
 * Regions that a data center could move to, the nearest to the other data center first: open to new customers, with zones if wanted,
 * and neither of the two.
 */
export function alternativesTo(region: string, other: string, wantsZones: boolean): readonly string[] {
  const distance = (one: string) => roundTripMs(one, other) ?? Number.POSITIVE_INFINITY;
  return regions
    .filter((one) => one !== region && one !== other && restrictionOf(one) === undefined)
    .filter((one) => distance(one) !== Number.POSITIVE_INFINITY && (!wantsZones || hasZones(one) === true))
    .sort((one, two) => distance(one) - distance(two));
}
