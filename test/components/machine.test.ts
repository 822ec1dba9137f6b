import { describe, expect, it } from "vitest";
import { Machine, type MachineSettings } from "../../components/machine";
import { secretMark, signature } from "../../simulator/engine/secrets";
import { dataCentersOf, machineOf, sentinel, settings } from "../support/components";
import { planOf } from "../support/config";
import { only, record } from "../support/record";

const secretMarker = { [signature]: secretMark };

const build = (
  name = "A-SQL01",
  changes: Record<string, unknown> = {},
  more: Partial<MachineSettings> = {},
) => {
  const plan = planOf(changes);
  const machine = machineOf(plan, name);
  return record(() => {
    const dataCenters = dataCentersOf(plan);
    new Machine(name, { machine, dataCenters, settings: { ...settings, ...more } });
  });
};

describe("Machine", () => {
  it("registers an interface, its data disks, the virtual machine and its daily stop, all below itself", async () => {
    const own = (await build()).filter(({ parent }) => parent === "A-SQL01");
    expect(own.map(({ name, type }) => `${name} ${type.split(":").at(-1)}`)).toEqual([
      "A-SQL01-data Disk",
      "A-SQL01-log Disk",
      "A-SQL01-nic NetworkInterface",
      "A-SQL01-vm VirtualMachine",
      "A-SQL01-shutdown GlobalSchedule",
    ]);
  });

  it("has the planned address, the domain's DNS servers and no public address", async () => {
    const { inputs } = only(await build(), "A-SQL01-nic");
    expect(inputs.ipConfigurations).toEqual([
      {
        name: "ipconfig",
        privateIPAllocationMethod: "Static",
        privateIPAddress: "10.1.0.139",
        subnet: expect.objectContaining({ id: "primary-database-id" }),
      },
    ]);
    expect(inputs.dnsSettings).toEqual({ dnsServers: ["10.1.0.75", "10.2.0.75"] });
  });

  it("names both domain controllers on the interface of a domain controller too", async () => {
    expect(only(await build("A-DC01"), "A-DC01-nic").inputs.dnsSettings).toEqual({
      dnsServers: ["10.1.0.75", "10.2.0.75"],
    });
  });

  it("stands in the zone of its disks", async () => {
    const resources = await build("A-SQL02");
    for (const name of ["A-SQL02-vm", "A-SQL02-data", "A-SQL02-log"])
      expect(only(resources, name).inputs.zones).toEqual(["2"]);
  });

  it("stands in its availability set where the region has no zones", async () => {
    const dataCenters = { primary: { region: "westus" }, secondary: { region: "eastus" } };
    const { inputs } = only(await build("A-SQL01", { dataCenters }), "A-SQL01-vm");
    expect(inputs.availabilitySet).toEqual({ id: "primary-pchatlab-primary-mgc-id" });
    expect(inputs.zones).toBeUndefined();
  });

  it("keeps data disks when the machine goes and deletes the system disk with it", async () => {
    const { inputs } = only(await build(), "A-SQL01-vm");
    expect(inputs.storageProfile).toMatchObject({
      imageReference: {
        publisher: "MicrosoftSQLServer",
        offer: "sql2019-ws2019",
        sku: "sqldev-gen2",
        version: "latest",
      },
      osDisk: { name: "A-SQL01-os", createOption: "FromImage", deleteOption: "Delete", diskSizeGB: 128 },
      dataDisks: [
        { lun: 0, name: "A-SQL01-data", createOption: "Attach", caching: "ReadOnly", deleteOption: "Detach" },
        { lun: 1, name: "A-SQL01-log", createOption: "Attach", caching: "None", deleteOption: "Detach" },
      ],
    });
    expect(inputs.networkProfile).toEqual({
      networkInterfaces: [{ id: "A-SQL01-nic-id", primary: true, deleteOption: "Detach" }],
    });
  });

  it("hands the password over as a secret only", async () => {
    const resources = await build();
    const profile = only(resources, "A-SQL01-vm").inputs.osProfile as Record<string, unknown>;
    expect(profile.adminPassword).toEqual({ ...secretMarker, value: sentinel });
    const elsewhere = resources.map((one) => (one.name === "A-SQL01-vm" ? { ...one, inputs: {} } : one));
    expect(JSON.stringify(elsewhere)).not.toContain(sentinel);
  });

  it("is replaced, old one first, by changes that Azure refuses on an existing machine", async () => {
    const vm = only(await build(), "A-SQL01-vm");
    expect(vm.deleteBeforeReplace).toBe(true);
    expect(vm.replaceOnChanges).toEqual([
      "storageProfile.imageReference",
      "storageProfile.osDisk.name",
      "osProfile.computerName",
      "osProfile.adminUsername",
      "zones",
      "availabilitySet",
      "securityProfile.securityType",
    ]);
    expect(vm.ignoreChanges).toEqual([
      "osProfile.adminPassword",
      "storageProfile.osDisk.diskSizeGB",
      "storageProfile.osDisk.managedDisk.storageAccountType",
    ]);
    expect(vm.replacementTrigger).toBe(128);
    expect(only(await build(), "A-SQL01-data").replaceOnChanges).toEqual(["zones"]);
  });

  it("protects machines, disks that hold data and the daily stop of both, and no others", async () => {
    const kept = async (name: string, more?: Partial<MachineSettings>) =>
      (await build(name, {}, more))
        .filter((resource) => resource.protect)
        .map((resource) => resource.name)
        .filter((one) => one.startsWith(name));
    expect(await kept("A-SQL01")).toEqual(["A-SQL01-data", "A-SQL01-log", "A-SQL01-vm", "A-SQL01-shutdown"]);
    expect(await kept("A-CHAT01")).toEqual([]);
    expect(await kept("A-SQL01", { protectData: false })).toEqual([]);
  });

  it("stops once a day under the name by which Azure looks the schedule up", async () => {
    const { inputs } = only(await build(), "A-SQL01-shutdown");
    expect(inputs).toMatchObject({
      name: "shutdown-computevm-A-SQL01",
      status: "Enabled",
      taskType: "ComputeVmShutdownTask",
      dailyRecurrence: { time: "1905" },
      timeZoneId: "UTC",
      targetResourceId: "A-SQL01-vm-id",
    });
  });

  it("runs on where nobody wants a daily stop, and keeps the schedule, which may be protected", async () => {
    const status = async (name: string, autoShutdown: object) =>
      only(await build(name, { autoShutdown }), `${name}-shutdown`).inputs.status;
    expect(await status("A-SQL01", { enabled: false })).toBe("Disabled");
    expect(await status("A-DC01", {})).toBe("Disabled");
    expect(await status("A-DC01", { controllers: true })).toBe("Enabled");
    expect(await status("A-DC01", { enabled: false, controllers: true })).toBe("Disabled");
  });

  it("starts trusted where the image allows it", async () => {
    expect(only(await build(), "A-SQL01-vm").inputs.securityProfile).toEqual({
      securityType: "TrustedLaunch",
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
    });
    const image = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/x/images/sql";
    const { inputs } = only(
      await build("A-SQL01", { machines: { sqlServer: { image }, witness: { image } } }),
      "A-SQL01-vm",
    );
    expect(inputs.securityProfile).toBeUndefined();
    expect((inputs.storageProfile as Record<string, unknown>).imageReference).toEqual({ id: image });
  });
});
