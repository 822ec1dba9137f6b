import type { Fault } from "./faults";
import type { Limits } from "./limits";

/** What a subscription may not have, as an entry of a file of faults. */
export type LimitFault =
  | {
      readonly fault: "size-restricted";
      readonly size: string;
      readonly region: string;
      readonly zones?: readonly string[];
    }
  | {
      readonly fault: "cores-limited";
      readonly region: string;
      readonly quota: string;
      readonly limit: number;
    }
  | { readonly fault: "provider-not-registered"; readonly provider: string }
  | { readonly fault: "image-missing"; readonly image: string }
  | { readonly fault: "terms-not-accepted"; readonly image: string }
  | { readonly fault: "not-permitted"; readonly action: string };

/** Questions that get no answer, as an entry of a file of faults. */
export interface ReadFault {
  readonly fault: "read-throttled" | "read-unanswered";
  /** What is asked for, as ARM's path has it: `Microsoft.Compute/skus`, `Microsoft.Compute/locations/usages`; `*` for anything. */
  readonly asked: string;
  /** How many of these questions, the first ones; all of them where it is left out. */
  readonly times?: number;
  /** For `read-throttled`: seconds after which Azure wants to be asked again. */
  readonly retryAfter?: number;
}

export type AnyFault = Fault | LimitFault | ReadFault;

/** A file of faults, taken apart. */
export interface FaultLists {
  readonly writes: readonly Fault[];
  readonly reads: readonly ReadFault[];
  readonly limits: Limits;
}

/** The entries of a file by what they are about: writes, questions, and what the subscription may have. */
export function sorted(faults: readonly AnyFault[]): FaultLists {
  const of = <F extends LimitFault["fault"]>(name: F) =>
    faults.filter((one): one is Extract<LimitFault, { fault: F }> => one.fault === name);
  return {
    writes: faults.filter((one): one is Fault => "type" in one),
    reads: faults.filter((one): one is ReadFault => "asked" in one),
    limits: {
      sizes: of("size-restricted").map(({ fault: _, ...restriction }) => restriction),
      cores: of("cores-limited").map(({ fault: _, ...limit }) => limit),
      providers: of("provider-not-registered").map(({ provider }) => provider),
      missingImages: of("image-missing").map(({ image }) => image),
      openTerms: of("terms-not-accepted").map(({ image }) => image),
      deniedActions: of("not-permitted").map(({ action }) => action),
    },
  };
}
