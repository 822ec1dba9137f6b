import { badRequest } from "./armError";
import { type Inputs, text } from "./inputs";
import { resourceTypes, tokens } from "./resourceTypes";

/** The one subscription that a simulated Azure has, unless a test says otherwise. */
export const simulatedSubscription = "00000000-0000-0000-0000-000000000000";

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

/** A path of ARM's, taken apart: an id, or an id with the kind of what is listed or done below it. */
export interface ArmPath {
  readonly subscriptionId: string;
  /** Absent where it is about the whole subscription. */
  readonly group?: string;
  /** `Microsoft.Compute`; absent where it is about a group or a subscription as a whole. */
  readonly namespace?: string;
  /** `virtualMachines`, `runCommands` */
  readonly kinds: readonly string[];
  /** One for each kind, or one less. */
  readonly names: readonly string[];
}

/** What a path says; nothing where it is none of ARM's. Words between the names may be written in any case. */
export function armPathOf(path: string): ArmPath | undefined {
  const [, subscriptionId, rest = ""] = /^\/subscriptions\/([^/]+)(\/.*)?$/i.exec(path) ?? [];
  if (subscriptionId === undefined) return undefined;
  const [, group, below = rest] = /^\/resourcegroups\/([^/]+)(\/.*)?$/i.exec(rest) ?? [];
  const within = group === undefined ? rest : below === rest ? "" : below;
  const place = { subscriptionId, ...(group === undefined ? {} : { group }) };
  if (within === "") return { ...place, kinds: [], names: [] };
  const [, namespace, words] = /^\/providers\/([^/]+)((?:\/[^/]+)+)$/i.exec(within) ?? [];
  if (namespace === undefined || words === undefined) return undefined;
  const parts = words.slice(1).split("/");
  return {
    ...place,
    namespace,
    kinds: parts.filter((_, index) => index % 2 === 0),
    names: parts.filter((_, index) => index % 2 === 1),
  };
}

/** What ARM calls the type that a path names. */
export function armTypeOf({ namespace, kinds }: Pick<ArmPath, "namespace" | "kinds">): string {
  if (namespace === undefined) return "Microsoft.Resources/resourceGroups";
  return [namespace, ...kinds].join("/");
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
