import { describe, expect, it } from "vitest";
import { Peering } from "../../components/peering";
import { dataCentersOf } from "../support/components";
import { planOf } from "../support/config";
import { only, record } from "../support/record";

const build = () => record(() => new Peering("peering", dataCentersOf(planOf())));

describe("Peering", () => {
  it("peers the networks in both directions", async () => {
    const resources = await build();
    const ends = (name: string) => {
      const { virtualNetworkName, remoteVirtualNetwork } = only(resources, name).inputs;
      return { virtualNetworkName, remoteVirtualNetwork };
    };
    expect(ends("peering-to-secondary")).toEqual({
      virtualNetworkName: "primary-network",
      remoteVirtualNetwork: { id: "secondary-network-id" },
    });
    expect(ends("peering-to-primary")).toEqual({
      virtualNetworkName: "secondary-network",
      remoteVirtualNetwork: { id: "primary-network-id" },
    });
  });

  it("waits for the last subnet of both networks, since a network takes one write at a time", async () => {
    const resources = await build();
    for (const name of ["peering-to-secondary", "peering-to-primary"])
      expect(only(resources, name).dependencies).toEqual(
        expect.arrayContaining(["primary-file", "secondary-file"]),
      );
  });

  it("writes one direction after the other, and both anew with either network", async () => {
    const resources = await build();
    expect(only(resources, "peering-to-primary").dependencies).toContain("peering-to-secondary");
    for (const name of ["peering-to-secondary", "peering-to-primary"]) {
      const { replaceWith, deleteBeforeReplace } = only(resources, name);
      expect(replaceWith.toSorted()).toEqual(["primary-network", "secondary-network"]);
      expect(deleteBeforeReplace).toBe(true);
    }
  });
});
