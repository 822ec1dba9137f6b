import { ArmError } from "../arm/armError";
import type { ArmPath } from "../arm/ids";
import { at, type Inputs, text, withAt } from "../arm/inputs";
import type { StoredResource } from "../arm/resource";
import { type ResourceType, resourceTypes, tokens } from "../arm/resourceTypes";
import { surrogateOf } from "../kept/surrogates";
import { type ArmAnswer, type ArmRequest, groupNotFound } from "./answer";
import { refusalOfUnknown } from "./armTypes";
import { inputsFrom } from "./bodies";
import { type Azure, begun, bodyNow, type Named, refuseWhileBusy, standing } from "./resources";

/* What is written: PUT, PATCH and DELETE of a resource. */

/** Created and answered at once, without an operation: https://learn.microsoft.com/rest/api/resources/resource-groups/create-or-update */
const atOnce: readonly string[] = [tokens.group, tokens.schedule, tokens.availabilitySet];

/** The inputs with something in the place of what Azure never gives back, since they are kept in files. */
function guarded(token: string, sent: Inputs): Inputs {
  const unsigned = withoutSignatures(sent) as Inputs;
  return changedAt(token, unsigned, (value) => (value === undefined ? undefined : secretsIn(value)));
}

/**
 * Without what lets whoever has an address of a blob read or write it: https://learn.microsoft.com/azure/storage/common/storage-sas-overview.
 * That Azure gives no such query back is inferred.
 */
function withoutSignatures(value: unknown): unknown {
  if (typeof value === "string")
    return /^https?:\/\/[^?\s]*\?\S*\bsig=/.test(value) ? value.replace(/\?.*$/, "") : value;
  if (Array.isArray(value)) return value.map(withoutSignatures);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSignatures(inner)]));
}

/** The inputs with what Azure has already and never gives back, where nothing else was sent. */
function completed(token: string, inputs: Inputs, before: StoredResource): Inputs {
  return changedAt(token, inputs, (value, path) => value ?? at(before.inputs, path));
}

function changedAt(token: string, inputs: Inputs, change: (value: unknown, path: string) => unknown): Inputs {
  return (resourceTypes[token]?.writeOnly ?? []).reduce((all, path) => {
    const value = change(at(all, path), path);
    return value === undefined ? all : withAt(all, path, value);
  }, inputs);
}

function secretsIn(value: unknown): unknown {
  if (!Array.isArray(value)) return surrogateOf(value);
  return value.map((one: Inputs) => ("value" in one ? { ...one, value: surrogateOf(one.value) } : one));
}

const isObject = (value: unknown): value is Inputs =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** As PATCH has it: objects are merged, everything else is replaced. https://www.rfc-editor.org/rfc/rfc7396 */
function merged(before: Inputs, change: Inputs): Inputs {
  const all: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete all[key];
    else all[key] = isObject(value) && isObject(all[key]) ? merged(all[key] as Inputs, value) : value;
  }
  return all;
}

function bodySent({ body }: ArmRequest): Inputs {
  if (isObject(body)) return body;
  throw new ArmError(
    400,
    "InvalidRequestContent",
    "The request content was invalid and could not be deserialized.",
  );
}

const minutesOf = (token: string): number => (resourceTypes[token] as ResourceType).minutes[1];

/**
 * Does a write with whatever a fault has in store for it. A refusal that a fault has is found out in the middle, as quotas and capacity
 * are, where the operation takes time; one for too many requests is not.
 */
async function written<T>(
  { writes }: Azure,
  { token, id }: Named,
  work: (failure?: ArmError) => T,
): Promise<{ readonly done: T } | { readonly failed: ArmError }> {
  let isBegun = false;
  try {
    const done = await writes.run(token, id, (failure) => {
      isBegun = true;
      return work(failure);
    });
    return { done };
  } catch (error) {
    const isInTheMiddle =
      error instanceof ArmError && !isBegun && error.status === 409 && !atOnce.includes(token);
    if (!isInTheMiddle) throw error;
    return { failed: error };
  }
}

/** What a request makes of a resource, or of nothing. */
function madeOf(request: ArmRequest, { token, names }: Named, before: StoredResource | undefined): Inputs {
  const sent = bodySent(request);
  if (before === undefined) return guarded(token, inputsFrom(token, names, sent));
  const inputs = guarded(token, inputsFrom(token, namesKept(before, names), sent));
  return request.method === "PATCH" ? merged(before.inputs, inputs) : completed(token, inputs, before);
}

/** PUT and PATCH of a resource. */
export async function put(
  azure: Azure,
  request: ArmRequest,
  path: ArmPath,
  named: Named,
): Promise<ArmAnswer> {
  const { cloud, folder } = azure;
  const { token, id, names } = named;
  refuseWhileBusy(azure, named);
  const before = request.method === "PATCH" ? standing(azure, named) : cloud.get(id);
  const refused = refusalOfUnknown((resourceTypes[token] as ResourceType).armType, bodySent(request));
  if (refused !== undefined) throw refused;
  const whole = madeOf(request, named, before);
  let failure: ArmError | undefined;
  const result = await written(azure, named, (found) => {
    failure = found;
    // Somebody else may have changed it meanwhile.
    return folder.change(() => cloud.put(token, madeOf(request, named, cloud.get(id)), found && "failed"));
  });
  const region = text(whole, "location");
  const minutes = atOnce.includes(token) ? 0 : minutesOf(token);
  const meanwhile = before === undefined ? "Creating" : "Updating";
  const status = before === undefined ? 201 : 200;
  if ("failed" in result)
    return {
      status,
      headers: begun(azure, request, path, region, {
        resource: id,
        minutes,
        meanwhile,
        error: result.failed,
      }),
      body: { id, name: Object.values(names).at(-1), properties: { provisioningState: meanwhile } },
    };
  const stored = cloud.get(result.done.id) as StoredResource;
  if (minutes === 0) return { status, body: bodyNow(azure, stored) };
  // A script may fail without failing its deployment.
  const isTold = token !== tokens.runCommand || at(whole, "treatFailureAsDeploymentFailure") === true;
  const headers = begun(azure, request, path, region, {
    resource: id,
    minutes,
    meanwhile,
    givesResource: true,
    error: isTold && result.done.failed ? failure : undefined,
  });
  return { status, headers, body: bodyNow(azure, stored) };
}

/** Names keep the case in which they were made. */
const namesKept = ({ inputs }: StoredResource, names: Inputs): Inputs =>
  Object.fromEntries(Object.keys(names).map((key) => [key, inputs[key] ?? names[key]]));

/** DELETE of a resource, and of a resource group with all that stands in it. */
export async function remove(
  azure: Azure,
  request: ArmRequest,
  path: ArmPath,
  named: Named,
): Promise<ArmAnswer> {
  const { cloud, folder } = azure;
  const { token, id } = named;
  const stored = cloud.get(id);
  if (stored === undefined) {
    if (token === tokens.group) throw groupNotFound(text(named.names, "resourceGroupName"));
    return { status: 204 };
  }
  refuseWhileBusy(azure, named);
  const result = await written(azure, named, () => folder.change(() => cloud.delete(id)));
  if (token === tokens.schedule || token === tokens.availabilitySet) return { status: 200 };
  const headers = begun(azure, request, path, text(stored.inputs, "location"), {
    resource: id,
    minutes: minutesOf(token),
    meanwhile: "Deleting",
    error: "failed" in result ? result.failed : undefined,
  });
  return { status: 202, headers };
}
