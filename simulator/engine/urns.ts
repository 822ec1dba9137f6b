/* Uniform resource names, as the engine forms them: https://www.pulumi.com/docs/iac/concepts/resources/names/#urns */

const stackType = "pulumi:pulumi:Stack";

/** What a URN is made of. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** Types of all ancestors but the stack, and its own. */
  readonly types: readonly string[];
  readonly name: string;
}

export function partsOf(urn: string): UrnParts {
  const [head = "", project = "", types = "", ...name] = urn.split("::");
  return { stack: head.slice("urn:pulumi:".length), project, types: types.split("$"), name: name.join("::") };
}

/** URN as the engine forms it: the types of all ancestors but the stack, then the name. */
export function urnOf(stack: string, project: string, parent: string, type: string, name: string): string {
  const types = partsOf(parent).types.filter((one) => one !== "" && one !== stackType);
  return `urn:pulumi:${stack}::${project}::${[...types, type].join("$")}::${name}`;
}

/** The name at the end of a URN. */
export const nameOf = (urn: string): string => partsOf(urn).name;

/** The type token of what a URN names. */
export const typeOf = (urn: string): string => partsOf(urn).types.at(-1) ?? "";
