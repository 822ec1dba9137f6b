import { badRequest } from "../armError";
import { text } from "../inputs";
import { parentId, type StoredResource } from "../resource";
import { tokens } from "../resourceTypes";
import type { ArmRule, ArmRules } from "./rule";

/** The peering in the other direction. */
export function counterpart(
  { id, inputs }: Pick<StoredResource, "id" | "inputs">,
  peerings: readonly StoredResource[],
): StoredResource | undefined {
  const [own, remote] = [parentId(id), text(inputs, "remoteVirtualNetwork.id")].map((one) =>
    one.toLowerCase(),
  );
  return peerings.find(
    (other) =>
      parentId(other.id).toLowerCase() === remote &&
      text(other.inputs, "remoteVirtualNetwork.id").toLowerCase() === own,
  );
}

/** https://github.com/hashicorp/terraform-provider-azurerm/issues/14051 */
const remotePeeringIsConnected: ArmRule = ({ token, inputs, id, all }) => {
  if (token !== tokens.peering) return undefined;
  const other = counterpart({ id, inputs }, all(tokens.peering));
  return other?.peering === "Disconnected"
    ? badRequest(
        "RemotePeeringIsDisconnected",
        `Cannot create or update peering ${id} because remote peering ${other.id} referencing parent virtual network ${parentId(id)} is in Disconnected state. Update or re-create the remote peering to get it back to Initiated state.`,
      )
    : undefined;
};

export const peeringRules: ArmRules = { remotePeeringIsConnected };
