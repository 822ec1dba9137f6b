import type { Cloud } from "../arm/cloud";
import { bodyOf, computedOutputs, hasFailed } from "../arm/computed";
import { at, type Inputs, withAt, without } from "../arm/inputs";
import type { StoredResource } from "../arm/resource";
import { type ResourceType, resourceTypes } from "../arm/resourceTypes";

/*
 * A body as ARM has it: what azure-native leaves flat stands under `properties`, that of a resource and that of some lists' items.
 */

/** What stands beside `properties`. */
const beside = ["location", "tags", "zones", "sku", "identity"];

/** What names an item of a list; the rest of it is under `properties`. */
const ofItems = ["id", "name", "type", "etag", "zones"];

type Change = (item: Inputs) => Inputs;

/** The inputs with each item of the lists at some paths changed. */
function withItems(inputs: Inputs, paths: readonly string[], change: Change): Inputs {
  return paths.reduce((all, path) => {
    const items = at(all, path);
    return Array.isArray(items) ? withAt(all, path, items.map(change)) : all;
  }, inputs);
}

const picked = (inputs: Inputs, wanted: (key: string) => boolean): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => wanted(key)));

const wrapped: Change = (item) => ({
  ...picked(item, (key) => ofItems.includes(key)),
  properties: picked(item, (key) => !ofItems.includes(key)),
});

const unwrapped: Change = ({ properties, ...item }) => ({ ...item, ...(properties as Inputs | undefined) });

/** An item of a list with the id that it has as a part of its resource. */
const withId =
  (id: string, kind: string): Change =>
  (item) =>
    typeof item.name === "string" && item.id === undefined
      ? { id: `${id}/${kind}/${item.name}`, ...item }
      : item;

/** Names of the path that a resource's inputs hold beside its body. */
const namesOf = ({ names }: ResourceType): readonly string[] => ["resourceGroupName", ...names];

/** Identities are a list for azure-native, and an object by id for ARM. */
function identityOut({ userAssignedIdentities, ...identity }: Inputs): Inputs {
  if (!Array.isArray(userAssignedIdentities)) return { ...identity, userAssignedIdentities };
  return {
    ...identity,
    userAssignedIdentities: Object.fromEntries(userAssignedIdentities.map((id: string) => [id, {}])),
  };
}

function identityIn({ type, userAssignedIdentities }: Inputs): Inputs {
  if (typeof userAssignedIdentities !== "object" || userAssignedIdentities === null) return { type };
  return { type, userAssignedIdentities: Object.keys(userAssignedIdentities) };
}

/** What ARM answers about a resource. Nothing of it is a secret. */
export function bodyFor(stored: StoredResource, cloud: Cloud, provisioningState?: string): Inputs {
  const type = resourceTypes[stored.token] as ResourceType;
  const {
    id,
    name,
    type: armType,
    ...computed
  } = computedOutputs(stored.token, stored.id, stored.inputs, hasFailed(stored));
  const inBody = Object.keys(type.inBody ?? {});
  const children = Object.entries(type.inBody ?? {}).map(([property, token]) => [
    property,
    cloud
      .all(token)
      .filter((one) => one.id.toLowerCase().startsWith(`${stored.id.toLowerCase()}/`))
      .map((one) => bodyFor(one, cloud)),
  ]);
  const whole = without({ ...bodyOf(stored, cloud) }, [
    ...namesOf(type),
    ...inBody,
    ...(type.writeOnly ?? []),
  ]);
  const named = withItems(whole, type.wraps ?? [], (item) => withId(stored.id, kindOf(type))(item));
  const flat = { ...withItems(named, type.wraps ?? [], wrapped), ...Object.fromEntries(children) };
  const outside = picked(flat, (key) => beside.includes(key));
  return {
    id,
    name,
    type: armType,
    ...outside,
    ...(outside.identity === undefined ? {} : { identity: identityOut(outside.identity as Inputs) }),
    properties: {
      ...picked(flat, (key) => !beside.includes(key)),
      ...computed,
      ...(provisioningState === undefined ? {} : { provisioningState }),
    },
  };
}

/** What the items of a type's list are called in their ids. */
const kindOf = ({ armType, wraps = [] }: ResourceType): string =>
  armType.endsWith("/bastionHosts") ? "bastionHostIpConfigurations" : (wraps[0] ?? "");

/** A body as azure-native would have sent it. What Azure fills in by itself is left out: whoever sends back what he got changes nothing. */
export function inputsFrom(token: string, names: Inputs, body: Inputs): Inputs {
  const type = resourceTypes[token] as ResourceType;
  const { properties = {}, ...outer } = body as { readonly properties?: Inputs } & Inputs;
  const inner = without(properties, [
    "provisioningState",
    "resourceGuid",
    "uniqueId",
    ...(type.readOnly ?? []),
    ...Object.keys(type.inBody ?? {}),
  ]);
  const flat = withItems(inner, type.wraps ?? [], (item) => {
    const { etag: _, type: __, id, ...rest } = unwrapped(item);
    const { provisioningState: ___, ...kept } = rest;
    return typeof kept.name === "string" ? kept : { ...(id === undefined ? {} : { id }), ...kept };
  });
  const outside = picked(outer, (key) => beside.includes(key));
  return {
    ...names,
    ...outside,
    ...(outside.identity === undefined ? {} : { identity: identityIn(outside.identity as Inputs) }),
    ...flat,
  };
}

/** What is known of a machine besides its body. */
export function instanceViewOf({ inputs, running, allocated, failed }: StoredResource, at_: string): Inputs {
  const power = running ? "running" : allocated ? "stopped" : "deallocated";
  return {
    computerName: at(inputs, "osProfile.computerName"),
    hyperVGeneration: "V2",
    statuses: [
      failed
        ? {
            code: "ProvisioningState/failed/AllocationFailed",
            level: "Error",
            displayStatus: "Provisioning failed",
            time: at_,
          }
        : {
            code: "ProvisioningState/succeeded",
            level: "Info",
            displayStatus: "Provisioning succeeded",
            time: at_,
          },
      { code: `PowerState/${power}`, level: "Info", displayStatus: `VM ${power}` },
    ],
  };
}

/** How the script of a guest step ended; what it printed nobody knows, since none ran. */
export function runViewOf({ run }: StoredResource, at_: string): Inputs {
  const isFailed = run === "failed";
  return {
    executionState: isFailed ? "Failed" : "Succeeded",
    exitCode: isFailed ? 1 : 0,
    output: "",
    error: isFailed ? "A fault let this script fail." : "",
    startTime: at_,
    endTime: at_,
  };
}
