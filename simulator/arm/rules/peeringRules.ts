import { overlap, prefixes, range } from "../addresses";
import { badRequest } from "../armError";
import { parentId } from "../ids";
import { text } from "../inputs";
import { counterpart } from "../peerings";
import { tokens } from "../resourceTypes";
import { type ArmRule, type ArmRules, ofType } from "./rule";

/* A peering is also a write on both of its networks, one at a time: that needs a clock, and is told by time/rehearsal.ts. */

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

const peeredNetworksDoNotOverlap = ofType(tokens.peering, ({ inputs, id, find }) => {
  const [own, theirs] = [find(parentId(id)), find(text(inputs, "remoteVirtualNetwork.id"))].map((network) =>
    prefixes(network?.inputs).flatMap((prefix) => range(prefix) ?? []),
  );
  const clash = own?.some((one) => theirs?.some((other) => overlap(one, other)));
  return clash
    ? badRequest(
        "VnetAddressSpacesOverlap",
        `Cannot create ${id}: the address spaces of the two networks overlap.`,
      )
    : undefined;
});

export const peeringRules: ArmRules = { remotePeeringIsConnected, peeredNetworksDoNotOverlap };
