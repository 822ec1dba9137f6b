import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import type * as topo from "../topology/model";

export interface DataCenterArgs {
  /** Planned data center; every decision is already in it. */
  readonly dataCenter: topo.DataCenter;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether the network refuses to be replaced or destroyed, since machines with data stand in it. */
  readonly protectData: boolean;
}

/** What the resources of one data center, or of one machine in it, have in common. */
export interface Common {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Resource group, network, security groups, way out and way in of one data center. */
export class DataCenter extends pulumi.ComponentResource {
  readonly planned: topo.DataCenter;
  /** Azure region. */
  readonly location: string;
  readonly resourceGroupName: pulumi.Output<string>;
  readonly virtualNetwork: network.VirtualNetwork;
  /** Subnets in the order of the address plan. */
  readonly subnets: ReadonlyMap<topo.SubnetName, network.Subnet>;
  readonly availabilitySets: ReadonlyMap<string, compute.AvailabilitySet>;

  constructor(
    name: string,
    { dataCenter, tags, protectData }: DataCenterArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("persistent-chat-lab:index:DataCenter", name, {}, opts);
    this.planned = dataCenter;
    const parent = { parent: this };
    const location = dataCenter.region;
    this.location = location;
    const group = new resources.ResourceGroup(
      `${name}-group`,
      { resourceGroupName: dataCenter.resourceGroup, location, tags },
      parent,
    );
    this.resourceGroupName = group.name;
    const common = { resourceGroupName: group.name, location, tags };
    const natGateway = new network.NatGateway(
      `${name}-nat`,
      {
        ...common,
        natGatewayName: dataCenter.natGateway,
        sku: { name: "Standard" },
        idleTimeoutInMinutes: dataCenter.natIdleMinutes,
        publicIpAddresses: [{ id: this.publicAddress(`${name}-nat-ip`, dataCenter.natAddress, common).id }],
      },
      parent,
    );
    this.virtualNetwork = new network.VirtualNetwork(
      `${name}-network`,
      {
        ...common,
        virtualNetworkName: dataCenter.virtualNetwork,
        addressSpace: { addressPrefixes: [dataCenter.addressSpace] },
      },
      {
        ...parent,
        // Azure refuses another range for a subnet in use, and by then the rules of every subnet have the new addresses already. Replacing
        // the network instead is what protection refuses, in the preview.
        replaceOnChanges: ["addressSpace"],
        deleteBeforeReplace: true,
        protect: protectData,
      },
    );
    this.subnets = this.makeSubnets(name, dataCenter.subnets, natGateway, common);
    this.availabilitySets = new Map(
      dataCenter.availabilitySets.map((set) => [
        set,
        new compute.AvailabilitySet(
          `${name}-${set}`,
          {
            ...common,
            availabilitySetName: set,
            sku: { name: "Aligned" },
            platformFaultDomainCount: dataCenter.faultDomains,
            platformUpdateDomainCount: dataCenter.updateDomains,
          },
          // Azure fills in who is in it.
          { ...parent, ignoreChanges: ["virtualMachines"] },
        ),
      ]),
    );
    this.makeBastion(name, dataCenter, common);
    this.registerOutputs({ resourceGroupName: this.resourceGroupName });
  }

  private publicAddress(name: string, publicIpAddressName: string, common: Common): network.PublicIPAddress {
    return new network.PublicIPAddress(
      name,
      { ...common, publicIpAddressName, publicIPAllocationMethod: "Static", sku: { name: "Standard" } },
      // Azure fills in who uses it.
      { parent: this, ignoreChanges: ["natGateway"] },
    );
  }

  /** Azure allows one write at a time on a network, so each subnet waits for the one before it. */
  private makeSubnets(
    name: string,
    planned: readonly topo.Subnet[],
    natGateway: network.NatGateway,
    common: Common,
  ): ReadonlyMap<topo.SubnetName, network.Subnet> {
    const subnets = new Map<topo.SubnetName, network.Subnet>();
    let previous: network.Subnet | undefined;
    for (const subnet of planned) {
      const { securityGroup } = subnet;
      const inside = securityGroup && {
        networkSecurityGroup: {
          id: this.securityGroup(`${name}-${subnet.name}-rules`, securityGroup, common).id,
        },
        natGateway: { id: natGateway.id },
        defaultOutboundAccess: false,
      };
      previous = new network.Subnet(
        `${name}-${subnet.name}`,
        {
          resourceGroupName: common.resourceGroupName,
          virtualNetworkName: this.virtualNetwork.name,
          subnetName: subnet.name,
          addressPrefix: subnet.prefix,
          ...inside,
        },
        { parent: this, ...(previous === undefined ? {} : { dependsOn: [previous] }) },
      );
      subnets.set(subnet.name, previous);
    }
    return subnets;
  }

  private makeBastion(
    name: string,
    { bastion, bastionAddress, bastionSku }: topo.DataCenter,
    common: Common,
  ): void {
    const subnet = this.subnets.get("AzureBastionSubnet");
    if (
      bastion === undefined ||
      bastionAddress === undefined ||
      bastionSku === undefined ||
      subnet === undefined
    )
      return;
    new network.BastionHost(
      `${name}-bastion`,
      {
        ...common,
        bastionHostName: bastion,
        sku: { name: bastionSku },
        ipConfigurations: [
          {
            name: "bastion",
            subnet: { id: subnet.id },
            publicIPAddress: { id: this.publicAddress(`${name}-bastion-ip`, bastionAddress, common).id },
          },
        ],
      },
      { parent: this },
    );
  }

  private securityGroup(
    name: string,
    group: NonNullable<topo.Subnet["securityGroup"]>,
    common: Common,
  ): network.NetworkSecurityGroup {
    return new network.NetworkSecurityGroup(
      name,
      {
        ...common,
        networkSecurityGroupName: group.name,
        securityRules: group.rules.map((rule) => ({
          name: rule.name,
          description: rule.description,
          priority: rule.priority,
          direction: "Inbound",
          access: rule.access,
          protocol: rule.protocol === "TCP" ? "Tcp" : rule.protocol === "UDP" ? "Udp" : "*",
          ...prefixes("source", rule.sources),
          sourcePortRange: "*",
          ...prefixes("destination", rule.destinations),
          ...(rule.ports[0] === "*"
            ? { destinationPortRange: "*" }
            : { destinationPortRanges: [...rule.ports] }),
        })),
      },
      { parent: this },
    );
  }
}

/** Azure wants service tags and `*` in the singular property, and refuses them in the plural one. */
function prefixes(side: "source" | "destination", list: readonly string[]) {
  const [only] = list;
  const singular = list.length === 1 && only !== undefined && !/^[0-9]/.test(only);
  if (side === "source")
    return singular ? { sourceAddressPrefix: only } : { sourceAddressPrefixes: [...list] };
  return singular ? { destinationAddressPrefix: only } : { destinationAddressPrefixes: [...list] };
}
