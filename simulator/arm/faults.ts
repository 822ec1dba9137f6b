import { ArmError } from "./armError";
import { nameIn } from "./ids";
import { tokens } from "./resourceTypes";

/** Refusals that depend on nothing in a body, as ARM words them. */
const refusals = {
  /** What is left of throttling after azure-native's own retries: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
  throttled: [429, "TooManyRequests", "The request is being throttled. Please try again later."],
  "quota-exceeded": [
    409,
    "OperationNotAllowed",
    "Operation could not be completed as it results in exceeding approved Total Regional Cores quota.",
  ],
  /**
   * No machine of the size is free, which nothing foresees: https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/allocation-failure
   */
  "allocation-failed": [
    409,
    "AllocationFailed",
    "Allocation failed. We do not have sufficient capacity for the requested VM size in this region.",
  ],
  "zonal-allocation-failed": [
    409,
    "ZonalAllocationFailed",
    "Allocation failed. We do not have sufficient capacity for the requested VM size in this zone.",
  ],
  "sku-not-available": [
    409,
    "SkuNotAvailable",
    "The requested VM size is currently not available in this location. Please try another size or deploy to a different location.",
  ],
  refused: [409, "Conflict", "The request was refused."],
} as const;

/**
 * What may go wrong beside a refusal; a write is done before it goes wrong unless a name says otherwise. A script fails in a run command,
 * which Azure then has all the same.
 */
const accidents = [
  "slow",
  "script-failed",
  "answer-lost",
  "hangs",
  "provider-killed",
  "provider-killed-before",
  "engine-killed",
  "engine-killed-before",
] as const;

export type Refusing = keyof typeof refusals;
export type Accident = (typeof accidents)[number];

export type FaultName = Refusing | Accident;

/** Every name that a fault may have. */
export const faultNames: readonly FaultName[] = [...(Object.keys(refusals) as Refusing[]), ...accidents];

/** Makes a write go wrong, to see what a deployment does then. */
export interface Fault {
  /** azure-native token, or `*` for any. */
  readonly type: string;
  /** Name of the resource in Azure, that of a guest step behind its machine's, as `A-SQL01/join`; any where it is left out. */
  readonly name?: string;
  /** Which of these writes goes wrong, counted from 1: creations, changes and deletions. Every one where it is left out. */
  readonly nth?: number;
  readonly fault: FaultName;
  /** For `slow`: how long Azure takes longer. */
  readonly milliseconds?: number;
  /** For a refusal: another answer than the usual one. */
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
}

/** Counts writes and says which go wrong. */
export class Faults {
  /**
   * @param counts for each fault the writes so far that it is about
   * @param keep is told of the counts after each write
   */
  constructor(
    private readonly faults: readonly Fault[] = [],
    private readonly counts: number[] = faults.map(() => 0),
    private readonly keep: (counts: readonly number[]) => void = () => {},
  ) {}

  /** The fault of the next write, of a resource of a type and with an id. */
  next(token: string, id: string): Fault | undefined {
    const name = nameIn(id);
    const hit = this.faults.filter((fault, index) => {
      if (fault.type !== "*" && fault.type !== token) return false;
      if (fault.name !== undefined && fault.name !== name) return false;
      const count = (this.counts[index] ?? 0) + 1;
      this.counts[index] = count;
      return fault.nth === undefined || fault.nth === count;
    });
    this.keep(this.counts);
    return hit[0];
  }
}

/** Whether ARM answers it, before anything was done. */
export function isRefusal({ fault }: Fault): boolean {
  return fault in refusals;
}

/**
 * What goes wrong with a resource that Azure then has all the same: a script that fails, a machine for which there is no host. That a
 * machine stays, failed and deallocated, is read in clients that look for `ProvisioningState/failed/AllocationFailed` in its instance view,
 * such as https://github.com/yunionio/cloudmux.
 */
export function failureOf(fault: Fault, token: string, id: string): ArmError | undefined {
  if (fault.fault === "script-failed")
    return new ArmError(
      409,
      "VMExtensionProvisioningError",
      `The script of ${id} failed. Azure has the run command all the same.`,
      "inferred",
    );
  return token === tokens.machine && fault.fault.endsWith("allocation-failed") ? refusalOf(fault) : undefined;
}

/** What ARM answers; undefined for faults that are no refusals. */
export function refusalOf(one: Fault): ArmError | undefined {
  const { fault, status, code, message } = one;
  if (!isRefusal(one)) return undefined;
  const usual = refusals[fault as Refusing];
  return new ArmError(status ?? usual[0], code ?? usual[1], message ?? usual[2]);
}
