import { ArmError } from "../arm/armError";
import { type ArmPath, simulatedSubscription } from "../arm/ids";
import { tokens } from "../arm/resourceTypes";
import { type ArmAnswer, type ArmRequest, listed, methodNotAllowed, ok } from "./answer";
import { versionsOf } from "./apiVersions";
import { checkVersion, unknownType } from "./asked";
import { type Azure, bodyNow } from "./resources";
import { computeUsagesIn, networkUsagesIn, skusIn } from "./subscription";

/** What a provider has in a region besides resources. */
export function ofProvider(azure: Azure, request: ArmRequest, place: ArmPath): ArmAnswer {
  const { namespace = "", kinds, names } = place;
  const [region = "", operation] = names;
  const what = `${namespace}/${kinds.at(-1)}`.toLowerCase();
  if (/\/operations?(results)?$/.test(what) && kinds.length === 2)
    return ofOperation(azure, request, what, operation);
  if (request.method !== "GET") throw methodNotAllowed(request.method, request.path);
  checkVersion(request, versionsOf(namespace, kinds));
  switch (what) {
    case "microsoft.compute/usages":
      return listed(computeUsagesIn(region, azure.cloud.all(tokens.machine), azure.cores));
    case "microsoft.network/usages":
      return listed(networkUsagesIn(simulatedSubscription, region, azure.cloud.all));
    case "microsoft.compute/skus": {
      const [, wanted = "northeurope"] =
        /location eq '([^']+)'/i.exec(request.query.get("$filter") ?? "") ?? [];
      return listed(skusIn(wanted));
    }
    default:
      throw unknownType(place, request.query.get("api-version") ?? "");
  }
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
