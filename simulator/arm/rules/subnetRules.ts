import { overlap, prefixes, range } from "../addresses";
import { badRequest, conflict } from "../armError";
import { parentId, sameId } from "../ids";
import { list, text } from "../inputs";
import { tokens } from "../resourceTypes";
import { type ArmRules, ofType, type Request } from "./rule";

/*
 * Ranges and addresses. Azure keeps the first four addresses and the last of every subnet.
 */

const networkRangesAreValid = ofType(tokens.network, ({ inputs, id }) => {
  const bad = prefixes(inputs).find((prefix) => {
    const parsed = range(prefix);
    return parsed === undefined || parsed.startAddress().correctForm() !== parsed.correctForm();
  });
  return bad === undefined
    ? undefined
    : badRequest("InvalidAddressPrefixFormat", `Address prefix ${String(bad)} of ${id} is not valid.`);
});

const ipConfigurations = ({ inputs }: Pick<Request, "inputs">) =>
  list(inputs, "ipConfigurations").map((one) => ({
    address: text(one, "privateIPAddress"),
    subnet: text(one, "subnet.id"),
  }));

const subnetIsInsideItsNetwork = ofType(tokens.subnet, ({ inputs, id, find }) => {
  const own = range(inputs.addressPrefix);
  const spaces = prefixes(find(parentId(id))?.inputs).flatMap((prefix) => range(prefix) ?? []);
  return own !== undefined && spaces.some((space) => own.isInSubnet(space))
    ? undefined
    : badRequest(
        "NetcfgInvalidSubnet",
        `Subnet ${text(inputs, "subnetName")} with ${text(inputs, "addressPrefix")} is not within its virtual network.`,
      );
});

/** Azure names the first subnet that would be left outside. */
const networkKeepsItsSubnets = ofType(tokens.network, ({ inputs, existing, id, all }) => {
  if (existing === undefined) return undefined;
  const spaces = prefixes(inputs).flatMap((prefix) => range(prefix) ?? []);
  const outside = all(tokens.subnet).find((subnet) => {
    const own = range(subnet.inputs.addressPrefix);
    const isMine = sameId(parentId(subnet.id), id);
    return isMine && own !== undefined && !spaces.some((space) => own.isInSubnet(space));
  });
  return outside === undefined
    ? undefined
    : badRequest(
        "NetcfgInvalidSubnet",
        `Subnet '${text(outside.inputs, "subnetName")}' is not valid in virtual network '${id}': it would be outside of its address space.`,
      );
});

const subnetsDoNotOverlap = ofType(tokens.subnet, ({ inputs, id, all }) => {
  const own = range(inputs.addressPrefix);
  const other = all(tokens.subnet).find((one) => {
    const theirs = range(one.inputs.addressPrefix);
    const sibling = sameId(parentId(one.id), parentId(id)) && !sameId(one.id, id);
    return sibling && own !== undefined && theirs !== undefined && overlap(own, theirs);
  });
  return other === undefined
    ? undefined
    : badRequest(
        "NetcfgSubnetRangesOverlap",
        `Subnet ${text(inputs, "subnetName")} overlaps ${text(other.inputs, "subnetName")} (${text(other.inputs, "addressPrefix")}).`,
      );
});

const rangeInUseStays = ofType(tokens.subnet, ({ inputs, existing, id, all }) => {
  if (existing === undefined || existing.inputs.addressPrefix === inputs.addressPrefix) return undefined;
  const user = all(tokens.nic).find((nic) => ipConfigurations(nic).some(({ subnet }) => sameId(subnet, id)));
  return user === undefined
    ? undefined
    : badRequest(
        "InUseSubnetCannotBeUpdated",
        `Subnet ${text(inputs, "subnetName")} is in use by ${user.id} and cannot change its range.`,
        "inferred",
      );
});

const addressIsInItsSubnet = ofType(tokens.nic, (request) => {
  for (const { address, subnet } of ipConfigurations(request)) {
    const own = range(address);
    const prefix = range(request.find(subnet)?.inputs.addressPrefix);
    if (address === "" || prefix === undefined) continue;
    if (own === undefined || !own.isInSubnet(prefix))
      return badRequest(
        "PrivateIPAddressNotInSubnet",
        `Address ${address} of ${request.id} is not in ${subnet} (${prefix.address}).`,
      );
    const offset = own.bigInt() - prefix.startAddress().bigInt();
    if (offset < 4n || own.bigInt() === prefix.endAddress().bigInt())
      return badRequest(
        "PrivateIPAddressInReservedRange",
        `Address ${address} of ${request.id} is one that Azure keeps for itself in ${prefix.address}.`,
      );
  }
  return undefined;
});

const addressIsFree = ofType(tokens.nic, (request) => {
  const own = ipConfigurations(request).filter(({ address }) => address !== "");
  for (const other of request.all(tokens.nic)) {
    if (sameId(other.id, request.id)) continue;
    const taken = ipConfigurations(other).find((theirs) =>
      own.some(({ address, subnet }) => address === theirs.address && sameId(subnet, theirs.subnet)),
    );
    if (taken !== undefined)
      return conflict(
        "PrivateIPAddressIsAllocated",
        `Address ${taken.address} of ${request.id} is already allocated to ${other.id}.`,
      );
  }
  return undefined;
});

export const subnetRules: ArmRules = {
  networkRangesAreValid,
  subnetIsInsideItsNetwork,
  networkKeepsItsSubnets,
  subnetsDoNotOverlap,
  rangeInUseStays,
  addressIsInItsSubnet,
  addressIsFree,
};
