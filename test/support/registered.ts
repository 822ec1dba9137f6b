import type { RegisteredResource } from "../../simulator/program";

/** A cloud resource as a program registers it, with nothing special about it but what is given. */
export function registered(changes: Partial<RegisteredResource>): RegisteredResource {
  return {
    urn: "urn:a",
    type: "",
    name: "a",
    parent: "",
    custom: true,
    inputs: {},
    dependsOn: [],
    protect: false,
    deleteBeforeReplace: false,
    replaceOnChanges: [],
    ignoreChanges: [],
    deletedWith: "",
    propertyDependencies: {},
    replaceWith: [],
    secrets: [],
    ...changes,
  };
}
