import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { DataCenter } from "./dataCenter";

export interface PeeringArgs {
  readonly primary: DataCenter;
  readonly secondary: DataCenter;
}

/** The link between the two data centers: one peering for each direction, without which neither works. */
export class Peering extends pulumi.ComponentResource {
  /** Both directions. */
  readonly directions: readonly network.VirtualNetworkPeering[];

  constructor(name: string, { primary, secondary }: PeeringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("persistent-chat-lab:index:Peering", name, {}, opts);
    // A peering is a write on both networks like a subnet is on its own, so it waits for the last subnets of both, and one for the other.
    const lastSubnets = [primary, secondary].flatMap(({ subnets }) => [...subnets.values()].slice(-1));
    const direction = (from: DataCenter, to: DataCenter, after: pulumi.Resource[]) =>
      new network.VirtualNetworkPeering(
        from.planned.peering,
        {
          resourceGroupName: from.resourceGroupName,
          virtualNetworkName: from.virtualNetwork.name,
          virtualNetworkPeeringName: from.planned.peering,
          remoteVirtualNetwork: { id: to.virtualNetwork.id },
          allowVirtualNetworkAccess: true,
          allowForwardedTraffic: false,
          allowGatewayTransit: false,
          useRemoteGateways: false,
        },
        {
          parent: this,
          dependsOn: after,
          // The peering of a network that was made anew is disconnected on the other side, although its input is the same text again:
          // https://github.com/hashicorp/terraform-provider-azurerm/issues/14051
          replaceWith: [from.virtualNetwork, to.virtualNetwork],
          deleteBeforeReplace: true,
          // What Azure fills in once the other direction is there.
          ignoreChanges: [
            "peeringState",
            "peeringSyncLevel",
            "peerCompleteVnets",
            "remoteAddressSpace",
            "remoteVirtualNetworkAddressSpace",
          ],
        },
      );
    const there = direction(primary, secondary, lastSubnets);
    const back = direction(secondary, primary, [...lastSubnets, there]);
    this.directions = [there, back];
    this.registerOutputs({});
  }
}
