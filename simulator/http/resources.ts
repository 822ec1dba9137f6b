import { ArmError } from "../arm/armError";
import type { Cloud } from "../arm/cloud";
import { type ArmPath, armTypeOf, idOf } from "../arm/ids";
import { type Inputs, text } from "../arm/inputs";
import type { StoredResource } from "../arm/resource";
import { type ResourceType, resourceTypes, tokenOf, tokens } from "../arm/resourceTypes";
import type { Writes } from "../arm/writes";
import type { CloudFolder } from "../kept/cloudFolder";
import { type ArmAnswer, type ArmRequest, groupNotFound, ok, resourceNotFound } from "./answer";
import { bodyFor, instanceViewOf, runViewOf } from "./bodies";
import type { Begun, Operations } from "./operations";

/** What the answers about resources are made of. */
export interface Azure {
  readonly cloud: Cloud;
  /** vCPUs that may be used in a region, by quota. */
  readonly cores: Readonly<Record<string, number>>;
  readonly folder: CloudFolder;
  readonly writes: Writes;
  readonly operations: Operations;
}

/** A resource that a path names. */
export interface Named {
  readonly token: string;
  readonly id: string;
  /** The names of its path, as azure-native's inputs have them. */
  readonly names: Inputs;
}

/** The resource of a path; nothing where it names none of a type that labs have. */
export function namedBy(path: ArmPath): Named | undefined {
  const { subscriptionId, group, kinds, names } = path;
  if (group === undefined) return undefined;
  const token = tokenOf(armTypeOf(path));
  if (token === undefined || names.length !== kinds.length) return undefined;
  const inputs: Record<string, string> = { resourceGroupName: group };
  for (const [index, key] of (resourceTypes[token] as ResourceType).names.entries())
    if (token !== tokens.group) inputs[key] = names[index] ?? "";
  return { token, id: idOf(subscriptionId, token, inputs), names: inputs };
}

/** The resource of a name; throws ARM's error where it is not there. */
export function standing({ cloud }: Azure, { token, id, names }: Named): StoredResource {
  const stored = cloud.get(id);
  if (stored !== undefined) return stored;
  const group = text(names, "resourceGroupName");
  const groupId = id.slice(0, id.indexOf(group) + group.length);
  if (token === tokens.group || cloud.get(groupId) === undefined) throw groupNotFound(group);
  const own = (resourceTypes[token] as ResourceType).names.map((name) => text(names, name)).join("/");
  throw resourceNotFound((resourceTypes[token] as ResourceType).armType, own, group);
}

/** The body of a resource as it is at the moment; with its instance view where that is asked for. */
export function bodyNow({ cloud, operations }: Azure, stored: StoredResource, expand = ""): Inputs {
  const body = bodyFor(stored, cloud, operations.of(stored.id)?.meanwhile);
  const now = new Date().toISOString();
  if (!expand.toLowerCase().includes("instanceview")) return body;
  const view =
    stored.token === tokens.machine
      ? instanceViewOf(stored, now)
      : stored.token === tokens.runCommand
        ? runViewOf(stored, now)
        : undefined;
  return view === undefined
    ? body
    : { ...body, properties: { ...(body.properties as Inputs), instanceView: view } };
}

/** One write at a time on a resource: https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-conflict */
export function refuseWhileBusy({ operations }: Azure, { id, token }: Named): void {
  const busy = operations.of(id);
  if (busy === undefined) return;
  const isNetwork = (resourceTypes[token] as ResourceType).armType.startsWith("Microsoft.Network/");
  throw isNetwork
    ? new ArmError(
        429,
        "AnotherOperationInProgress",
        `Another operation on this or dependent resource is in progress. To retrieve status of the operation use the operation ${busy.id}.`,
      )
    : new ArmError(
        409,
        "Conflict",
        `The request failed due to conflict with a concurrent request: operation ${busy.id} on ${id} is in progress.`,
      );
}

/** Begins what takes longer; gives the headers by which whoever waits asks again. */
export function begun(
  { operations }: Azure,
  { origin }: ArmRequest,
  { subscriptionId, namespace }: ArmPath,
  region: string,
  what: Begun,
): Readonly<Record<string, string>> {
  const { id } = operations.begin(what);
  const place = `${origin}/subscriptions/${subscriptionId}/providers/${namespace ?? "Microsoft.Resources"}/locations/${region || "global"}`;
  return {
    "Azure-AsyncOperation": `${place}/operations/${id}?api-version=2022-09-01`,
    Location: `${place}/operationResults/${id}?api-version=2022-09-01`,
    ...operations.patience,
  };
}

export const read = (azure: Azure, request: ArmRequest, named: Named): ArmAnswer =>
  ok(bodyNow(azure, standing(azure, named), request.query.get("$expand") ?? ""));

/** Resources as lists of them have them: without their properties. */
export const shortOf = (azure: Azure, stored: StoredResource): Inputs => {
  const { properties, ...body } = bodyNow(azure, stored);
  const provisioningState = text(properties, "provisioningState");
  return provisioningState === "" ? body : { ...body, provisioningState };
};
