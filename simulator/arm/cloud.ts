import { conflict, notFound } from "./armError";
import { idOf, simulatedSubscription } from "./ids";
import { type Inputs, same } from "./inputs";
import { type Limits, noLimits } from "./limits";
import { connect, disconnect } from "./peerings";
import type { RunOutcome, StoredResource } from "./resource";
import { tokens } from "./resourceTypes";
import { computeRules } from "./rules/computeRules";
import { deletionRules } from "./rules/deletionRules";
import { generalRules } from "./rules/generalRules";
import { networkRules } from "./rules/networkRules";
import { peeringRules } from "./rules/peeringRules";
import { quotaRules, usualCores } from "./rules/quotaRules";
import { type ArmRules, refusalBy } from "./rules/rule";
import { runCommandRules } from "./rules/runCommandRules";
import { subnetRules } from "./rules/subnetRules";
import { subscriptionRules } from "./rules/subscriptionRules";

/** Everything that a simulated Azure remembers: plain data, so that it can be kept in a file. */
export interface CloudState {
  /** By id in lower case: ARM's ids do not differ by case. */
  resources: Record<string, StoredResource>;
}

export interface CloudOptions {
  readonly subscriptionId?: string;
  /** vCPUs that the subscription may use in one region, by quota: a family such as `standardDSv5Family`, or `Total Regional`. */
  readonly cores?: Readonly<Record<string, number>>;
  /** What else it may not have, region by region. */
  readonly limits?: Limits;
  readonly state?: CloudState;
}

export interface PutResult {
  readonly id: string;
  readonly created: boolean;
  /** Whether a run command ran: Azure does not run it again when it is the same as before. */
  readonly executed: boolean;
  /** Whether Azure has it now although it did not come right. */
  readonly failed: boolean;
}

/** A test double of Azure Resource Manager: it knows what ARM refuses, and runs nothing. */
export interface Cloud {
  readonly state: CloudState;
  /** What the subscription may not have. */
  readonly limits: Limits;
  /** ARM id of a resource by its azure-native inputs. */
  idOf(token: string, inputs: Inputs): string;
  /**
   * Creates or changes a resource. Throws an ArmError when ARM would refuse. A run command whose script fails is there all the same, and
   * the same request again starts nothing: https://github.com/Azure/azure-sdk-for-net/issues/47307. So is a machine without a host, for
   * which the same request looks for one again.
   */
  put(token: string, inputs: Inputs, outcome?: RunOutcome): PutResult;
  get(id: string): StoredResource | undefined;
  /** Every resource of a type. */
  all(token: string): readonly StoredResource[];
  /** Changes some properties of a resource. Throws an ArmError when ARM would refuse. */
  patch(id: string, changes: Inputs): PutResult;
  /** Deletes a resource and what is below it. Throws an ArmError when ARM would refuse. */
  delete(id: string): void;
  /** Starts, stops or deallocates a machine. */
  setRunning(id: string, running: boolean, allocated?: boolean): void;
}

/** What ARM asks of a resource that is written. */
export const putRules: ArmRules = {
  ...generalRules,
  ...subscriptionRules,
  ...networkRules,
  ...subnetRules,
  ...peeringRules,
  ...computeRules,
  ...runCommandRules,
  ...quotaRules,
};

/** A machine that is new runs, if there is a host for it; one that is changed is as it was. */
function powerOf(
  machine: StoredResource | undefined,
  outcome: RunOutcome,
): Pick<StoredResource, "running" | "allocated" | "failed"> {
  if (outcome === "failed") return { running: false, failed: true };
  const before = machine?.failed ? undefined : machine;
  return { running: before?.running ?? true, ...(before?.allocated ? { allocated: true } : {}) };
}

/** A new simulated Azure, empty or with the state of an earlier one. */
export function createCloud(options: CloudOptions = {}): Cloud {
  const { subscriptionId = simulatedSubscription, cores = usualCores, limits = noLimits } = options;
  const state: CloudState = options.state ?? { resources: {} };
  const find = (id: string) => state.resources[id.toLowerCase()];
  const all = (token: string) =>
    Object.values(state.resources).filter((resource) => resource.token === token);

  function put(token: string, inputs: Inputs, outcome: RunOutcome = "succeeded"): PutResult {
    const id = idOf(subscriptionId, token, inputs);
    const existing = find(id);
    const request = { id, token, inputs, existing, find, all, cores, limits };
    const refusal = refusalBy(putRules, request);
    if (refusal !== undefined) throw refusal;
    const isRun = token === tokens.runCommand;
    const executed = isRun && !(existing !== undefined && same(existing.inputs, inputs));
    const failed = outcome === "failed" && (executed || token === tokens.machine);
    const power = token === tokens.machine ? powerOf(existing, outcome) : {};
    const run = isRun ? { run: executed ? outcome : (existing?.run ?? outcome) } : {};
    const written = { id, token, inputs, ...power, ...run };
    state.resources[id.toLowerCase()] = written;
    if (token === tokens.peering) connect(state.resources, written);
    return { id, created: existing === undefined, executed, failed };
  }

  return {
    state,
    limits,
    idOf: (token, inputs) => idOf(subscriptionId, token, inputs),
    put,
    get: find,
    all,
    patch(id, changes) {
      const existing = find(id);
      if (existing === undefined) throw notFound("ResourceNotFound", `The resource ${id} was not found.`);
      return put(existing.token, { ...existing.inputs, ...changes });
    },
    delete(id) {
      const existing = find(id);
      if (existing === undefined) return;
      const request = { ...existing, existing, find, all, cores, limits };
      const refusal = refusalBy(deletionRules, request);
      if (refusal !== undefined) throw refusal;
      const isWithin = (one: StoredResource) => `${one.id.toLowerCase()}/`.startsWith(`${id.toLowerCase()}/`);
      const gone = Object.values(state.resources).filter(isWithin);
      for (const one of gone) delete state.resources[one.id.toLowerCase()];
      for (const one of gone.filter(({ token }) => token === tokens.peering))
        disconnect(state.resources, one);
    },
    setRunning(id, running, allocated = false) {
      const machine = find(id);
      if (machine?.token !== tokens.machine)
        throw conflict("OperationNotAllowed", `${id} is not a machine that exists.`);
      const { allocated: _, failed, ...rest } = machine;
      const kept = running || failed === undefined ? rest : { ...rest, failed };
      state.resources[id.toLowerCase()] = { ...kept, running, ...(allocated ? { allocated } : {}) };
    },
  };
}
