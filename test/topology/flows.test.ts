import { describe, expect, it } from "vitest";
import { securityRules } from "../../topology/parts/securityRules";
import { planOf } from "../support/config";

const flow = (name: string, changes: Readonly<Record<string, unknown>> = {}) =>
  planOf(changes).flows.find((one) => one.name === name);

describe("the flows", () => {
  it("let all parties of a mirroring session reach the partners on 5022, and the partners the witness on 7022", () => {
    expect(flow("mgc-mirroring")).toMatchObject({
      from: ["A-SQL01", "A-SQL02", "A-WIT01"],
      to: ["A-SQL01", "A-SQL02"],
      ports: ["5022"],
    });
    expect(flow("mgc-mirroring-witness")).toMatchObject({
      from: ["A-SQL01", "A-SQL02"],
      to: ["A-WIT01"],
      ports: ["7022"],
    });
  });

  it("prepare the mirroring of the secondary, where it has a mirror", () => {
    expect(flow("mgc-secondary-mirroring")?.to).toEqual(["B-SQL01", "B-SQL02"]);
    expect(flow("mgc-secondary-mirroring", { databases: { secondaryMirror: false } })).toBeUndefined();
  });

  it("let every database server reach the backup share by SMB", () => {
    expect(flow("log-shipping-backup-b-fs01")).toMatchObject({
      from: ["A-SQL01", "A-SQL02", "B-SQL01", "B-SQL02"],
      to: ["B-FS01"],
      ports: ["445"],
    });
  });

  it("let operators in from Bastion only", () => {
    expect(
      planOf({ bastion: "secondary" }).flows.filter(({ ports }) => ports.includes("3389")),
    ).toMatchObject([{ from: { prefix: "10.2.0.0/26" } }]);
    expect(planOf({ bastion: "none" }).flows.filter(({ ports }) => ports.includes("3389"))).toEqual([]);
  });

  it("of Front Ends are none where there are none", () => {
    const names = planOf({ frontEnds: { servers: 0 } }).flows.map(({ name }) => name);
    expect(names).not.toContain("front-end");
    expect(names).not.toContain("back-end");
    expect(names).not.toContain("sql-setup");
  });
});

describe("the security rules of a subnet", () => {
  it("allow the flows that end there, by address, and then deny the rest of the virtual network", () => {
    const { dataCenters } = planOf({ frontEnds: { servers: 0 }, pool: { servers: 2 } });
    const rules = dataCenters.secondary.subnets.find(({ name }) => name === "chat")?.securityGroup?.rules;
    expect(
      rules?.map(({ name, priority, access, sources, destinations, ports }) => [
        name,
        priority,
        access,
        sources,
        destinations,
        ports,
      ]),
    ).toEqual([
      ["rdp-from-pchatlab-primary-bastion", 100, "Allow", ["10.1.0.0/26"], ["10.2.0.204"], ["3389"]],
      [
        "chat-pool",
        110,
        "Allow",
        ["10.1.0.203", "10.2.0.204"],
        ["10.2.0.204"],
        ["5041", "881", "8011", "443", "445"],
      ],
      ["local-stores", 120, "Allow", ["10.1.0.203", "10.2.0.204"], ["10.2.0.204"], ["1434"]],
      ["deny-virtual-network", 4096, "Deny", ["VirtualNetwork"], ["*"], ["*"]],
    ]);
  });

  it("deny everything where no flow ends", () => {
    expect(securityRules([], planOf().flows, () => "").map(({ name }) => name)).toEqual([
      "deny-virtual-network",
    ]);
  });

  it("are none for Bastion, which wants all of its own or none", () => {
    const subnet = planOf().dataCenters.primary.subnets[0];
    expect(subnet).toEqual({ name: "AzureBastionSubnet", prefix: "10.1.0.0/26" });
  });
});
