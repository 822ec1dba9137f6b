import { describe, expect, it } from "vitest";
import { DataCenter } from "../../components/dataCenter";
import { planOf } from "../support/config";
import { only, record } from "../support/record";

const build = (changes: Record<string, unknown> = {}, id: "primary" | "secondary" = "primary") => {
  const plan = planOf(changes);
  return record(
    () =>
      new DataCenter(id, {
        dataCenter: plan.dataCenters[id],
        tags: plan.tags,
        protectData: plan.protectData,
      }),
  );
};

describe("DataCenter", () => {
  it("registers its network, a security group for each subnet, one way out and one way in", async () => {
    const resources = await build();
    const registered = resources.slice(1).map(({ name, type }) => `${name} ${type.split(":").at(-1)}`);
    expect(registered.toSorted()).toEqual([
      "primary DataCenter",
      "primary-AzureBastionSubnet Subnet",
      "primary-bastion BastionHost",
      "primary-bastion-ip PublicIPAddress",
      "primary-chat Subnet",
      "primary-chat-rules NetworkSecurityGroup",
      "primary-database Subnet",
      "primary-database-rules NetworkSecurityGroup",
      "primary-directory Subnet",
      "primary-directory-rules NetworkSecurityGroup",
      "primary-file Subnet",
      "primary-file-rules NetworkSecurityGroup",
      "primary-front-end Subnet",
      "primary-front-end-rules NetworkSecurityGroup",
      "primary-group ResourceGroup",
      "primary-nat NatGateway",
      "primary-nat-ip PublicIPAddress",
      "primary-network VirtualNetwork",
    ]);
  });

  it("writes its subnets one after another", async () => {
    const resources = await build();
    const subnets = ["AzureBastionSubnet", "directory", "database", "chat", "front-end", "file"];
    for (const [index, name] of subnets.entries()) {
      const before = subnets.slice(0, index).map((one) => `primary-${one}`);
      const { dependencies } = only(resources, `primary-${name}`);
      expect(dependencies.filter((dependency) => before.includes(dependency))).toEqual(before.slice(-1));
    }
  });

  it("gives every subnet of machines its rules and the NAT gateway, and no default way out", async () => {
    const { inputs } = only(await build(), "primary-database");
    expect(inputs).toMatchObject({
      addressPrefix: "10.1.0.128/26",
      networkSecurityGroup: { id: "primary-database-rules-id" },
      natGateway: { id: "primary-nat-id" },
      defaultOutboundAccess: false,
    });
  });

  it("leaves the Bastion subnet alone, whose host needs rules of its own", async () => {
    const { inputs } = only(await build(), "primary-AzureBastionSubnet");
    expect(inputs.networkSecurityGroup).toBeUndefined();
    expect(inputs.natGateway).toBeUndefined();
  });

  it("says where it is on every resource that has a place", async () => {
    const resources = await build();
    const placed = resources.filter(
      ({ type }) => type.startsWith("azure-native:") && !type.endsWith(":Subnet"),
    );
    expect(placed.map(({ inputs }) => inputs.location)).toEqual(placed.map(() => "northeurope"));
  });

  it("ends each security group with the denial of the rest of the network", async () => {
    const { inputs } = only(await build(), "primary-directory-rules");
    expect((inputs.securityRules as unknown[]).at(-1)).toEqual({
      name: "deny-virtual-network",
      description: "Whatever no planned flow needs",
      priority: 4096,
      direction: "Inbound",
      access: "Deny",
      protocol: "*",
      sourceAddressPrefix: "VirtualNetwork",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "*",
    });
  });

  it("writes a flow as a rule with its addresses and ports", async () => {
    const { inputs } = only(await build(), "primary-directory-rules");
    expect((inputs.securityRules as unknown[])[0]).toEqual({
      name: "rdp-from-pchatlab-primary-bastion",
      description: "Operators through Azure Bastion",
      priority: 100,
      direction: "Inbound",
      access: "Allow",
      protocol: "Tcp",
      sourceAddressPrefixes: ["10.1.0.0/26"],
      sourcePortRange: "*",
      destinationAddressPrefixes: ["10.1.0.75"],
      destinationPortRanges: ["3389"],
    });
  });

  it("has no Bastion host where none is planned", async () => {
    const names = (await build({}, "secondary")).map(({ name }) => name);
    expect(names.filter((name) => name.includes("astion"))).toEqual([]);
  });

  it("has an availability set for each group of machines where the region has no zones", async () => {
    const changes = { dataCenters: { primary: { region: "westus" }, secondary: { region: "eastus" } } };
    const resources = await build(changes);
    const sets = resources.filter(({ type }) => type.endsWith(":AvailabilitySet"));
    expect(sets.map(({ inputs }) => inputs.availabilitySetName)).toEqual([
      "pchatlab-primary-directory",
      "pchatlab-primary-mgc",
      "pchatlab-primary-file",
      "pchatlab-primary-front-end",
      "pchatlab-primary-back-end",
      "pchatlab-primary-chat",
    ]);
    expect(sets.map(({ inputs }) => inputs.sku)).toEqual(sets.map(() => ({ name: "Aligned" })));
  });

  it("protects its network while data is protected, and lets another address space replace it", async () => {
    const network = only(await build(), "primary-network");
    expect([network.protect, network.replaceOnChanges, network.deleteBeforeReplace]).toEqual([
      true,
      ["addressSpace"],
      true,
    ]);
    expect(only(await build({ protectData: false }), "primary-network").protect).toBe(false);
  });

  it("leaves to Azure what Azure fills in", async () => {
    const dataCenters = { primary: { region: "westus" }, secondary: { region: "eastus" } };
    const resources = await build({ dataCenters });
    expect(only(resources, "primary-nat-ip").ignoreChanges).toEqual(["natGateway"]);
    expect(only(resources, "primary-pchatlab-primary-mgc").ignoreChanges).toEqual(["virtualMachines"]);
  });
});
