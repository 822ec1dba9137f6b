import { conflict } from "../armError";
import type { ArmRule } from "../cloud";
import { text } from "../inputs";
import { tokens } from "../resourceTypes";

/** vCPUs of a size: the number in its name, as in `Standard_D4s_v5`. */
function coresOf(size: string): number {
  return Number(/^Standard_[A-Z]+([0-9]+)/.exec(size)?.[1] ?? 0);
}

const coresAreLeft: ArmRule = ({ token, inputs, id, all, coresPerRegion }) => {
  if (token !== tokens.machine) return undefined;
  const region = text(inputs, "location").toLowerCase();
  const used = all(tokens.machine)
    .filter(
      (other) =>
        text(other.inputs, "location").toLowerCase() === region &&
        other.id.toLowerCase() !== id.toLowerCase(),
    )
    .reduce((sum, other) => sum + coresOf(text(other.inputs, "hardwareProfile.vmSize")), 0);
  const wanted = coresOf(text(inputs, "hardwareProfile.vmSize"));
  return used + wanted > coresPerRegion
    ? conflict(
        "QuotaExceeded",
        `Operation could not be completed as it results in exceeding approved Total Regional Cores quota in ${region}: ${used} used, ${wanted} more wanted for ${id}, ${coresPerRegion} allowed.`,
      )
    : undefined;
};

export const quotaRules: readonly ArmRule[] = [coresAreLeft];
