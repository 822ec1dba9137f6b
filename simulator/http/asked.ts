import { ArmError, badRequest } from "../arm/armError";
import { type ArmPath, simulatedSubscription } from "../arm/ids";
import { type ArmAnswer, type ArmRequest, methodNotAllowed } from "./answer";
import { providerOf } from "./subscription";

/* What must hold of a request before it is answered. */

export function inSubscription(id: string): void {
  if (id.toLowerCase() !== simulatedSubscription)
    throw new ArmError(404, "SubscriptionNotFound", `The subscription '${id}' could not be found.`);
}

/** Refuses a version that nobody knows: https://learn.microsoft.com/azure/azure-resource-manager/management/common-errors */
export function checkVersion(request: ArmRequest, versions: readonly string[], about = ""): void {
  const version = request.query.get("api-version");
  if (version === null || version === "")
    throw badRequest(
      "MissingApiVersionParameter",
      `The api-version query parameter (?api-version=) is required for all requests: ${request.path}.`,
    );
  if (!versions.includes(version))
    throw badRequest(
      "InvalidApiVersionParameter",
      `The api-version '${version}' is invalid${about}: ${request.path}. The supported versions are '${versions.join(",")}'.`,
    );
}

/** An answer to a GET of a version that is known. */
export function asked(request: ArmRequest, versions: readonly string[], give: () => ArmAnswer): ArmAnswer {
  if (request.method !== "GET") throw methodNotAllowed(request.method, request.path);
  checkVersion(request, versions);
  return give();
}

export const unknownNamespace = (namespace: string): ArmError =>
  new ArmError(404, "InvalidResourceNamespace", `The resource namespace '${namespace}' is invalid.`);

export function unknownType({ namespace = "", kinds }: ArmPath, version: string): ArmError {
  if (providerOf(simulatedSubscription, namespace) === undefined) return unknownNamespace(namespace);
  return new ArmError(
    404,
    "InvalidResourceType",
    `The resource type '${kinds.join("/")}' could not be found in the namespace '${namespace}' for api version '${version}'.`,
  );
}
