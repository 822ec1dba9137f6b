import { type ArmPath, simulatedSubscription } from "../arm/ids";
import type { Inputs } from "../arm/inputs";
import type { StoredResource } from "../arm/resource";
import { type ResourceType, resourceTypes, tokens } from "../arm/resourceTypes";
import { type ArmAnswer, type ArmRequest, groupNotFound, listed } from "./answer";
import { groupVersions } from "./apiVersions";
import { asked, unknownNamespace, unknownType } from "./asked";
import { filterOf } from "./filter";
import { type Azure, bodyNow, namedBy, shortOf, standing } from "./resources";
import { locationsOf, providerOf, providersOf } from "./subscription";

/* Lists: of a subscription, of a group, of a type. */

export function providerCalled({ cloud }: Azure, namespace: string): Inputs {
  const found = providerOf(simulatedSubscription, namespace, cloud.limits);
  if (found !== undefined) return found;
  throw unknownNamespace(namespace);
}

export function ofSubscription(azure: Azure, request: ArmRequest, what: string): ArmAnswer {
  return asked(request, groupVersions, () => {
    switch (what) {
      case "locations":
        return listed(locationsOf(simulatedSubscription));
      case "providers":
        return listed(providersOf(simulatedSubscription, azure.cloud.limits));
      case "resourcegroups":
        return listed(
          azure.cloud
            .all(tokens.group)
            .filter(filterIn(request))
            .map((one) => bodyNow(azure, one)),
        );
      case "tagnames":
        return listed([]);
      default:
        return listed(topLevel(azure, request).map((one) => shortOf(azure, one)));
    }
  });
}

const filterIn = ({ query }: ArmRequest) => filterOf(query.get("$filter"));

/** Resources with tags of their own: lists of resources have those. */
function topLevel({ cloud }: Azure, request: ArmRequest): readonly StoredResource[] {
  return Object.values(cloud.state.resources)
    .filter(({ token }) => token !== tokens.group && (isTopLevel(token) || token === tokens.runCommand))
    .filter(filterIn(request));
}

const isTopLevel = (token: string): boolean => (resourceTypes[token] as ResourceType).parent === undefined;

export function resourcesOf(azure: Azure, request: ArmRequest, group: string): ArmAnswer {
  return asked(request, groupVersions, () => {
    const here = `/subscriptions/${simulatedSubscription}/resourcegroups/${group.toLowerCase()}`;
    if (azure.cloud.get(here) === undefined) throw groupNotFound(group);
    return listed(
      topLevel(azure, request)
        .filter(({ id }) => id.toLowerCase().startsWith(`${here}/`))
        .map((one) => shortOf(azure, one)),
    );
  });
}

/** A list of a type: of a group, of the subscription, or below a resource. */
export function listOf(azure: Azure, request: ArmRequest, place: ArmPath, token: string): ArmAnswer {
  const { group, kinds, names } = place;
  const type = resourceTypes[token] as ResourceType;
  let start = `/subscriptions/${simulatedSubscription}/`;
  if (group !== undefined) {
    const groupId = `${start}resourcegroups/${group}`.toLowerCase();
    if (azure.cloud.get(groupId) === undefined) throw groupNotFound(group);
    start = `${groupId}/`;
  }
  if (type.parent !== undefined) {
    const parent = namedBy({ ...place, kinds: kinds.slice(0, -1) });
    if (parent === undefined || names.length === 0) throw unknownType(place, "");
    start = `${standing(azure, parent).id}/${kinds.at(-1)}/`;
  }
  const here = azure.cloud.all(token).filter(({ id }) => id.toLowerCase().startsWith(start.toLowerCase()));
  return listed(here.map((one) => bodyNow(azure, one, request.query.get("$expand") ?? "")));
}
