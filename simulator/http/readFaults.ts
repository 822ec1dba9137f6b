import { ArmError } from "../arm/armError";
import type { ReadFault } from "../arm/faultLists";
import type { ArmRequest } from "./answer";

/** Thrown where Azure does not answer: whoever asked loses the connection. */
export class Unanswered extends Error {}

/** Lets questions go wrong, as a file of faults says. */
export class ReadFaults {
  private readonly counts = new Map<ReadFault, number>();

  constructor(private readonly faults: readonly ReadFault[]) {}

  /** Throws what becomes of a question, where something does. */
  ask({ method, path }: Pick<ArmRequest, "method" | "path">): void {
    if (method !== "GET") return;
    for (const fault of this.faults) {
      if (fault.asked !== "*" && !path.toLowerCase().includes(fault.asked.toLowerCase())) continue;
      const count = (this.counts.get(fault) ?? 0) + 1;
      this.counts.set(fault, count);
      if (count > (fault.times ?? Number.POSITIVE_INFINITY)) continue;
      if (fault.fault === "read-unanswered") throw new Unanswered();
      throw new Throttled(fault.retryAfter ?? 1);
    }
  }
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
export class Throttled extends ArmError {
  constructor(readonly retryAfter: number) {
    super(
      429,
      "TooManyRequests",
      `The request is being throttled. Please try again after ${retryAfter} seconds.`,
    );
  }
}
