import { ArmError } from "../arm/armError";
import { type ArmPath, simulatedSubscription } from "../arm/ids";
import { tokens } from "../arm/resourceTypes";
import { type ArmAnswer, type ArmRequest, listed, methodNotAllowed, ok } from "./answer";
import { versionsOf } from "./apiVersions";
import { asked, checkVersion, unknownType } from "./asked";
import { imageAnswer, isImagePath, permissionsAnswer, termsAnswer } from "./images";
import { type Azure, bodyNow } from "./resources";
import { skusIn } from "./sizes";
import { computeUsagesIn, networkUsagesIn } from "./subscription";

/** What a provider has in a region besides resources. */
export function ofProvider(azure: Azure, request: ArmRequest, place: ArmPath): ArmAnswer {
  const { namespace = "", kinds, names } = place;
  const [region = "", operation] = names;
  const what = `${namespace}/${kinds.at(-1)}`.toLowerCase();
  if (/\/operations?(results)?$/.test(what) && kinds.length === 2)
    return ofOperation(azure, request, what, operation);
  if (request.method !== "GET") throw methodNotAllowed(request.method, request.path);
  checkVersion(request, versionsOf(namespace, kinds));
  if (isImagePath(place)) return imageAnswer(place, azure.cloud.limits);
  switch (what) {
    case "microsoft.compute/usages":
      return listed(
        computeUsagesIn(region, azure.cloud.all(tokens.machine), azure.cores, azure.cloud.limits),
      );
    case "microsoft.network/usages":
      return listed(networkUsagesIn(simulatedSubscription, region, azure.cloud.all));
    case "microsoft.compute/skus": {
      const [, wanted] = /location eq '([^']+)'/i.exec(request.query.get("$filter") ?? "") ?? [];
      return listed(skusIn(wanted, azure.cloud.limits));
    }
    default:
      throw unknownType(place, request.query.get("api-version") ?? "");
  }
}

/** What providers tell that labs have no resources of: permissions, and terms of images; undefined for any other path. */
export function ofOtherProvider(azure: Azure, request: ArmRequest, place: ArmPath): ArmAnswer | undefined {
  const { namespace = "", kinds } = place;
  const what = `${namespace}/${kinds.join("/")}`.toLowerCase();
  const give = {
    "microsoft.authorization/permissions": () => permissionsAnswer(azure.cloud.limits),
    "microsoft.marketplaceordering/offertypes/publishers/offers/plans/agreements": () =>
      termsAnswer(place, azure.cloud.limits),
  }[what];
  return give === undefined ? undefined : asked(request, versionsOf(namespace, kinds), give);
}

/** How an operation stands: its state by one address, and its result by the other. */
function ofOperation(azure: Azure, request: ArmRequest, what: string, id = ""): ArmAnswer {
  const found = azure.operations.get(id);
  if (found === undefined)
    throw new ArmError(
      404,
      "OperationNotFound",
      `The operation ${id} is not known: ${request.path}.`,
      "inferred",
    );
  const { patience } = azure.operations;
  const isOver = azure.operations.isOver(found);
  const { error, givesResource, output, resource } = found;
  if (what.endsWith("operations"))
    return {
      ...ok({
        ...azure.operations.answer(found),
        ...(isOver && output !== undefined ? { properties: { output } } : {}),
      }),
      headers: isOver ? {} : patience,
    };
  if (!isOver)
    return {
      status: 202,
      headers: { ...patience, Location: `${request.origin}${request.path}?api-version=2022-09-01` },
    };
  if (error !== undefined) throw error;
  const made = givesResource ? azure.cloud.get(resource) : undefined;
  if (made !== undefined) return ok(bodyNow(azure, made));
  return output === undefined ? { status: 200 } : ok(output);
}
