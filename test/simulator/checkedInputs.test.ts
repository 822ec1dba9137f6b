import { describe, expect, it } from "vitest";
import { checked } from "../../simulator/plugin/checkedInputs";

const urn = "urn:pulumi:dev::lab::azure-native:compute:Disk::data";
const disk = "azure-native:compute:Disk";
const seed = new Uint8Array([1]);

describe("the check of a resource before it is created", () => {
  it("gives a resource without a name one of its own, and the same as long as it stands", () => {
    const { inputs, failures } = checked(urn, disk, {}, { resourceGroupName: "rg" }, seed);
    expect(failures).toEqual([]);
    expect(inputs.diskName).toMatch(/^data[0-9a-f]{8}$/);
    expect(checked(urn, disk, inputs, { resourceGroupName: "rg" }, new Uint8Array([2])).inputs).toEqual(
      inputs,
    );
  });

  it("finds a missing parent, a name that is too long and one with the wrong characters", () => {
    const failures = (inputs: object) => checked(urn, disk, {}, inputs as never, seed).failures;
    expect(failures({ diskName: "d" })).toEqual([
      { property: "resourceGroupName", reason: "missing required property 'resourceGroupName'" },
    ]);
    expect(failures({ resourceGroupName: "rg", diskName: "d".repeat(81) })).toEqual([
      { property: "diskName", reason: "'diskName' is too long (81): at most 80 characters" },
    ]);
    expect(failures({ resourceGroupName: "rg", diskName: "a b" })[0]?.reason).toMatch(/^'diskName' is "a b"/);
  });

  it("says what to do about a type that the simulated Azure does not know", () => {
    expect(checked(urn, "azure-native:kusto:Cluster", {}, {}, seed).failures).toEqual([
      {
        property: "",
        reason:
          "The simulated Azure does not know azure-native:kusto:Cluster: add a row to simulator/arm/resourceTypes.ts.",
      },
    ]);
  });
});
