import { describe, expect, it } from "vitest";
import { planOf } from "../support/config";

const machine = (name: string, changes: Readonly<Record<string, unknown>> = {}) => {
  const found = planOf(changes).machines.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no machine ${name}`);
  return found;
};

describe("a machine", () => {
  it("is named by place and function, with its place in the subnet following from its number", () => {
    expect(
      planOf({ frontEnds: { servers: 1 } }).machines.map(({ name, address }) => [name, address]),
    ).toEqual([
      ["A-DC01", "10.1.0.75"],
      ["A-SQL01", "10.1.0.139"],
      ["A-SQL02", "10.1.0.140"],
      ["A-WIT01", "10.1.0.149"],
      ["A-FS01", "10.1.1.75"],
      ["A-FE01", "10.1.1.11"],
      ["A-BE01", "10.1.0.159"],
      ["A-CHAT01", "10.1.0.203"],
      ["A-CHAT02", "10.1.0.204"],
      ["B-DC01", "10.2.0.75"],
      ["B-SQL01", "10.2.0.139"],
      ["B-SQL02", "10.2.0.140"],
      ["B-WIT01", "10.2.0.149"],
      ["B-FS01", "10.2.1.75"],
      ["B-FE01", "10.2.1.11"],
      ["B-BE01", "10.2.0.159"],
      ["B-CHAT03", "10.2.0.205"],
      ["B-CHAT04", "10.2.0.206"],
    ]);
  });

  it("keeps its name and address when others come", () => {
    const before = planOf({ frontEnds: { servers: 1 } }).machines;
    const after = planOf({
      frontEnds: { servers: 5 },
      databases: { compliance: "dedicated" },
      bastion: "both",
    }).machines;
    const address = new Map(after.map(({ name, address }) => [name, address]));
    for (const { name, address: old } of before) expect(address.get(name)).toBe(old);
  });

  it("asks the domain controller of its own data center first", () => {
    expect(machine("A-SQL01").dnsServers).toEqual(["10.1.0.75", "10.2.0.75"]);
    expect(machine("B-SQL01").dnsServers).toEqual(["10.2.0.75", "10.1.0.75"]);
  });

  it("that is a domain controller asks the first one, then the second, itself included", () => {
    expect(machine("A-DC01").dnsServers).toEqual(["10.1.0.75", "10.2.0.75"]);
    expect(machine("B-DC01").dnsServers).toEqual(["10.1.0.75", "10.2.0.75"]);
  });

  it("for databases has a data and a log disk with the same letters everywhere", () => {
    const disks = machine("B-SQL02").dataDisks;
    expect(
      disks.map(({ name, letter, lun, sizeGiB, caching }) => [name, letter, lun, sizeGiB, caching]),
    ).toEqual([
      ["B-SQL02-data", "F", 0, 64, "ReadOnly"],
      ["B-SQL02-log", "G", 1, 64, "None"],
    ]);
  });

  it("stands in the zones of its data center in the order in which they are listed", () => {
    const dataCenters = {
      primary: { region: "northeurope", zones: [3, 1, 2] },
      secondary: { region: "swedencentral" },
    };
    const zoneOf = (name: string) => machine(name, { dataCenters }).placement;
    expect(["A-DC01", "A-SQL01", "A-SQL02", "A-WIT01", "B-SQL01"].map(zoneOf)).toEqual(
      [3, 3, 1, 2, 1].map((zone) => ({ kind: "zone", zone })),
    );
  });

  it("that holds data is stateful", () => {
    const stateful = planOf()
      .machines.filter((one) => one.stateful && one.dataCenter === "primary")
      .map(({ name }) => name);
    expect(stateful).toEqual(["A-DC01", "A-SQL01", "A-SQL02", "A-FS01", "A-BE01"]);
  });

  it("carries the lab's tags beside its owner's", () => {
    expect(machine("A-CHAT01", { tags: { owner: "me" } }).tags).toEqual({
      owner: "me",
      lab: "pchatlab",
      dataCenter: "primary",
      role: "persistent-chat",
      active: "true",
    });
    expect(machine("A-SQL01", { databases: { compliance: "shared" } }).tags.role).toBe(
      "mgc-primary,mgccomp-primary",
    );
  });

  it("has the size, image and disks of its kind", () => {
    const changed = machine("A-SQL01", {
      machines: {
        sqlServer: { size: "Standard_E4s_v5", image: "sql-server-2017-developer", dataDiskGiB: 32 },
        witness: { image: "sql-server-2017-developer" },
      },
    });
    expect(changed.size).toBe("Standard_E4s_v5");
    expect(changed.image).toEqual({
      publisher: "MicrosoftSQLServer",
      offer: "sql2017-ws2019",
      sku: "sqldev-gen2",
      version: "latest",
    });
    expect(changed.dataDisks.map(({ sizeGiB }) => sizeGiB)).toEqual([32, 32]);
  });

  it("has trusted launch, but for gallery images only when asked to", () => {
    const image = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/i";
    const trusted = (frontEnd: object) => machine("A-FE01", { machines: { frontEnd } }).trustedLaunch;
    expect(trusted({})).toBe(true);
    expect(trusted({ image })).toBe(false);
    expect(trusted({ image, trustedLaunch: true })).toBe(true);
  });
});
