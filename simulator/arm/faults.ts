import { ArmError } from "./armError";

/** Refusals that depend on nothing in a body, as ARM words them. */
const refusals = {
  /** What is left of throttling after azure-native's own retries: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
  throttled: [429, "TooManyRequests", "The request is being throttled. Please try again later."],
  "quota-exceeded": [
    409,
    "OperationNotAllowed",
    "Operation could not be completed as it results in exceeding approved Total Regional Cores quota.",
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

/** Makes a write fail, to see what a deployment does then. */
export interface Fault {
  /** azure-native token, or `*` for any. */
  readonly type: string;
  /** Which write of this type goes wrong, counted from 1: creations, changes and deletions of one process. */
  readonly nth: number;
  readonly fault: FaultName;
  /** For a refusal: another answer than the usual one. */
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
}

/** Counts writes and says which go wrong. */
export class Faults {
  private readonly writes: Record<string, number> = {};

  constructor(private readonly faults: readonly Fault[] = []) {}

  /** The fault of the next write of a type. */
  next(token: string): Fault | undefined {
    for (const type of [token, "*"]) this.writes[type] = (this.writes[type] ?? 0) + 1;
    return this.faults.find(({ type, nth }) => (type === token || type === "*") && nth === this.writes[type]);
  }
}

/** What ARM answers; undefined for faults that are no refusals. */
export function refusalOf({ fault, status, code, message }: Fault): ArmError | undefined {
  if (!(fault in refusals)) return undefined;
  const usual = refusals[fault as Refusing];
  return new ArmError(status ?? usual[0], code ?? usual[1], message ?? usual[2]);
}
