import { describe, expect, it } from "vitest";
import { ArmError } from "../../simulator/arm/armError";
import { createCloud } from "../../simulator/arm/cloud";
import { computedOutputs } from "../../simulator/arm/computed";
import type { StoredResource } from "../../simulator/arm/resource";
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

describe("a script that failed", () => {
  it("leaves its run command there, which says so until the script has run well", () => {
    const cloud = deploy();
    const state = () => {
      const { token, id, inputs, run } = cloud.get(ids.runCommand) as StoredResource;
      return computedOutputs(token, id, inputs, run === "failed").provisioningState;
    };
    const [token, body] = bodyWith("runCommand", "timeoutInSeconds", 600);
    expect(state()).toBe("Succeeded");
    cloud.put(token, body, "failed");
    expect(state()).toBe("Failed");
    // The same request starts nothing.
    cloud.put(token, body);
    expect(state()).toBe("Failed");
    cloud.put(...bodyWith("runCommand", "timeoutInSeconds", 660));
    expect(state()).toBe("Succeeded");
  });
});

describe("a change of a resource that exists", () => {
  it.each<[Key, string, unknown]>([
    ["machine", "hardwareProfile.vmSize", "Standard_D8s_v5"],
    ["machine", "hardwareProfile.vmSize", "Standard_E4as_v5"],
    ["network", "addressSpace.addressPrefixes", ["10.0.0.0/16", "10.7.0.0/16"]],
    ["disk", "diskSizeGB", 64],
    ["schedule", "dailyRecurrence.time", "2000"],
  ])("is accepted: %s, %s to %j", (key, path, value) => {
    const cloud = deploy();
    const body = bodyWith(key, path, value);
    cloud.put(...body);
    expect(cloud.get(ids[key])?.inputs).toEqual(body[1]);
  });

  // The machine has none, and Windows can neither gain nor lose one.
  it.each([
    ["Standard_D8s_v5", false],
    ["Standard_D4ds_v5", true],
    ["Standard_E4-2s_v5", false],
    ["Standard_E16-4ds_v5", true],
    ["Standard_E4as_v5", false],
    ["Standard_D4as_v4", true],
    ["Standard_D4s_v4", false],
    ["Standard_DS2_v2", true],
    ["Standard_B2ms", true],
    ["Standard_B2s_v2", false],
    ["Standard_NC4as_T4_v3", true],
    ["Standard_NV6ads_A10_v5", true],
    ["Standard_E4s_v12", false],
  ])("to the size %s finds a temporary disk: %s", (size, hasOne) => {
    const cloud = deploy();
    expect(code(() => cloud.put(...bodyWith("machine", "hardwareProfile.vmSize", size)))).toBe(
      hasOne ? "OperationNotAllowed" : undefined,
    );
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

  it("may be changed where its machine has as many as may be", () => {
    const cloud = deploy();
    for (let n = 2; n <= 25; n++) cloud.put(...bodyWith("runCommand", "runCommandName", `step${n}`));
    expect(code(() => cloud.put(...bodyWith("runCommand", "source.script", "exit 1")))).toBeUndefined();
  });

  it("can be written and deleted again once its machine has started", () => {
    const cloud = deploy();
    cloud.setRunning(ids.machine, false);
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
  it.each<Key>(["availabilitySet", "peering", "schedule", "bastion", "machine"])(
    "of %s is accepted while everything stands",
    (key) => {
      const cloud = deploy();
      cloud.delete(ids[key]);
      expect(cloud.get(ids[key])).toBeUndefined();
    },
  );

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
