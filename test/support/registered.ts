import { type RegisteredResource, withoutOptions } from "../../simulator/engine/registered";

/** A cloud resource as a program registers it, with nothing special about it but what is given. */
export function registered(changes: Partial<RegisteredResource>): RegisteredResource {
  return {
    ...withoutOptions,
    urn: "urn:a",
    type: "",
    name: "a",
    inputs: {},
    ...changes,
  };
}
