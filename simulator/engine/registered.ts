import type { Inputs } from "../arm/inputs";

/** A resource as the program registered it. */
export interface RegisteredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of its parent; empty for the stack itself. */
  readonly parent: string;
  /** Whether a provider manages it; false for components and the stack. */
  readonly custom: boolean;
  /** What the provider would receive, every secret replaced by "[secret]". */
  readonly inputs: Inputs;
  /** URNs of the resources that must exist first, named as an option or reached through an input. */
  readonly dependsOn: readonly string[];
  readonly protect: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly replaceOnChanges: readonly string[];
  readonly ignoreChanges: readonly string[];
  /** URNs that it had before. */
  readonly aliases: readonly string[];
  readonly deletedWith: string;
  /** Input property -> URNs of the resources whose outputs are in it. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** URNs of the resources with which it is replaced. */
  readonly replaceWith: readonly string[];
  /** A change of this value replaces the resource; absent where there is none. */
  readonly replacementTrigger?: unknown;
  /** Property paths of the secrets in `inputs`. */
  readonly secrets: readonly string[];
}

/** A resource that the simulated Azure, or the engine, would not create. */
export interface Refusal {
  readonly urn: string;
  /** HTTP status of Azure's answer; absent where the engine or the network refused. */
  readonly status?: number;
  /** ARM's error code; `DuplicateUrn` is the engine's. */
  readonly code: string;
  readonly message: string;
}

/** What a resource has that was registered without any option. */
export const withoutOptions = {
  parent: "",
  custom: true,
  dependsOn: [],
  protect: false,
  deleteBeforeReplace: false,
  replaceOnChanges: [],
  ignoreChanges: [],
  aliases: [],
  deletedWith: "",
  propertyDependencies: {},
  replaceWith: [],
  secrets: [],
} as const;

/** Resources by their URN. */
export const byUrn = (resources: readonly RegisteredResource[]): ReadonlyMap<string, RegisteredResource> =>
  new Map(resources.map((resource) => [resource.urn, resource]));
