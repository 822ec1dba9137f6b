import { Address4 } from "ip-address";
import { list } from "./inputs";

/** A range, or one address; undefined for what is none. */
export function range(prefix: unknown): Address4 | undefined {
  return typeof prefix === "string" && Address4.isValid(prefix) ? new Address4(prefix) : undefined;
}

export function overlap(one: Address4, other: Address4): boolean {
  return one.isInSubnet(other) || other.isInSubnet(one);
}

/** The ranges of a virtual network, by its inputs. */
export const prefixes = (inputs: unknown) => list(inputs, "addressSpace.addressPrefixes");
