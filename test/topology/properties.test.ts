import fc from "fast-check";
import { Address4 } from "ip-address";
import { describe, expect, it } from "vitest";
import { configJsonSchema, schemaPaths } from "../../topology/config/keys";
import type { Machine, Plan } from "../../topology/model";
import { partiesOf, roleDataCenter, sides } from "../../topology/parts/databases";
import { planLab } from "../../topology/planLab";
import { validConfig } from "../support/arbitraryConfig";

/** Holds for the plan of every valid configuration. */
function everyPlan(holds: (plan: Plan, machine: (name: string) => Machine) => void): void {
  fc.assert(
    fc.property(validConfig, (config) => {
      const { plan } = planLab(config);
      const byName = new Map(plan.machines.map((machine) => [machine.name, machine]));
      holds(plan, (name) => {
        const found = byName.get(name);
        if (found === undefined) throw new Error(`the plan names ${name}, which is no machine`);
        return found;
      });
    }),
    { numRuns: 50 },
  );
}

const unique = (items: readonly string[]) => expect(new Set(items).size).toBe(items.length);

/** Paths of all keys in a value. */
const keysIn = (value: unknown, path: readonly string[] = []): readonly string[] =>
  typeof value !== "object" || value === null || Array.isArray(value)
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [
        [...path, key].join("."),
        ...keysIn(inner, [...path, key]),
      ]);

describe("every valid configuration", () => {
  it("is drawn from every key that there is, but the password, which is in no plan", () => {
    const drawn = new Set(fc.sample(validConfig, { numRuns: 500, seed: 1 }).flatMap((one) => keysIn(one)));
    const never = schemaPaths(configJsonSchema())
      .map(([path]) => path)
      .filter((path) => !drawn.has(path));
    expect(never).toEqual(["adminPassword"]);
  });

  it("has no errors", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        expect(planLab(config).problems.filter(({ severity }) => severity === "error")).toEqual([]);
      }),
    );
  });

  it("gives the same plan again, as plain data", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        const { plan } = planLab(config);
        expect(planLab(structuredClone(config)).plan).toEqual(plan);
        expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
      }),
      { numRuns: 30 },
    );
  });

  it("gives each machine a name within NetBIOS' limit and an address in its subnet, both unique", () => {
    everyPlan(({ machines, dataCenters }) => {
      unique(machines.map(({ name }) => name));
      for (const { name } of machines) expect(name).toMatch(/^[AB]-[A-Z]{2,4}[0-9]{2}$/);
      for (const id of ["primary", "secondary"] as const) {
        const here = machines.filter(({ dataCenter }) => dataCenter === id);
        unique(here.map(({ address }) => address));
        for (const { address, subnet } of here) {
          const prefix = dataCenters[id].subnets.find(({ name }) => name === subnet)?.prefix ?? "";
          const range = new Address4(prefix);
          const offset = new Address4(address).bigInt() - range.startAddress().bigInt();
          expect(offset).toBeGreaterThan(3n);
          expect(offset).toBeLessThan(63n);
        }
      }
    });
  });

  it("has one to four active servers, and every server where the figures have it", () => {
    everyPlan(({ pool, machines, link }) => {
      expect(pool.active.length).toBeGreaterThanOrEqual(1);
      expect(pool.active.length).toBeLessThanOrEqual(4);
      expect([...pool.active, ...pool.idle].sort()).toEqual([...pool.servers].sort());
      const chat = machines.filter(({ kind }) => kind === "persistentChat");
      const inPrimary = chat.filter(({ dataCenter }) => dataCenter === "primary").length;
      expect(inPrimary > 0 && inPrimary < chat.length).toBe(true);
      chat.forEach(({ dataCenter, poolServer, active }, index) => {
        expect(poolServer).toBe(index + 1);
        expect(dataCenter).toBe(index < inPrimary ? "primary" : "secondary");
        if (link === "low-bandwidth-high-latency" && active) expect(dataCenter).toBe("primary");
      });
    });
  });

  it("places every role of a database set in its data center, each on a machine of its own", () => {
    everyPlan(({ databaseSets }, machine) => {
      for (const set of databaseSets) {
        const parties = [
          ["primary", set.primary.server],
          ["mirror", set.primary.mirror],
          ["witness", set.primary.witness],
          ["secondary", set.secondary.server],
          ["secondary-mirror", set.secondary.mirror],
          ["secondary-witness", set.secondary.witness],
        ] as const;
        const there = parties.filter(([, name]) => name !== undefined);
        unique(there.map(([, name]) => name ?? ""));
        for (const [role, name] of there) {
          expect(machine(name ?? "").roles).toContain(`${set.database}-${role}`);
          expect(machine(name ?? "").dataCenter).toBe(roleDataCenter[role]);
        }
        if (set.secondary.witness !== undefined) expect(set.secondary.mirror).toBeDefined();
      }
    });
  });

  // With two of principal, mirror and witness gone the database stops.
  it("keeps the parties of a mirroring session in zones of their own", () => {
    everyPlan(({ databaseSets }, machine) => {
      for (const side of databaseSets.flatMap(sides)) {
        const placements = partiesOf(side).map((name) => machine(name).placement);
        unique(placements.flatMap((one) => (one.kind === "zone" ? [String(one.zone)] : [])));
      }
    });
  });

  // https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/persistent-chat-server/high-availability-and-disaster-recovery
  it("has no Front End among the chat servers", () => {
    everyPlan(({ machines }) => {
      for (const { roles } of machines) if (roles.includes("persistent-chat")) expect(roles).toHaveLength(1);
    });
  });

  // The same page: all SQL Servers of both data centers write to the backup share, and it is no part of a file store.
  it("opens the backup share to every database server, outside of every file store", () => {
    everyPlan(({ shares, machines }) => {
      const servers = machines.filter(({ kind }) => kind === "sqlServer").map(({ name }) => name);
      const stores = shares.filter(({ purpose }) => purpose.endsWith("file-store"));
      const [backup, ...others] = shares.filter(({ purpose }) => purpose === "log-shipping-backup");
      expect(others).toEqual([]);
      expect(backup?.readWrite).toEqual(servers);
      for (const { host, path } of stores)
        expect(host === backup?.host && `${backup.path}\\`.startsWith(`${path}\\`)).toBe(false);
    });
  });

  // The same page: the secondary copies the backups to a share of its own.
  it("has the copy share of each database on its log-shipping secondary", () => {
    everyPlan(({ databaseSets, shares }) => {
      for (const { logShipping, secondary } of databaseSets)
        expect(shares.find(({ id }) => id === logShipping.copyShare)?.host).toBe(secondary.server);
    });
  });

  it("has flows and shares between machines that exist, and security rules with priorities of their own", () => {
    everyPlan(({ flows, shares, dataCenters }, machine) => {
      unique(flows.map(({ name }) => name));
      for (const { from, to } of flows)
        for (const name of [...("prefix" in from ? [] : from), ...to]) machine(name);
      unique(shares.map(({ id }) => id));
      for (const { host, readWrite, readOnly } of shares)
        for (const name of [host, ...readWrite, ...readOnly]) machine(name);
      for (const { subnets } of Object.values(dataCenters))
        for (const { securityGroup } of subnets) {
          const priorities = securityGroup?.rules.map(({ priority }) => priority) ?? [];
          unique(priorities.map(String));
          for (const priority of priorities) expect(priority >= 100 && priority <= 4096).toBe(true);
        }
    });
  });

  it("orders its steps so that each follows what it waits for, at most 25 on a machine", () => {
    everyPlan(({ steps, machines }, machine) => {
      const done = new Set<string>();
      for (const step of steps) {
        machine(step.machine);
        for (const id of step.after) expect(done.has(id)).toBe(true);
        done.add(step.id);
      }
      expect(done.size).toBe(steps.length);
      for (const { name } of machines)
        expect(steps.filter((step) => step.machine === name).length).toBeLessThan(26);
    });
  });
});

type Tree = Record<string, unknown>;

/** A copy of a configuration with the value at a path replaced; groups on the way are made. */
function changed(config: object, path: string, value: unknown): unknown {
  const copy = structuredClone(config) as Tree;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let group = copy;
  for (const key of keys) {
    group[key] ??= {};
    group = group[key] as Tree;
  }
  group[last] = value;
  return copy;
}

describe("every valid configuration with one value made wrong", () => {
  const paths = schemaPaths(configJsonSchema());
  const groups = [
    "",
    ...paths.filter(([, node]) => node.properties !== undefined).map(([path]) => `${path}.`),
  ];
  const impossible = fc.constantFrom<unknown>(null, -1, 0.5, "", "no such value", ["x"]);

  it("is refused with the path of that value", () => {
    fc.assert(
      fc.property(
        validConfig,
        fc.constantFrom(...paths.map(([path]) => path)),
        impossible,
        (config, path, value) => {
          fc.pre(!path.startsWith("media") || "media" in config);
          fc.pre(path !== "autoShutdown.timeZone" || typeof value !== "string" || value === "");
          const found = planLab(changed(config, path, value)).problems;
          const errors = found.filter(({ severity }) => severity === "error").map((problem) => problem.path);
          expect(errors.some((one) => one === path || one.startsWith(`${path}[`))).toBe(true);
          expect(errors.every((one) => one.startsWith(path))).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is refused with the path of a key that does not exist", () => {
    fc.assert(
      fc.property(validConfig, fc.constantFrom(...groups), (config, group) => {
        const found = planLab(changed(config, `${group}qqqqqqqq`, 1)).problems;
        const errors = found.filter(({ severity }) => severity === "error");
        expect(errors.filter(({ rule }) => rule === "knownKey").map(({ path }) => path)).toEqual([
          `${group}qqqqqqqq`,
        ]);
      }),
    );
  });

  it("is refused for several at once, each named", () => {
    const leaves = paths
      .filter(([path, node]) => node.properties === undefined && !path.startsWith("media"))
      .map(([path]) => path);
    fc.assert(
      fc.property(
        validConfig,
        fc.uniqueArray(fc.constantFrom(...leaves), { minLength: 2, maxLength: 5 }),
        (config, wrong) => {
          const raw = wrong.reduce<unknown>((tree, path) => changed(tree as object, path, null), config);
          expect(
            planLab(raw)
              .problems.filter(({ severity }) => severity === "error")
              .map(({ path }) => path)
              .sort(),
          ).toEqual([...wrong].sort());
        },
      ),
    );
  });
});
