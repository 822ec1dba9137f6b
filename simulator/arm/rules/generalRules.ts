import { hasZones, plainRegion } from "../../../topology/azure/regions";
import { badRequest, conflict, notFound } from "../armError";
import { parentId } from "../ids";
import { at, same, text, texts } from "../inputs";
import { resourceTypes, tokens } from "../resourceTypes";
import type { ArmRule, ArmRules, Request } from "./rule";

const ownName = ({ token, inputs }: Request) => text(inputs, resourceTypes[token]?.names.at(-1) ?? "");

const nameIsAllowed: ArmRule = (request) => {
  const type = resourceTypes[request.token];
  const name = ownName(request);
  if (
    type === undefined ||
    (name.length > 0 && name.length <= type.longestName && type.namePattern.test(name))
  )
    return undefined;
  return badRequest(
    "InvalidResourceName",
    `"${name}" (${name.length} characters) is no valid name for ${type.armType}: at most ${type.longestName}, matching ${type.namePattern.source}.`,
  );
};

/** Whether a property may be left out because Azure has it already and never gives it back. */
function isKept({ token, existing }: Request, path: string): boolean {
  return existing !== undefined && (resourceTypes[token]?.writeOnly?.includes(path) ?? false);
}

const bodyIsComplete: ArmRule = (request) => {
  const { token, inputs, id } = request;
  const missing = resourceTypes[token]?.required.find((path) => {
    if (isKept(request, path)) return false;
    const value = at(inputs, path);
    return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  });
  if (missing === undefined) return undefined;
  return missing === "location"
    ? badRequest("LocationRequired", `The location property is required for ${id}.`)
    : badRequest("InvalidRequestContent", `The property ${missing} is required for ${id}.`);
};

const resourceGroupExists: ArmRule = ({ token, inputs, id, find }) => {
  if (token === tokens.group) return undefined;
  const group = id.slice(0, id.indexOf("/providers/"));
  return find(group) === undefined
    ? notFound(
        "ResourceGroupNotFound",
        `Resource group '${text(inputs, "resourceGroupName")}' could not be found.`,
      )
    : undefined;
};

const parentExists: ArmRule = ({ token, id, find }) =>
  resourceTypes[token]?.parent !== undefined && find(parentId(id)) === undefined
    ? notFound(
        "ParentResourceNotFound",
        `Failed to perform the write on ${id}: its parent ${parentId(id)} could not be found.`,
      )
    : undefined;

/** Whatever looks like an id must be one that exists. Images of galleries and managed identities are outside what is simulated. */
const outside = /\/(?:galleries|userAssignedIdentities)\//i;

const referencesExist: ArmRule = ({ inputs, id, find }) => {
  for (const [path, value] of texts(inputs))
    if (value.startsWith("/subscriptions/") && !outside.test(value) && find(value) === undefined)
      return badRequest(
        "InvalidResourceReference",
        `Resource ${value} referenced by ${path} of ${id} was not found.`,
      );
  return undefined;
};

const regionOf = (location: unknown) => plainRegion(String(location));

/** What belongs together stands in one region; peerings alone cross them. */
const referencesAreInTheSameRegion: ArmRule = ({ token, inputs, id, find }) => {
  if (token === tokens.peering || token === tokens.subnet) return undefined;
  for (const [path, value] of texts(inputs)) {
    const other = value.startsWith("/subscriptions/") ? find(value) : undefined;
    if (other === undefined) continue;
    const placed = other.token === tokens.subnet ? find(parentId(other.id)) : other;
    const there = placed?.inputs.location;
    // Code inferred: each resource provider words this in its own way.
    if (there !== undefined && regionOf(there) !== regionOf(inputs.location))
      return badRequest(
        "InvalidResourceReference",
        `${id} is in ${String(inputs.location)}, but ${path} refers to ${value} in ${String(there)}.`,
      );
  }
  return undefined;
};

const childIsWhereItsParentIs: ArmRule = ({ token, inputs, id, find }) => {
  const parent = resourceTypes[token]?.parent === undefined ? undefined : find(parentId(id));
  const there = parent?.inputs.location;
  return inputs.location !== undefined && there !== undefined && regionOf(inputs.location) !== regionOf(there)
    ? conflict(
        "InvalidResourceLocation",
        `${id} cannot be in ${String(inputs.location)}: its parent is in ${String(there)}.`,
      )
    : undefined;
};

const immutablePropertiesStay: ArmRule = (request) => {
  const { token, inputs, existing, id } = request;
  if (existing === undefined) return undefined;
  const changed = resourceTypes[token]?.immutable.find((path) => {
    const value = at(inputs, path);
    return !(value === undefined && isKept(request, path)) && !same(at(existing.inputs, path), value);
  });
  if (changed === undefined) return undefined;
  return changed === "location"
    ? conflict(
        "InvalidResourceLocation",
        `${id} already exists in ${String(existing.inputs.location)} and cannot move.`,
      )
    : conflict("PropertyChangeNotAllowed", `Changing property '${changed}' of ${id} is not allowed.`);
};

const zonesExist: ArmRule = ({ inputs, id }) =>
  Array.isArray(inputs.zones) && inputs.zones.length > 0 && hasZones(regionOf(inputs.location)) === false
    ? badRequest(
        "AvailabilityZoneNotSupported",
        `${id} asks for zone ${inputs.zones.join(", ")}, but ${String(inputs.location)} has no availability zones.`,
      )
    : undefined;

const tagsFit: ArmRule = ({ inputs, id }) => {
  const count = Object.keys((inputs.tags ?? {}) as object).length;
  return count > 50
    ? badRequest("InvalidTagCount", `${id} has ${count} tags; at most 50 are allowed.`)
    : undefined;
};

/** What holds for every type. */
export const generalRules: ArmRules = {
  nameIsAllowed,
  bodyIsComplete,
  resourceGroupExists,
  parentExists,
  immutablePropertiesStay,
  referencesExist,
  referencesAreInTheSameRegion,
  childIsWhereItsParentIs,
  zonesExist,
  tagsFit,
};
