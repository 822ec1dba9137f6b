import { setTimeout } from "node:timers/promises";
import { type Accident, type Faults, refusalOf } from "../arm/faults";
import type { RunOutcome } from "../arm/resource";

/** Milliseconds that a slow Azure takes longer, unless the fault says otherwise. */
const usualDelay = 1000;

/** Kills the process that a fault names; its number comes from whoever starts the provider. */
export type Kill = (victim: "provider" | "engine") => void;

/** Does writes to Azure one after the other, and to each what a fault has in store for it. */
export class Writes {
  /** Ends every request that hangs. */
  private release: (() => void)[] = [];

  constructor(
    private readonly faults: Faults,
    private readonly kill: Kill,
  ) {}

  /** Does a write of a type of resource. `outcome` is how a script is to end, where a fault says so. */
  async run<T>(token: string, id: string, write: (outcome?: RunOutcome) => T): Promise<T> {
    const fault = this.faults.next(token, id);
    if (fault === undefined) return write();
    if (fault.fault === "slow") {
      await setTimeout(fault.milliseconds ?? usualDelay);
      return write();
    }
    const refusal = refusalOf(fault);
    if (refusal !== undefined) throw refusal;
    if (fault.fault === "script-failed") return write("failed");
    if (!fault.fault.endsWith("-before")) write();
    return this.happen(fault.fault as Accident);
  }

  /** The user does not want to wait any longer. */
  cancel(): void {
    for (const end of this.release) end();
    this.release = [];
  }

  private happen(fault: Accident): Promise<never> {
    if (fault === "answer-lost")
      return Promise.reject(new Error("the connection to Azure was lost before it answered"));
    if (fault !== "hangs") this.kill(fault.startsWith("provider") ? "provider" : "engine");
    return new Promise<never>((_, reject) => {
      this.release.push(() => reject(new Error("canceled while Azure had not answered")));
    });
  }
}
