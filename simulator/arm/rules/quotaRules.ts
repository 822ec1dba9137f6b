import { conflict } from "../armError";
import { sameId } from "../ids";
import { text } from "../inputs";
import { sameName } from "../limits";
import { tokens } from "../resourceTypes";
import type { ArmRule, ArmRules } from "./rule";

/** How a quota is called that all machines of a region count against. */
export const allCores = "Total Regional";

/** What a subscription may use in a region where nobody says otherwise. */
export const usualCores = { [allCores]: 350 } as const;

/** vCPUs of a size: the number in its name, as in `Standard_D4s_v5`. */
function coresOf(size: string): number {
  return Number(/^Standard_[A-Z]+([0-9]+)/.exec(size)?.[1] ?? 0);
}

/** The quota of a size: `standardDSv5Family` for `Standard_D4s_v5`. */
function familyOf(size: string): string {
  const [, series = "", features = "", version = ""] =
    /^Standard_([A-Z]+)[0-9]+(?:-[0-9]+)?([a-z]*)(?:_[A-Z]\w*?)*(?:_(v[0-9]+))?$/.exec(size) ?? [];
  return series === "B" && version === ""
    ? "standardBSFamily"
    : `standard${series}${features.toUpperCase()}${version}Family`;
}

/** https://learn.microsoft.com/azure/quotas/per-vm-quota-requests: each family has a limit in each region, and all together have one. */
const coresAreLeft: ArmRule = ({ token, inputs, id, all, cores, limits }) => {
  if (token !== tokens.machine) return undefined;
  const size = text(inputs, "hardwareProfile.vmSize");
  const region = text(inputs, "location").toLowerCase();
  const others = all(tokens.machine).filter(
    (other) => text(other.inputs, "location").toLowerCase() === region && !sameId(other.id, id),
  );
  const own = limits.cores.filter((one) => sameName(one.region, region));
  const quotas = [...Object.entries(cores), ...own.map(({ quota, limit }) => [quota, limit] as const)];
  for (const [quota, limit] of quotas) {
    const counts = (one: string) => quota === allCores || sameName(familyOf(one), quota);
    if (!counts(size)) continue;
    const used = others
      .map((other) => text(other.inputs, "hardwareProfile.vmSize"))
      .filter(counts)
      .reduce((sum, one) => sum + coresOf(one), 0);
    const wanted = coresOf(size);
    if (used + wanted > limit)
      return conflict(
        "OperationNotAllowed",
        `Operation could not be completed as it results in exceeding approved ${quota} Cores quota. Additional details - Deployment Model: Resource Manager, Location: ${region}, Current Limit: ${limit}, Current Usage: ${used}, Additional Required: ${wanted}, (Minimum) New Limit Required: ${used + wanted}.`,
      );
  }
  return undefined;
};

export const quotaRules: ArmRules = { coresAreLeft };
