import { badRequest, conflict } from "../armError";
import { parentId, sameId } from "../ids";
import { texts } from "../inputs";
import type { StoredResource } from "../resource";
import { tokens } from "../resourceTypes";
import type { ArmRule, ArmRules, Request } from "./rule";

/** Another resource, outside the one to be deleted, that refers to it. */
function userOf({ id, all }: Request, token: string): StoredResource | undefined {
  const own = id.toLowerCase();
  return all(token).find(
    (other) =>
      !other.id.toLowerCase().startsWith(`${own}/`) &&
      [...texts(other.inputs)].some(([, value]) => value.toLowerCase() === own),
  );
}

const inUse =
  (token: string, users: readonly string[], code: string): ArmRule =>
  (request) => {
    if (request.token !== token) return undefined;
    const user = users.map((one) => userOf(request, one)).find((one) => one !== undefined);
    return user === undefined
      ? undefined
      : badRequest(code, `${request.id} is in use by ${user.id} and cannot be deleted.`);
  };

const subnetsOfTheNetworkAreFree: ArmRule = (request) => {
  if (request.token !== tokens.network) return undefined;
  const subnets = request.all(tokens.subnet).filter(({ id }) => sameId(parentId(id), request.id));
  const used = subnets.find((subnet) =>
    [tokens.nic, tokens.bastion].some((token) => userOf({ ...request, ...subnet, existing: subnet }, token)),
  );
  return used === undefined
    ? undefined
    : badRequest(
        "InUseSubnetCannotBeDeleted",
        `${request.id} cannot be deleted: its subnet ${used.id} is in use.`,
      );
};

const stoppedMachinesKeepTheirRunCommands: ArmRule = ({ token, id, find }) =>
  token === tokens.runCommand && find(parentId(id))?.running === false
    ? conflict("OperationNotAllowed", `Cannot modify extensions in the VM when the VM is not running: ${id}.`)
    : undefined;

/** What ARM does not delete while it is needed. A resource group goes with everything in it. */
export const deletionRules: ArmRules = {
  interfaceIsFree: inUse(tokens.nic, [tokens.machine], "NicInUse"),
  diskIsFree: inUse(tokens.disk, [tokens.machine], "OperationNotAllowed"),
  subnetIsFree: inUse(tokens.subnet, [tokens.nic, tokens.bastion], "InUseSubnetCannotBeDeleted"),
  securityGroupIsFree: inUse(
    tokens.securityGroup,
    [tokens.subnet, tokens.nic],
    "InUseNetworkSecurityGroupCannotBeDeleted",
  ),
  natGatewayIsFree: inUse(tokens.natGateway, [tokens.subnet], "InUseNatGatewayCannotBeDeleted"),
  publicAddressIsFree: inUse(
    tokens.publicIp,
    [tokens.natGateway, tokens.bastion],
    "PublicIPAddressCannotBeDeleted",
  ),
  availabilitySetIsFree: inUse(tokens.availabilitySet, [tokens.machine], "CannotDeleteAvailabilitySet"),
  subnetsOfTheNetworkAreFree,
  stoppedMachinesKeepTheirRunCommands,
};
