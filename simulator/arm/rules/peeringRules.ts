import { badRequest } from "../armError";
import { parentId } from "../ids";
import { counterpart } from "../peerings";
import { tokens } from "../resourceTypes";
import type { ArmRule, ArmRules } from "./rule";

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
