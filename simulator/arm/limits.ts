/*
 * What a subscription may not have although Azure offers it. Azure says each of these before anything is made, on request, and
 * refuses a deployment that wants it all the same.
 */

/** A size that a region does not give to this subscription, as a whole or in some zones. */
export interface SizeRestriction {
  readonly size: string;
  readonly region: string;
  /** Zones in which it is restricted, such as `1`; the whole region where they are left out. */
  readonly zones?: readonly string[];
}

/** How many vCPUs the subscription may use in one region. */
export interface CoreLimit {
  readonly region: string;
  /** A family such as `standardDSv5Family`, or `Total Regional`. */
  readonly quota: string;
  readonly limit: number;
}

export interface Limits {
  readonly sizes: readonly SizeRestriction[];
  readonly cores: readonly CoreLimit[];
  /** Namespaces of providers that the subscription is not registered for. */
  readonly providers: readonly string[];
  /** Marketplace images that are not there, as `publisher:offer:sku`. */
  readonly missingImages: readonly string[];
  /** Marketplace images whose terms the subscription has not accepted. */
  readonly openTerms: readonly string[];
  /** Actions that the account has no permission for, such as `Microsoft.Compute/virtualMachines/write`. */
  readonly deniedActions: readonly string[];
}

/** A subscription that may have everything. */
export const noLimits: Limits = {
  sizes: [],
  cores: [],
  providers: [],
  missingImages: [],
  openTerms: [],
  deniedActions: [],
};

/** Whether two names of Azure's are the same: it does not tell upper from lower case. */
export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether a name is among others. */
export const isAmong = (names: readonly string[], name: string): boolean =>
  names.some((one) => sameName(one, name));

/** The restrictions of a size in a region. */
export const restrictionsOf = ({ sizes }: Limits, size: string, region: string): readonly SizeRestriction[] =>
  sizes.filter((one) => sameName(one.size, size) && sameName(one.region, region));
