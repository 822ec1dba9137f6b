import { badRequest, conflict } from "../armError";
import type { ArmRule, Request, StoredResource } from "../cloud";
import { texts } from "../inputs";
import { tokens } from "../resourceTypes";
import { parentId } from "./generalRules";

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
  const subnets = request
    .all(tokens.subnet)
    .filter(({ id }) => parentId(id).toLowerCase() === request.id.toLowerCase());
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
export const deletionRules: readonly ArmRule[] = [
  inUse(tokens.nic, [tokens.machine], "NicInUse"),
  inUse(tokens.disk, [tokens.machine], "OperationNotAllowed"),
  inUse(tokens.subnet, [tokens.nic, tokens.bastion], "InUseSubnetCannotBeDeleted"),
  inUse(tokens.securityGroup, [tokens.subnet, tokens.nic], "InUseNetworkSecurityGroupCannotBeDeleted"),
  inUse(tokens.natGateway, [tokens.subnet], "InUseNatGatewayCannotBeDeleted"),
  inUse(tokens.publicIp, [tokens.natGateway, tokens.bastion], "PublicIPAddressCannotBeDeleted"),
  inUse(tokens.availabilitySet, [tokens.machine], "CannotDeleteAvailabilitySet"),
  subnetsOfTheNetworkAreFree,
  stoppedMachinesKeepTheirRunCommands,
];
