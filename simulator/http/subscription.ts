import { regions } from "../../topology/azure/regions";
import { familyOf, parseSize } from "../../topology/azure/sizes";
import { type Inputs, text } from "../arm/inputs";
import { type Limits, noLimits, sameName } from "../arm/limits";
import type { StoredResource } from "../arm/resource";
import { resourceTypes, tokens } from "../arm/resourceTypes";
import { allCores, usualCores } from "../arm/rules/quotaRules";
import { versionsOf } from "./apiVersions";
import { families } from "./sizes";

/*
 * What a subscription is besides its resources: where they may stand, what there is to make, and how much of it.
 */

export const tenantId = "00000000-0000-0000-0000-00000000000a";

export const subscriptionOf = (subscriptionId: string): Inputs => ({
  id: `/subscriptions/${subscriptionId}`,
  subscriptionId,
  tenantId,
  displayName: "Simulated Azure",
  state: "Enabled",
  subscriptionPolicies: {
    locationPlacementId: "Public_2014-09-01",
    quotaId: "PayAsYouGo_2014-09-01",
    spendingLimit: "Off",
  },
  authorizationSource: "RoleBased",
  managedByTenants: [],
});

export const tenant: Inputs = {
  id: `/tenants/${tenantId}`,
  tenantId,
  displayName: "Simulated Azure",
  defaultDomain: "simulated.invalid",
  tenantType: "AAD",
};

export const locationsOf = (subscriptionId: string): readonly Inputs[] =>
  regions.map((name) => ({
    id: `/subscriptions/${subscriptionId}/locations/${name}`,
    name,
    type: "Region",
    displayName: name,
    regionalDisplayName: name,
    metadata: { regionType: "Physical", regionCategory: "Recommended" },
  }));

/** Kinds of things that each provider has here. */
const kindsByProvider = new Map<string, string[]>();
for (const { armType } of Object.values(resourceTypes)) {
  const [namespace = "", ...kinds] = armType.split("/");
  kindsByProvider.set(namespace, [...(kindsByProvider.get(namespace) ?? []), kinds.join("/")]);
}

export function providerOf(
  subscriptionId: string,
  wanted: string,
  { providers }: Limits = noLimits,
): Inputs | undefined {
  const found = [...kindsByProvider].find(([namespace]) => namespace.toLowerCase() === wanted.toLowerCase());
  if (found === undefined) return undefined;
  const [namespace, kinds] = found;
  return {
    id: `/subscriptions/${subscriptionId}/providers/${namespace}`,
    namespace,
    registrationState: providers.some((one) => sameName(one, namespace)) ? "NotRegistered" : "Registered",
    registrationPolicy: "RegistrationRequired",
    resourceTypes: kinds.map((resourceType) => ({
      resourceType,
      locations: regions,
      apiVersions: versionsOf(namespace, resourceType.split("/")),
      capabilities: "SupportsTags, SupportsLocation",
    })),
  };
}

export const providersOf = (subscriptionId: string, limits: Limits): readonly Inputs[] =>
  [...kindsByProvider.keys()]
    .map((namespace) => providerOf(subscriptionId, namespace, limits))
    .filter((one) => one !== undefined);

/** vCPUs in use in a region, of each family and in all, and how many may be. */
export function computeUsagesIn(
  region: string,
  machines: readonly StoredResource[],
  cores: Readonly<Record<string, number>>,
  limits: Limits,
): readonly Inputs[] {
  const own = limits.cores.filter((one) => sameName(one.region, region));
  const limitOf = (quota: string) => own.find((one) => sameName(one.quota, quota))?.limit ?? cores[quota];
  const here = machines
    .filter(({ inputs }) => text(inputs, "location").toLowerCase() === region.toLowerCase())
    .map(({ inputs }) => text(inputs, "hardwareProfile.vmSize"));
  const vCpusOf = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + (parseSize(name)?.vCpus ?? 0), 0);
  const total = limitOf(allCores) ?? usualCores[allCores];
  const usage = (value: string, localizedValue: string, currentValue: number, limit: number) => ({
    unit: "Count",
    currentValue,
    limit,
    name: { value, localizedValue },
  });
  return [
    usage("cores", "Total Regional vCPUs", vCpusOf(here), total),
    usage("virtualMachines", "Virtual Machines", here.length, 25_000),
    ...[...new Set([...families, ...here.map(familyOf)])].map(
      (family): Inputs =>
        usage(
          family,
          `${family} vCPUs`,
          vCpusOf(here.filter((name) => familyOf(name) === family)),
          limitOf(family) ?? cores[allCores] ?? usualCores[allCores],
        ),
    ),
  ];
}

/** Limits of a network: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits */
const networkLimits = [
  [tokens.network, "VirtualNetworks", 1000],
  [tokens.publicIp, "StandardSkuPublicIpAddresses", 1000],
  [tokens.nic, "NetworkInterfaces", 65_536],
  [tokens.securityGroup, "NetworkSecurityGroups", 5000],
] as const;

export const networkUsagesIn = (
  subscriptionId: string,
  region: string,
  all: (token: string) => readonly StoredResource[],
): readonly Inputs[] =>
  networkLimits.map(([token, value, limit]) => ({
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.Network/locations/${region}/usages/${value}`,
    unit: "Count",
    currentValue: all(token).filter(({ inputs }) => text(inputs, "location") === region).length,
    limit,
    name: { value, localizedValue: value },
  }));
