import { describe, expect, it } from "vitest";
import { isAddressSpace, overlap } from "../../topology/config/addressSpace";
import { hostAddress, subnetIn } from "../../topology/parts/addresses";

describe("the address plan", () => {
  it("gives each subnet 64 addresses from the start of the address space", () => {
    const names = ["AzureBastionSubnet", "directory", "database", "chat", "front-end", "file"] as const;
    expect(names.map((name) => subnetIn("10.1.0.0/16", name).prefix)).toEqual([
      "10.1.0.0/26",
      "10.1.0.64/26",
      "10.1.0.128/26",
      "10.1.0.192/26",
      "10.1.1.0/26",
      "10.1.1.64/26",
    ]);
  });

  it("starts hosts at the eleventh address, after the four that Azure keeps", () => {
    expect(hostAddress("10.1.0.0/16", "directory", 1)).toBe("10.1.0.75");
    expect(hostAddress("10.1.0.0/23", "file", 53)).toBe("10.1.1.127");
  });

  it("fits into the smallest address space that is allowed", () => {
    expect(isAddressSpace("10.1.2.0/23")).toBe(true);
    expect(isAddressSpace("10.1.3.0/23")).toBe(false);
    expect(isAddressSpace("10.1.2.0/24")).toBe(false);
  });

  it("sees overlap in both directions and none between neighbours", () => {
    expect(overlap("10.0.0.0/8", "10.2.0.0/16")).toBe(true);
    expect(overlap("10.2.0.0/16", "10.0.0.0/8")).toBe(true);
    expect(overlap("10.1.0.0/16", "10.2.0.0/16")).toBe(false);
  });
});
