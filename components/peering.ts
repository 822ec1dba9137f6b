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
    // A peering is a write on its network like a subnet is, so it waits for the last subnets of both.
    const lastSubnets = [primary, secondary].flatMap(({ subnets }) => [...subnets.values()].slice(-1));
    const direction = (from: DataCenter, to: DataCenter, suffix: string, after: pulumi.Resource[]) =>
      new network.VirtualNetworkPeering(
        `${name}-${suffix}`,
        {
          resourceGroupName: from.resourceGroupName,
          virtualNetworkName: from.virtualNetwork.name,
          virtualNetworkPeeringName: `${name}-${suffix}`,
          remoteVirtualNetwork: { id: to.virtualNetwork.id },
          allowVirtualNetworkAccess: true,
          allowForwardedTraffic: false,
          allowGatewayTransit: false,
          useRemoteGateways: false,
        },
        { parent: this, dependsOn: after },
      );
    this.directions = [
      direction(primary, secondary, "to-secondary", lastSubnets),
      direction(secondary, primary, "to-primary", lastSubnets),
    ];
    this.registerOutputs({});
  }
}
