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

/** Resource group, network, security groups, way out and way in of one data center. */
export class DataCenter extends pulumi.ComponentResource {
  /** Azure region. */
  readonly location: string;
  readonly resourceGroupName: pulumi.Output<string>;
  readonly virtualNetwork: network.VirtualNetwork;
  /** Subnets in the order of the address plan. */
  readonly subnets: ReadonlyMap<topo.SubnetName, network.Subnet>;
  readonly availabilitySets: ReadonlyMap<string, compute.AvailabilitySet>;
  readonly bastion: network.BastionHost | undefined;

  constructor(
    name: string,
    { dataCenter, tags, protectData }: DataCenterArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("persistent-chat-lab:index:DataCenter", name, {}, opts);
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
    const publicIp = (part: string, publicIpAddressName: string) =>
      new network.PublicIPAddress(
        `${name}-${part}`,
        { ...common, publicIpAddressName, publicIPAllocationMethod: "Static", sku: { name: "Standard" } },
        // Azure fills in who uses it.
        { ...parent, ignoreChanges: ["natGateway"] },
      );
    const natGateway = new network.NatGateway(
      `${name}-nat`,
      {
        ...common,
        natGatewayName: dataCenter.natGateway,
        sku: { name: "Standard" },
        idleTimeoutInMinutes: 10,
        publicIpAddresses: [{ id: publicIp("nat-ip", `${dataCenter.natGateway}-ip`).id }],
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
    // Azure allows one write at a time on a network, so each subnet waits for the one before it.
    const subnets = new Map<topo.SubnetName, network.Subnet>();
    let previous: network.Subnet | undefined;
    for (const planned of dataCenter.subnets) {
      const { securityGroup } = planned;
      const inside = securityGroup && {
        networkSecurityGroup: {
          id: this.securityGroup(`${name}-${planned.name}-rules`, securityGroup, common).id,
        },
        natGateway: { id: natGateway.id },
        defaultOutboundAccess: false,
      };
      previous = new network.Subnet(
        `${name}-${planned.name}`,
        {
          resourceGroupName: group.name,
          virtualNetworkName: this.virtualNetwork.name,
          subnetName: planned.name,
          addressPrefix: planned.prefix,
          ...inside,
        },
        { ...parent, ...(previous === undefined ? {} : { dependsOn: [previous] }) },
      );
      subnets.set(planned.name, previous);
    }
    this.subnets = subnets;
    this.availabilitySets = new Map(
      dataCenter.availabilitySets.map((set) => [
        set,
        new compute.AvailabilitySet(
          `${name}-${set}`,
          {
            ...common,
            availabilitySetName: set,
            sku: { name: "Aligned" },
            platformFaultDomainCount: 2,
            platformUpdateDomainCount: 5,
          },
          // Azure fills in who is in it.
          { ...parent, ignoreChanges: ["virtualMachines"] },
        ),
      ]),
    );
    const bastionSubnet = subnets.get("AzureBastionSubnet");
    this.bastion =
      dataCenter.bastion === undefined || bastionSubnet === undefined
        ? undefined
        : new network.BastionHost(
            `${name}-bastion`,
            {
              ...common,
              bastionHostName: dataCenter.bastion,
              sku: { name: "Basic" },
              ipConfigurations: [
                {
                  name: "bastion",
                  subnet: { id: bastionSubnet.id },
                  publicIPAddress: { id: publicIp("bastion-ip", `${dataCenter.bastion}-ip`).id },
                },
              ],
            },
            parent,
          );
    this.registerOutputs({ resourceGroupName: this.resourceGroupName });
  }

  private securityGroup(
    name: string,
    group: NonNullable<topo.Subnet["securityGroup"]>,
    common: {
      resourceGroupName: pulumi.Output<string>;
      location: string;
      tags: Readonly<Record<string, string>>;
    },
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
