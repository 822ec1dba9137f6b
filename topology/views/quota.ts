import { familyOf, parseSize } from "../azure/sizes";
import type { DataCenterId, Plan } from "../model";

/** vCPUs that a lab needs of one family in one region. */
export interface QuotaNeed {
  readonly region: string;
  /** Name of the quota, such as `standardDSv5Family`. */
  readonly family: string;
  readonly vCpus: number;
}

/** What a lab needs of the quota of vCPUs, by region and family; a subscription has a limit for each. */
export function quotaNeeds({ machines, dataCenters }: Plan): readonly QuotaNeed[] {
  const needs = new Map<string, { region: string; family: string; vCpus: number }>();
  for (const { dataCenter, size } of machines) {
    const { region } = dataCenters[dataCenter as DataCenterId];
    const family = familyOf(size);
    const need = needs.get(`${region} ${family}`) ?? { region, family, vCpus: 0 };
    need.vCpus += parseSize(size)?.vCpus ?? 0;
    needs.set(`${region} ${family}`, need);
  }
  return [...needs.values()];
}
