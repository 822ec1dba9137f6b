import { describe, expect, it } from "vitest";
import { ArmError } from "../../simulator/arm/armError";
import { createCloud } from "../../simulator/arm/cloud";
import { tokens } from "../../simulator/arm/resourceTypes";
import { bodies, bodyWith, deploy, ids, type Key, keys } from "../support/arm";

/** ARM's code for refusing a request; nothing when it was accepted. */
function code(request: () => unknown): string | undefined {
  try {
    request();
    return undefined;
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    return error.code;
  }
}

describe("a change of a resource that exists", () => {
  it.each<[Key, string, unknown, string | undefined]>([
    ["machine", "hardwareProfile.vmSize", "Standard_D8s_v5", undefined],
    ["machine", "zones", ["2"], "PropertyChangeNotAllowed"],
    ["machine", "osProfile.computerName", "A-SQL02", "PropertyChangeNotAllowed"],
    ["machine", "osProfile.adminPassword", "Correct-Horse-2", "PropertyChangeNotAllowed"],
    ["machine", "storageProfile.imageReference", { sku: "other-gen2" }, "PropertyChangeNotAllowed"],
    ["machine", "location", "uksouth", "InvalidResourceLocation"],
    ["group", "location", "uksouth", "InvalidResourceLocation"],
    ["machine", "hardwareProfile.vmSize", "Standard_D4ds_v5", "OperationNotAllowed"],
    ["machine", "hardwareProfile.vmSize", "Standard_E4as_v5", undefined],
    ["machine", "hardwareProfile.vmSize", "Standard_D4ps_v5", "BadRequest"],
    ["network", "addressSpace.addressPrefixes", ["10.0.0.0/16", "10.7.0.0/16"], undefined],
    ["network", "addressSpace.addressPrefixes", ["10.9.0.0/16"], "NetcfgInvalidSubnet"],
    ["subnet", "addressPrefix", "10.0.2.0/24", "InUseSubnetCannotBeUpdated"],
    ["disk", "diskSizeGB", 64, undefined],
    ["disk", "diskSizeGB", 16, "OperationNotAllowed"],
    ["disk", "creationData", { createOption: "Copy" }, "PropertyChangeNotAllowed"],
    ["publicIp", "zones", ["1"], "PropertyChangeNotAllowed"],
    ["peering", "remoteVirtualNetwork", { id: ids.network }, "PropertyChangeNotAllowed"],
    ["schedule", "dailyRecurrence.time", "2000", undefined],
  ])("%s, %s to %j: %s", (key, path, value, expected) => {
    const cloud = deploy();
    expect(code(() => cloud.put(...bodyWith(key, path, value)))).toBe(expected);
  });

  it("is refused where a second machine wants the disk or interface of the first", () => {
    const cloud = deploy();
    const [token, inputs] = bodies.machine;
    const second = { ...inputs, vmName: "vm2" };
    expect(code(() => cloud.put(token, second))).toBe("AttachDiskWhileBeingDetached");
    const withoutDisk = { ...second, storageProfile: { imageReference: { sku: "x-gen2" } } };
    expect(code(() => cloud.put(token, withoutDisk))).toBe("NicInUse");
  });

  it("is refused where an address is taken", () => {
    const cloud = deploy();
    expect(code(() => cloud.put(...bodyWith("nic", "networkInterfaceName", "nic2")))).toBe(
      "PrivateIPAddressIsAllocated",
    );
  });

  it("is refused for peered networks that overlap", () => {
    const cloud = createCloud();
    cloud.put(...bodies.group);
    cloud.put(...bodies.network);
    cloud.put(...bodyWith("otherNetwork", "addressSpace.addressPrefixes", ["10.0.128.0/17"]));
    expect(code(() => cloud.put(...bodies.peering))).toBe("VnetAddressSpacesOverlap");
  });

  it("takes a part of the body with patch", () => {
    const cloud = deploy();
    cloud.patch(ids.schedule, { dailyRecurrence: { time: "2000" } });
    expect(cloud.get(ids.schedule)?.inputs.dailyRecurrence).toEqual({ time: "2000" });
    expect(code(() => cloud.patch(`${ids.schedule}2`, {}))).toBe("ResourceNotFound");
  });
});

describe("a run command", () => {
  it("runs when it is new or changed, and not when it is the same", () => {
    const cloud = deploy(createCloud(), "runCommand");
    expect(cloud.put(...bodies.runCommand).executed).toBe(true);
    expect(cloud.put(...bodies.runCommand).executed).toBe(false);
    expect(cloud.put(...bodyWith("runCommand", "parameters", [{ name: "A", value: "2" }])).executed).toBe(
      true,
    );
  });

  it("is the twenty-fifth of its machine, or refused", () => {
    const cloud = deploy();
    for (let n = 2; n <= 25; n++) cloud.put(...bodyWith("runCommand", "runCommandName", `step${n}`));
    expect(code(() => cloud.put(...bodyWith("runCommand", "runCommandName", "step26")))).toBe(
      "RunCommandLimitExceeded",
    );
    expect(code(() => cloud.put(...bodyWith("runCommand", "source.script", "exit 1")))).toBeUndefined();
  });

  it("can be neither written nor deleted while its machine is stopped", () => {
    const cloud = deploy();
    cloud.setRunning(ids.machine, false);
    expect(code(() => cloud.put(...bodies.runCommand))).toBe("OperationNotAllowed");
    expect(code(() => cloud.delete(ids.runCommand))).toBe("OperationNotAllowed");
    cloud.setRunning(ids.machine, true);
    expect(code(() => cloud.put(...bodies.runCommand))).toBeUndefined();
    expect(code(() => cloud.delete(ids.runCommand))).toBeUndefined();
  });

  it("goes with its machine, running or not", () => {
    const cloud = deploy();
    cloud.setRunning(ids.machine, false);
    cloud.delete(ids.machine);
    expect(cloud.get(ids.runCommand)).toBeUndefined();
  });

  it("leaves a machine stopped that was stopped when the machine is written", () => {
    const cloud = deploy();
    cloud.setRunning(ids.machine, false);
    cloud.put(...bodies.machine);
    expect(cloud.get(ids.machine)?.running).toBe(false);
    expect(code(() => cloud.setRunning(ids.disk, true))).toBe("OperationNotAllowed");
  });
});

describe("a deletion", () => {
  it.each<[Key, string | undefined]>([
    ["nic", "NicInUse"],
    ["disk", "OperationNotAllowed"],
    ["subnet", "InUseSubnetCannotBeDeleted"],
    ["bastionSubnet", "InUseSubnetCannotBeDeleted"],
    ["securityGroup", "InUseNetworkSecurityGroupCannotBeDeleted"],
    ["natGateway", "InUseNatGatewayCannotBeDeleted"],
    ["publicIp", "PublicIPAddressCannotBeDeleted"],
    ["bastionIp", "PublicIPAddressCannotBeDeleted"],
    ["network", "InUseSubnetCannotBeDeleted"],
    ["availabilitySet", undefined],
    ["peering", undefined],
    ["schedule", undefined],
    ["bastion", undefined],
    ["machine", undefined],
  ])("of %s, while everything stands, is answered with %s", (key, expected) => {
    const cloud = deploy();
    expect(code(() => cloud.delete(ids[key]))).toBe(expected);
    expect(cloud.get(ids[key]) === undefined).toBe(expected === undefined);
  });

  it("of an availability set with a machine is refused", () => {
    const cloud = deploy(createCloud(), "machine");
    const [token, inputs] = bodies.machine;
    const { zones: _, ...rest } = inputs as { zones: unknown };
    const free = { ...rest, storageProfile: { imageReference: { sku: "x-gen2" } } };
    cloud.put(token, { ...free, availabilitySet: { id: ids.availabilitySet } });
    expect(code(() => cloud.delete(ids.availabilitySet))).toBe("CannotDeleteAvailabilitySet");
  });

  it("works for everything in the reverse order, and for what is gone already", () => {
    const cloud = deploy();
    for (const key of [...keys].reverse())
      expect(
        code(() => cloud.delete(ids[key])),
        key,
      ).toBeUndefined();
    expect(cloud.state.resources).toEqual({});
    expect(code(() => cloud.delete(ids.group))).toBeUndefined();
  });

  it("of a resource group takes everything in it", () => {
    const cloud = deploy();
    cloud.delete(ids.group);
    expect(cloud.state.resources).toEqual({});
  });
});

describe("the simulated Azure", () => {
  it("knows no difference of case in ids", () => {
    expect(deploy().get(ids.machine.toUpperCase())?.id).toBe(ids.machine);
  });

  it("names a type that it does not know, and where to add it", () => {
    expect(() => createCloud().put("azure-native:sql:Server", {})).toThrow(
      "The simulated Azure does not know azure-native:sql:Server: add a row to simulator/arm/resourceTypes.ts.",
    );
  });

  it("fails the write that a fault names, and only that", () => {
    const cloud = createCloud({ faults: [{ type: tokens.nic, nth: 2, fault: "throttled" }] });
    deploy(cloud);
    const second = bodyWith("nic", "ipConfigurations", [{ subnet: { id: ids.subnet } }]);
    expect(code(() => cloud.put(...second))).toBe("TooManyRequests");
    expect(cloud.get(ids.nic)?.inputs).toEqual(bodies.nic[1]);
    expect(code(() => cloud.put(...second))).toBeUndefined();
  });

  it("counts the cores of a region's machines, changes included", () => {
    const cloud = deploy(createCloud({ cores: { "Total Regional": 8 } }));
    expect(
      code(() => cloud.put(...bodyWith("machine", "hardwareProfile.vmSize", "Standard_D8s_v5"))),
    ).toBeUndefined();
    expect(code(() => cloud.put(...bodyWith("machine", "hardwareProfile.vmSize", "Standard_D16s_v5")))).toBe(
      "OperationNotAllowed",
    );
  });

  it("counts the cores of each family by itself", () => {
    const cloud = deploy(createCloud({ cores: { standardDSv5Family: 8, standardESv5Family: 2 } }));
    const sized = (size: string) =>
      code(() => cloud.put(...bodyWith("machine", "hardwareProfile.vmSize", size)));
    expect(sized("Standard_D8s_v5")).toBeUndefined();
    expect(sized("Standard_E4s_v5")).toBe("OperationNotAllowed");
    expect(sized("Standard_D16as_v5")).toBeUndefined();
  });

  it("connects two peerings once there is one in each direction, and refuses to connect to one that lost its network", () => {
    const cloud = deploy();
    const back = {
      resourceGroupName: "rg",
      virtualNetworkName: "other",
      virtualNetworkPeeringName: "to-net",
      remoteVirtualNetwork: { id: ids.network },
    };
    expect(cloud.get(ids.peering)?.peering).toBe("Initiated");
    const { id } = cloud.put(tokens.peering, back);
    expect([cloud.get(ids.peering)?.peering, cloud.get(id)?.peering]).toEqual(["Connected", "Connected"]);
    cloud.delete(ids.otherNetwork);
    expect(cloud.get(ids.peering)?.peering).toBe("Disconnected");
    cloud.put(...bodies.otherNetwork);
    expect(code(() => cloud.put(tokens.peering, back))).toBe("RemotePeeringIsDisconnected");
    cloud.delete(ids.peering);
    expect(code(() => cloud.put(tokens.peering, back))).toBeUndefined();
    expect(code(() => cloud.put(...bodies.peering))).toBeUndefined();
    expect(cloud.get(id)?.peering).toBe("Connected");
  });

  it("tells a code that was concluded from one that was reported", () => {
    const cloud = deploy();
    const codeIs = (request: () => unknown) => {
      try {
        request();
      } catch (error) {
        return error instanceof ArmError ? error.codeIs : error;
      }
      return undefined;
    };
    expect(codeIs(() => cloud.put(...bodyWith("schedule", "dailyRecurrence.time", "25h")))).toBe("inferred");
    expect(codeIs(() => cloud.put(...bodyWith("disk", "diskSizeGB", 16)))).toBe("reported");
  });

  it("goes on from the state of an earlier one", () => {
    const state = JSON.parse(JSON.stringify(deploy().state));
    expect(createCloud({ state }).put(...bodies.machine).created).toBe(false);
  });
});
