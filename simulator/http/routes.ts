import { ArmError } from "../arm/armError";
import { type ArmPath, armPathOf, armTypeOf, simulatedSubscription } from "../arm/ids";
import { type ResourceType, resourceTypes, tokenOf, tokens } from "../arm/resourceTypes";
import { type ArmAnswer, type ArmRequest, listed, methodNotAllowed, ok } from "./answer";
import { groupVersions, versionsOf } from "./apiVersions";
import { asked, checkVersion, inSubscription, unknownType } from "./asked";
import { instanceViewOf } from "./bodies";
import { put, remove } from "./changes";
import { listOf, ofSubscription, providerCalled, resourcesOf } from "./lists";
import { actOn } from "./machines";
import { ofOtherProvider, ofProvider } from "./regional";
import { type Azure, namedBy, read, standing } from "./resources";
import { subscriptionOf, tenant } from "./subscription";

/** What a request asks for, and what Azure Resource Manager answers. Throws an ArmError where it refuses. */
export async function answer(azure: Azure, request: ArmRequest): Promise<ArmAnswer> {
  azure.folder.refresh();
  const { method, path } = request;
  const [, subscription] = /^\/subscriptions\/([^/]+)/i.exec(path) ?? [];
  if (subscription !== undefined) inSubscription(subscription);
  if (path === "/subscriptions")
    return asked(request, groupVersions, () => listed([subscriptionOf(simulatedSubscription)]));
  if (path === "/tenants") return asked(request, groupVersions, () => listed([tenant]));
  const [, alone] = /^\/providers\/([^/]+)$/i.exec(path) ?? [];
  if (alone !== undefined) return asked(request, groupVersions, () => ok(providerCalled(azure, alone)));
  const [, what] =
    /^\/subscriptions\/[^/]+\/(locations|providers|resourcegroups|resources|tagNames)$/i.exec(path) ?? [];
  if (what !== undefined) return ofSubscription(azure, request, what.toLowerCase());
  const [, namespace] = /^\/subscriptions\/[^/]+\/providers\/([^/]+)$/i.exec(path) ?? [];
  if (namespace !== undefined)
    return asked(request, groupVersions, () => ok(providerCalled(azure, namespace)));
  const [, group] = /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)\/resources$/i.exec(path) ?? [];
  if (group !== undefined) return resourcesOf(azure, request, group);
  const place = armPathOf(path);
  if (place === undefined)
    throw new ArmError(
      404,
      "InvalidResourceType",
      `The resource type could not be found for the path ${path}.`,
    );
  if (place.namespace === undefined && place.group === undefined)
    return asked(request, groupVersions, () => ok(subscriptionOf(simulatedSubscription)));
  return ofPath(azure, request, place, method);
}

/** The kinds of a path that name a type: without the act that is done to a resource, where one is. */
async function ofPath(azure: Azure, request: ArmRequest, place: ArmPath, method: string): Promise<ArmAnswer> {
  const { namespace = "Microsoft.Resources", kinds, names } = place;
  const other = ofOtherProvider(azure, request, place);
  if (other !== undefined) return other;
  const location = /^locations$/i.test(kinds[0] ?? "");
  if (location || /^skus$/i.test(kinds.join("/"))) return ofProvider(azure, request, place);
  const isAct = method === "POST" && kinds.length === names.length + 1;
  const own = isAct ? { ...place, kinds: kinds.slice(0, -1) } : place;
  const token = tokenOf(armTypeOf(own));
  const isView = method === "GET" && token === undefined && /^instanceView$/i.test(kinds.at(-1) ?? "");
  if (isView) return viewOf(azure, request, { ...place, kinds: kinds.slice(0, -1) });
  if (token === undefined) throw unknownType(place, request.query.get("api-version") ?? "");
  checkVersion(
    request,
    versionsOf(namespace, own.kinds),
    ` for the type ${(resourceTypes[token] as ResourceType).armType}`,
  );
  const named = namedBy(own);
  if (named === undefined) {
    if (method === "GET") return listOf(azure, request, place, token);
    throw methodNotAllowed(method, request.path);
  }
  switch (method) {
    case "GET":
      return read(azure, request, named);
    case "HEAD":
      return { status: azure.cloud.get(named.id) === undefined ? 404 : 204 };
    case "PUT":
    case "PATCH":
      return put(azure, request, place, named);
    case "DELETE":
      return remove(azure, request, place, named);
    case "POST": {
      const answered =
        isAct && token === tokens.machine
          ? await actOn(azure, request, place, named, kinds.at(-1) ?? "")
          : undefined;
      if (answered !== undefined) return answered;
      throw unknownType(place, request.query.get("api-version") ?? "");
    }
    default:
      throw methodNotAllowed(method, request.path);
  }
}

/** How a machine is, by itself. */
function viewOf(azure: Azure, request: ArmRequest, place: ArmPath): ArmAnswer {
  const named = namedBy(place);
  if (named?.token !== tokens.machine) throw unknownType(place, request.query.get("api-version") ?? "");
  checkVersion(request, versionsOf("Microsoft.Compute", place.kinds));
  return ok(instanceViewOf(standing(azure, named), new Date().toISOString()));
}
