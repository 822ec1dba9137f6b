import { setTimeout } from "node:timers/promises";
import type { ArmError } from "./armError";
import { type Accident, type Fault, Faults, failureOf, refusalOf } from "./faults";

/** Milliseconds that a slow Azure takes longer, unless the fault says otherwise. */
const usualDelay = 1000;

/** Kills the process that a fault names; its number comes from whoever starts the provider. */
export type Kill = (victim: "provider" | "engine") => void;

/** Does writes to Azure one after the other, and to each what a fault has in store for it. Nobody else decides about faults. */
export class Writes {
  /** Ends every request that hangs. */
  private release: (() => void)[] = [];

  constructor(
    private readonly faults: Faults = new Faults(),
    private readonly kill: Kill = () => {},
  ) {}

  /** Does a write of a type of resource. `failure` is what goes wrong after Azure has the resource, where a fault says so. */
  async run<T>(token: string, id: string, write: (failure?: ArmError) => T): Promise<T> {
    const fault = this.begin(token, id);
    if (fault === undefined) return write();
    if (fault.fault === "slow") {
      await setTimeout(fault.milliseconds ?? usualDelay);
      return write();
    }
    const failure = failureOf(fault, token, id);
    if (failure !== undefined) return write(failure);
    if (!fault.fault.endsWith("-before")) write();
    return this.happen(fault.fault as Accident);
  }

  /** Does a write at once: of faults refusals only, since in one process there is nothing that could be killed or hang. */
  runNow<T>(token: string, id: string, write: () => T): T {
    this.begin(token, id);
    return write();
  }

  /** The user does not want to wait any longer. */
  cancel(): void {
    for (const end of this.release) end();
    this.release = [];
  }

  /** What is in store for a write; throws where it is a refusal. */
  private begin(token: string, id: string): Fault | undefined {
    const fault = this.faults.next(token, id);
    if (fault === undefined || failureOf(fault, token, id) !== undefined) return fault;
    const refusal = refusalOf(fault);
    if (refusal !== undefined) throw refusal;
    return fault;
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
