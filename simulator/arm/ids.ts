import { badRequest } from "./armError";
import { type Inputs, text } from "./inputs";
import { resourceTypes, tokens } from "./resourceTypes";

/** ARM id of a resource of a subscription, by its azure-native inputs. Throws an ArmError for a type that labs do not use. */
export function idOf(subscriptionId: string, token: string, inputs: Inputs): string {
  const type = resourceTypes[token];
  if (type === undefined)
    throw badRequest(
      "InvalidResourceType",
      `The simulated Azure does not know ${token}: add a row to simulator/arm/resourceTypes.ts.`,
    );
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${text(inputs, "resourceGroupName")}`;
  if (token === tokens.group) return group;
  const [provider, ...kinds] = type.armType.split("/");
  return `${group}/providers/${provider}/${kinds.map((kind, index) => `${kind}/${text(inputs, type.names[index] ?? "")}`).join("/")}`;
}

/** The id of the resource that this one's id continues. */
export function parentId(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf("/", id.lastIndexOf("/") - 1)));
}

/** Whether two ids are of one resource: ARM's ids do not differ by case. */
export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The name of a resource, with those of what it stands in, but for its resource group. */
export function nameIn(id: string): string {
  const [, within = ""] = id.split("/providers/");
  const names = within.split("/").filter((_, index) => index > 0 && index % 2 === 0);
  return names.length > 0 ? names.join("/") : (id.split("/").at(-1) ?? "");
}
