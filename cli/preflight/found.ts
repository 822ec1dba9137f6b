import type { Answered } from "./answered";

/*
 * What a subscription may have, as Azure tells it. Plain data: conclusions from it are drawn elsewhere, without another request.
 */

/** A VM size in a region. */
export interface SizeOffer {
  readonly name: string;
  /** Name of its quota, such as `standardDSv5Family`. */
  readonly family: string;
  readonly vCpus: number;
  /** Absent where Azure does not say. */
  readonly memoryGiB?: number;
  /** Zones in which the region has it. */
  readonly zones: readonly string[];
  /** Why the subscription does not get it anywhere in the region, such as `NotAvailableForSubscription`. */
  readonly refused?: string;
  /** Zones in which the subscription does not get it. */
  readonly refusedZones: readonly string[];
}

/** A quota: what is in use, and what may be. */
export interface Usage {
  readonly name: string;
  readonly current: number;
  readonly limit: number;
}

/** What the subscription may have in one region. */
export interface RegionOffer {
  readonly sizes: Answered<readonly SizeOffer[]>;
  readonly cores: Answered<readonly Usage[]>;
  readonly network: Answered<readonly Usage[]>;
}

export interface Provider {
  /** As Azure calls it: `Registered`, `NotRegistered`, `Registering`, `Unregistered`. */
  readonly state: string;
  /** Regions of each of its types, in lower case and without spaces; the types in lower case. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
}

/** A machine image in a region; absent where it is not there. */
export interface ImageOffer {
  readonly version: string;
  /** The plan whose terms must be accepted, where there is one. */
  readonly plan?: { readonly publisher: string; readonly product: string; readonly name: string };
  /** Whether they were accepted. */
  readonly accepted?: Answered<boolean>;
}

/** A resource group of a name that the lab wants; absent where there is none. */
export interface Group {
  readonly location: string;
  /** The lab that it belongs to, by its tag. */
  readonly lab: string | undefined;
}

/** A machine in the lab's resource groups. */
export interface OwnMachine {
  readonly name: string;
  readonly region: string;
  readonly size: string;
}

/** A resource in the lab's resource groups. */
export interface OwnResource {
  /** As Azure calls it, in lower case: `microsoft.network/publicipaddresses`. */
  readonly type: string;
  readonly region: string;
}

/** What the account may do: https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

export interface Found {
  readonly regions: Readonly<Record<string, RegionOffer>>;
  readonly providers: Readonly<Record<string, Answered<Provider>>>;
  /** By region and image, as `imageKey` names them. */
  readonly images: Readonly<Record<string, Answered<ImageOffer | undefined>>>;
  readonly groups: Readonly<Record<string, Answered<Group | undefined>>>;
  readonly machines: Answered<readonly OwnMachine[]>;
  readonly resources: Answered<readonly OwnResource[]>;
  readonly permissions: Answered<readonly Permission[]>;
}
