import { createHash } from "node:crypto";
import { parentId, sameId } from "./ids";
import { type Inputs, text, texts, without } from "./inputs";
import type { StoredResource } from "./resource";
import { resourceTypes, tokens } from "./resourceTypes";

/** What else there is in the simulated Azure. */
export interface AzureView {
  readonly all: (token: string) => readonly StoredResource[];
  readonly get: (id: string) => StoredResource | undefined;
}

/** What Azure adds to the body of a resource that it created, and whether it came right. The same id gives the same values. */
export function computedOutputs(token: string, id: string, inputs: Inputs, hasFailed = false): Inputs {
  const type = resourceTypes[token];
  const name = text(inputs, type?.names.at(-1) ?? "");
  const digest = createHash("sha256").update(id.toLowerCase()).digest();
  const base = {
    id,
    name,
    type: type?.armType,
    // An availability set is only a name for its machines, and has no state.
    ...(token === tokens.availabilitySet ? {} : { provisioningState: hasFailed ? "Failed" : "Succeeded" }),
  };
  // Documentation addresses, of which no machine ever has one: https://www.rfc-editor.org/rfc/rfc5737
  if (token === tokens.publicIp) return { ...base, ipAddress: `203.0.113.${digest[0]}` };
  if (token === tokens.nic)
    return {
      ...base,
      macAddress: `00-0D-3A-${digest.toString("hex", 0, 3).toUpperCase().match(/../g)?.join("-")}`,
    };
  if (token === tokens.machine)
    return {
      ...base,
      vmId: digest.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    };
  return base;
}

/** Whether Azure has it although it did not come right: its script failed, or there was no host. */
export const hasFailed = ({ run, failed }: StoredResource): boolean => run === "failed" || failed === true;

/**
 * The body that Azure gives back: what was sent, with properties that it fills in by itself although they can be sent, and without those
 * that it forgets. A provider takes both for changes. https://github.com/Azure/azure-powershell/issues/13213,
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/13610
 */
export function bodyOf(
  { id, token, inputs, running, peering }: StoredResource,
  { all, get }: AzureView,
): Inputs {
  const refersTo = (other: StoredResource) => [...texts(other.inputs)].some(([, value]) => sameId(value, id));
  const inBody = Object.entries(resourceTypes[token]?.inBody ?? {});
  if (inBody.length > 0) {
    const below = (kind: string) => all(kind).filter((other) => sameId(parentId(other.id), id));
    const parts = inBody.map(([property, kind]) => [
      property,
      below(kind).map((part) => ({ ...computedOutputs(kind, part.id, part.inputs), ...part.inputs })),
    ]);
    return { ...Object.fromEntries(parts), ...inputs };
  }
  if (token === tokens.publicIp) {
    const [gateway] = all(tokens.natGateway).filter(refersTo);
    return gateway === undefined ? inputs : { ...inputs, natGateway: { id: gateway.id } };
  }
  if (token === tokens.availabilitySet)
    return {
      ...inputs,
      virtualMachines: all(tokens.machine)
        .filter(refersTo)
        .map((machine) => ({ id: machine.id })),
    };
  if (token === tokens.peering) {
    const remote = get(text(inputs, "remoteVirtualNetwork.id"))?.inputs.addressSpace;
    const addresses =
      remote === undefined ? {} : { remoteAddressSpace: remote, remoteVirtualNetworkAddressSpace: remote };
    return {
      ...inputs,
      ...addresses,
      peeringState: peering,
      peeringSyncLevel: "FullyInSync",
      peerCompleteVnets: true,
    };
  }
  return token === tokens.machine && running === false
    ? without(inputs, [
        "storageProfile.osDisk.diskSizeGB",
        "storageProfile.osDisk.managedDisk.storageAccountType",
      ])
    : inputs;
}
