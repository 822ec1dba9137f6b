import { type Inputs, same } from "../arm/inputs";
import { resourceTypes } from "../arm/resourceTypes";
import type { RegisteredResource } from "./registered";
import { withoutSecrets } from "./secrets";

/** A change of one property, by its path. */
export interface Change {
  readonly path: string;
  readonly kind: "ADD" | "DELETE" | "UPDATE";
}

/** What a deployment does to one resource; those that stay as they are have no effect. */
export interface Effect {
  readonly urn: string;
  /** Its URN before, where an alias says that it had another one. */
  readonly was?: string;
  readonly type: string;
  readonly name: string;
  readonly op: "create" | "update" | "replace" | "delete";
  /** Paths of the properties that changed or, for a replacement, of those that force it. */
  readonly because: readonly string[];
  /** Whether the engine refuses it in the preview, since the resource is protected. */
  readonly refused: boolean;
}

/** Every leaf in which two bodies differ; secrets are compared by their values. */
export function changesBetween(before: Inputs, after: Inputs): readonly Change[] {
  const changes: Change[] = [];
  const compare = (old: unknown, now: unknown, path: string): void => {
    if (old === undefined && now === undefined) return;
    if (old === undefined) changes.push({ path, kind: "ADD" });
    else if (now === undefined) changes.push({ path, kind: "DELETE" });
    else if (isObject(old) && isObject(now) && Array.isArray(old) === Array.isArray(now))
      for (const key of new Set([...Object.keys(old), ...Object.keys(now)]))
        compare(Reflect.get(old, key), Reflect.get(now, key), joined(path, key, Array.isArray(now)));
    else if (old !== now) changes.push({ path, kind: "UPDATE" });
  };
  compare(withoutSecrets(before).plain, withoutSecrets(after).plain, "");
  return changes;
}

/** Whether a change is to a property, or to something inside it. */
export function isWithin(path: string, property: string): boolean {
  return path === property || path.startsWith(`${property}.`) || path.startsWith(`${property}[`);
}

/** Properties whose change replaces the resource, as azure-native has it: its names, and little else. */
export function replacing(token: string): readonly string[] {
  const type = resourceTypes[token];
  return ["resourceGroupName", ...(type?.names ?? []), ...(type?.forcesReplacement ?? [])];
}

/**
 * What the deployment of a program does to a lab that another one made, as the Pulumi engine does it with azure-native. Both programs are
 * resources in the order of their registration, so whatever a resource depends on has been decided before it.
 */
export function effects(
  base: readonly RegisteredResource[],
  head: readonly RegisteredResource[],
): readonly Effect[] {
  const old = new Map(base.filter(({ custom }) => custom).map((resource) => [resource.urn, resource]));
  const kept = new Set<string>();
  const replaced = new Set<string>();
  const found: Effect[] = [];
  for (const resource of head.filter(({ custom }) => custom)) {
    const { urn, type, name } = resource;
    const was = old.get([urn, ...resource.aliases].find((one) => old.has(one)) ?? "");
    if (was === undefined) {
      found.push({ urn, type, name, op: "create", because: [], refused: false });
      continue;
    }
    kept.add(was.urn);
    const before = was.urn === urn ? {} : { was: was.urn };
    const changed = changesBetween(was.inputs, resource.inputs)
      .map(({ path }) => path)
      .filter((path) => !resource.ignoreChanges.some((one) => isWithin(path, one)));
    const forcing = forcedBy(was, resource, changed, replaced);
    if (forcing.length > 0) {
      replaced.add(urn);
      found.push({ urn, ...before, type, name, op: "replace", because: forcing, refused: was.protect });
    } else if (changed.length > 0)
      found.push({ urn, ...before, type, name, op: "update", because: changed, refused: false });
  }
  const gone = [...old.values()].filter(({ urn }) => !kept.has(urn));
  return [
    ...found,
    ...gone.map(({ urn, type, name, protect }): Effect => {
      return { urn, type, name, op: "delete", because: [], refused: protect };
    }),
  ];
}

/** Why a resource is replaced, if it is: its own properties, or what it cannot be without. */
function forcedBy(
  was: RegisteredResource,
  resource: RegisteredResource,
  changed: readonly string[],
  replaced: ReadonlySet<string>,
): readonly string[] {
  const names = [...replacing(resource.type), ...resource.replaceOnChanges];
  const forces = (path: string) => names.some((one) => isWithin(path, one));
  // What is deleted before it is made again replaces every resource whose name or parent it supplies.
  const through = Object.entries(resource.propertyDependencies)
    .filter(([property, urns]) => forces(property) && urns.some((urn) => replaced.has(urn)))
    .map(([property]) => property);
  // A program that had no trigger yet had nothing to compare with.
  const triggered =
    was.replacementTrigger === undefined || same(was.replacementTrigger, resource.replacementTrigger)
      ? []
      : ["replacementTrigger"];
  const along = resource.replaceWith.some((urn) => replaced.has(urn)) ? ["replaceWith"] : [];
  return [...new Set([...changed.filter(forces), ...through, ...triggered, ...along])];
}

function joined(path: string, key: string, isItem: boolean): string {
  if (isItem) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
