import * as compute from "@pulumi/azure-native/compute";
import * as devtestlab from "@pulumi/azure-native/devtestlab";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type * as topo from "../topology/model";
import type { Common, DataCenter } from "./dataCenter";

/** What all machines of a lab have in common. */
export interface MachineSettings {
  readonly adminUser: string;
  readonly adminPassword: pulumi.Input<string>;
  readonly autoShutdown: topo.AutoShutdown;
  /** Whether stateful machines and their data disks refuse to be replaced or destroyed. */
  readonly protectData: boolean;
}

/** The data centers that machines are placed in. */
export type DataCenters = Readonly<Record<topo.DataCenterId, DataCenter>>;

export interface MachineArgs {
  /** Planned machine; every decision is already in it. */
  readonly machine: topo.Machine;
  readonly dataCenters: DataCenters;
  readonly settings: MachineSettings;
}

/**
 * Changes that Azure refuses on an existing machine. The provider would try them as updates and fail with `PropertyChangeNotAllowed`
 * (https://github.com/pulumi/pulumi-azure-native/issues/577), so they are declared to replace it.
 */
const replacesTheMachine = [
  "storageProfile.imageReference",
  "storageProfile.osDisk.name",
  "osProfile.computerName",
  "osProfile.adminUsername",
  "zones",
  "availabilitySet",
  "securityProfile.securityType",
];

/** A planned data disk with its resource. */
type DataDisk = topo.DataDisk & { readonly resource: compute.Disk };

/** One Windows machine: network interface, data disks that outlive it, the virtual machine and its daily stop. No public address. */
export class Machine extends pulumi.ComponentResource {
  readonly planned: topo.Machine;
  readonly vm: compute.VirtualMachine;
  /** Where the machine stands; its run commands must say the same. */
  readonly location: string;
  readonly resourceGroupName: pulumi.Output<string>;

  constructor(
    name: string,
    { machine, dataCenters, settings }: MachineArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("persistent-chat-lab:index:Machine", name, {}, opts);
    const dataCenter = dataCenters[machine.dataCenter];
    const { location, resourceGroupName } = dataCenter;
    this.planned = machine;
    this.location = location;
    this.resourceGroupName = resourceGroupName;
    const common = { resourceGroupName, location, tags: machine.tags };
    const keep = machine.stateful && settings.protectData;
    const zones = machine.placement.kind === "zone" ? { zones: [String(machine.placement.zone)] } : {};
    const nic = this.networkInterface(name, dataCenter, common);
    const disks = this.dataDisks(name, { ...common, ...zones }, keep);
    this.vm = new compute.VirtualMachine(
      `${name}-vm`,
      {
        ...common,
        ...zones,
        ...availabilitySet(dataCenter, machine.placement),
        vmName: machine.name,
        ...(machine.identity === undefined
          ? {}
          : { identity: { type: "UserAssigned", userAssignedIdentities: [machine.identity] } }),
        hardwareProfile: { vmSize: machine.size },
        osProfile: {
          computerName: machine.name,
          adminUsername: settings.adminUser,
          adminPassword: pulumi.secret(settings.adminPassword),
          // Updates that restart a machine while it is being built break its scripts.
          windowsConfiguration: {
            provisionVMAgent: true,
            enableAutomaticUpdates: false,
            patchSettings: { patchMode: "Manual" },
          },
        },
        storageProfile: storageProfile(machine, disks),
        // The interface is a resource of its own: with Delete, replacing the machine would silently take it along.
        networkProfile: { networkInterfaces: [{ id: nic.id, primary: true, deleteOption: "Detach" }] },
        ...(machine.trustedLaunch ? trustedLaunch : {}),
        diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      },
      {
        parent: this,
        protect: keep,
        replaceOnChanges: replacesTheMachine,
        // Its name and its interface are taken as long as the old one exists.
        deleteBeforeReplace: true,
        ignoreChanges: [
          // Azure cannot change it after creation; a new password goes in through the guest.
          "osProfile.adminPassword",
          // Azure does not tell these of a machine that is stopped, and takes no change of them through a machine:
          // https://github.com/Azure/azure-powershell/issues/13213, https://github.com/hashicorp/terraform-provider-azurerm/issues/539
          "storageProfile.osDisk.diskSizeGB",
          "storageProfile.osDisk.managedDisk.storageAccountType",
        ],
        // So a system disk of another size comes with another machine.
        replacementTrigger: machine.osDiskGiB,
      },
    );
    this.autoShutdown(name, settings.autoShutdown, common, keep);
    this.registerOutputs({ name: this.vm.name });
  }

  private networkInterface(name: string, dataCenter: DataCenter, common: Common): network.NetworkInterface {
    const { planned: plan } = this;
    const subnet = dataCenter.subnets.get(plan.subnet);
    if (subnet === undefined)
      throw new Error(`Cannot place ${plan.name}: no subnet ${plan.subnet} in ${dataCenter.location}`);
    return new network.NetworkInterface(
      `${name}-nic`,
      {
        ...common,
        networkInterfaceName: plan.networkInterface,
        enableAcceleratedNetworking: plan.acceleratedNetworking,
        ipConfigurations: [
          {
            name: "ipconfig",
            privateIPAllocationMethod: "Static",
            privateIPAddress: plan.address,
            subnet: { id: subnet.id },
          },
        ],
        dnsSettings: { dnsServers: [...plan.dnsServers] },
      },
      { parent: this, deleteBeforeReplace: true },
    );
  }

  private dataDisks(
    name: string,
    common: Common & { readonly zones?: string[] },
    keep: boolean,
  ): readonly DataDisk[] {
    return this.planned.dataDisks.map((disk) => ({
      ...disk,
      resource: new compute.Disk(
        `${name}-${disk.label.toLowerCase()}`,
        {
          ...common,
          diskName: disk.name,
          diskSizeGB: disk.sizeGiB,
          sku: { name: this.planned.diskSku },
          creationData: { createOption: "Empty" },
        },
        // Azure never moves a disk to another zone; as a replacement, protection refuses it in the preview.
        { parent: this, deleteBeforeReplace: true, protect: keep, replaceOnChanges: ["zones"] },
      ),
    }));
  }

  private autoShutdown(
    name: string,
    { time, timeZone }: topo.AutoShutdown,
    common: Common,
    keep: boolean,
  ): void {
    new devtestlab.GlobalSchedule(
      `${name}-shutdown`,
      {
        ...common,
        name: this.planned.shutdownSchedule,
        status: this.planned.stopsDaily ? "Enabled" : "Disabled",
        taskType: "ComputeVmShutdownTask",
        dailyRecurrence: { time },
        timeZoneId: timeZone,
        targetResourceId: this.vm.id,
      },
      // A machine that stays when the rest is destroyed must not run day and night.
      { parent: this, deleteBeforeReplace: true, protect: keep },
    );
  }
}

const trustedLaunch = {
  securityProfile: {
    securityType: "TrustedLaunch",
    uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
  },
};

function availabilitySet(dataCenter: DataCenter, placement: topo.Placement) {
  const set =
    placement.kind === "availability-set" ? dataCenter.availabilitySets.get(placement.set) : undefined;
  return set === undefined ? {} : { availabilitySet: { id: set.id } };
}

function storageProfile(machine: topo.Machine, disks: readonly DataDisk[]) {
  return {
    imageReference:
      "galleryImageId" in machine.image ? { id: machine.image.galleryImageId } : { ...machine.image },
    osDisk: {
      name: machine.osDiskName,
      createOption: "FromImage",
      caching: "ReadWrite" as const,
      diskSizeGB: machine.osDiskGiB,
      managedDisk: { storageAccountType: machine.diskSku },
      // Azure's default is Detach: an orphan of the same name would block the next machine.
      deleteOption: "Delete",
    },
    dataDisks: disks.map(({ lun, name, caching, resource }) => ({
      lun,
      name,
      createOption: "Attach",
      caching,
      managedDisk: { id: resource.id },
      deleteOption: "Detach",
    })),
  };
}
