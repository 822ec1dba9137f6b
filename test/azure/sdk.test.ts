import { readFileSync } from "node:fs";
import { ComputeManagementClient } from "@azure/arm-compute";
import { NetworkManagementClient } from "@azure/arm-network";
import { ResourceManagementClient } from "@azure/arm-resources";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStack } from "../../cli/stack/stackFile";
import { planLab } from "../../topology/planLab";
import { ServedLabs } from "../support/azure/servedLabs";

/*
 * Microsoft's own SDKs for JavaScript on the simulated Azure: they read its answers by Microsoft's types, and wait for its operations.
 */

const subscription = "00000000-0000-0000-0000-000000000000";
const { plan } = planLab(readStack("figure-1", undefined).raw);

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("an SDK of Microsoft's", () => {
  const labs = new ServedLabs();
  let compute: ComputeManagementClient;
  let network: NetworkManagementClient;
  let resources: ResourceManagementClient;

  beforeAll(async () => {
    await labs.start("figure-1");
    const credential = {
      async getToken() {
        const { token, expires } = await labs.token();
        return { token, expiresOnTimestamp: expires * 1000 };
      },
    };
    const endpoint = `https://localhost:${labs.address.port}`;
    const options = { endpoint, tlsOptions: { ca: readFileSync(labs.env.REQUESTS_CA_BUNDLE ?? "", "utf8") } };
    compute = new ComputeManagementClient(credential, subscription, options);
    network = new NetworkManagementClient(credential, subscription, options);
    resources = new ResourceManagementClient(credential, subscription, options);
  });
  afterAll(() => labs.stop());

  const group = "fig1-primary";
  const step = (name: string) => plan.steps.find(({ id }) => id === name);

  it("reads every machine as it was planned: size, zone, disks, interfaces, tags", async () => {
    const machines = await all(compute.virtualMachines.listAll());
    const read = machines
      .map((one) => ({
        name: one.name,
        size: one.hardwareProfile?.vmSize,
        zones: one.zones,
        disks: one.storageProfile?.dataDisks?.map(({ name, lun }) => ({ name, lun })),
        nic: one.networkProfile?.networkInterfaces?.map(({ id, primary }) => [
          id?.split("/").at(-1),
          primary,
        ]),
        role: one.tags?.role,
      }))
      .toSorted((one, other) => String(one.name).localeCompare(String(other.name)));
    expect(read).toEqual(
      plan.machines
        .map((one) => ({
          name: one.name,
          size: one.size,
          zones: one.placement.kind === "zone" ? [String(one.placement.zone)] : undefined,
          disks: one.dataDisks.map(({ name, lun }) => ({ name, lun })),
          nic: [[one.networkInterface, true]],
          role: one.tags.role,
        }))
        .toSorted((one, other) => one.name.localeCompare(other.name)),
    );
  });

  it("reads networks, subnets, rules, interfaces and peerings as they were planned", async () => {
    const { primary } = plan.dataCenters;
    const found = await network.virtualNetworks.get(group, primary.virtualNetwork);
    expect(found.addressSpace?.addressPrefixes).toEqual([primary.addressSpace]);
    expect(found.subnets?.map(({ name, addressPrefix }) => [name, addressPrefix]).toSorted()).toEqual(
      primary.subnets.map(({ name, prefix }) => [name, prefix]).toSorted(),
    );
    expect(found.virtualNetworkPeerings?.map(({ peeringState }) => peeringState)).toEqual(["Connected"]);
    const groups = await all(network.networkSecurityGroups.list(group));
    for (const { securityGroup } of primary.subnets.filter((one) => one.securityGroup !== undefined)) {
      const { securityRules = [] } = groups.find(({ name }) => name === securityGroup?.name) ?? {};
      expect(securityRules.map(({ name, priority, access }) => [name, priority, access])).toEqual(
        securityGroup?.rules.map(({ name, priority, access }) => [name, priority, access]),
      );
    }
    const nic = await network.networkInterfaces.get(group, "A-SQL01-nic");
    expect(nic.ipConfigurations?.[0]?.privateIPAddress).toBe("10.1.0.139");
    expect(nic.dnsSettings?.dnsServers).toEqual(["10.1.0.75", "10.2.0.75"]);
  });

  it("reads what a guest step was told, and how it ended, without its secrets", async () => {
    const options = { expand: "instanceView" };
    const read = await compute.virtualMachineRunCommands.getByVirtualMachine(
      group,
      "A-SQL01",
      "join",
      options,
    );
    expect(Object.fromEntries((read.parameters ?? []).map(({ name, value }) => [name, value]))).toEqual(
      step("A-SQL01/join")?.parameters,
    );
    expect(read.protectedParameters).toBeUndefined();
    expect(read.instanceView?.executionState).toBe("Succeeded");
  });

  it("stops and starts a machine, and waits for the end of both", async () => {
    const power = async () =>
      (await compute.virtualMachines.instanceView(group, "A-CHAT01")).statuses
        ?.map(({ code }) => code)
        .at(-1);
    await compute.virtualMachines.deallocate(group, "A-CHAT01");
    expect(await power()).toBe("PowerState/deallocated");
    await compute.virtualMachines.start(group, "A-CHAT01");
    expect(await power()).toBe("PowerState/running");
  });

  it("runs a command, gets it back from its operation, and deletes it", async () => {
    const made = await compute.virtualMachineRunCommands.createOrUpdate(group, "A-CHAT01", "try", {
      location: "northeurope",
      source: { script: "hostname" },
    });
    expect([made.name, made.provisioningState]).toEqual(["try", "Succeeded"]);
    await compute.virtualMachineRunCommands.delete(group, "A-CHAT01", "try");
    const left = await all(compute.virtualMachineRunCommands.listByVirtualMachine(group, "A-CHAT01"));
    expect(left.map(({ name }) => name)).not.toContain("try");
  });

  it("reads a refusal by its code", async () => {
    await expect(compute.virtualMachines.get(group, "none")).rejects.toMatchObject({
      statusCode: 404,
      code: "ResourceNotFound",
    });
    await expect(resources.resourceGroups.get("none")).rejects.toMatchObject({
      code: "ResourceGroupNotFound",
    });
  });

  it("lists resources by a filter, and makes and deletes a group", async () => {
    const filter = "resourceType eq 'Microsoft.Network/bastionHosts'";
    const found = await all(resources.resources.list({ filter }));
    expect(found.map(({ name }) => name)).toEqual(["fig1-primary-bastion"]);
    await resources.resourceGroups.createOrUpdate("new", { location: "swedencentral" });
    expect(await resources.resourceGroups.checkExistence("new")).toMatchObject({ body: true });
    await resources.resourceGroups.beginDeleteAndWait("new");
    expect(await resources.resourceGroups.checkExistence("new")).toMatchObject({ body: false });
  });
});
