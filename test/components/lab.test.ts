import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Lab } from "../../components/lab";
import { secretMark } from "../../simulator/engine/secrets";
import { sentinel } from "../support/components";
import { planOf } from "../support/config";
import { only, type Recorded, record } from "../support/record";

const small = { frontEnds: { servers: 0 }, pool: { servers: 2 }, databases: { witnesses: "primary" } };

const build = (preview = false) => {
  const plan = planOf(small);
  return record(() => new Lab("lab", { plan, secrets: { adminPassword: pulumi.secret(sentinel) } }), preview);
};

const names = (resources: readonly Recorded[]) => resources.map(({ name }) => name).toSorted();

describe("Lab", () => {
  it("registers every machine and every step of its plan, and nothing twice", async () => {
    const plan = planOf(small);
    const resources = await build();
    const of = (type: string) =>
      resources.filter((one) => one.type.endsWith(`:${type}`)).map(({ name }) => name);
    expect(of("VirtualMachine").toSorted()).toEqual(plan.machines.map(({ name }) => `${name}-vm`).toSorted());
    expect(of("VirtualMachineRunCommandByVirtualMachine").toSorted()).toEqual(
      plan.steps.map(({ machine, name }) => `${machine}-${name}`).toSorted(),
    );
    const registered = resources.map(({ type, name }) => `${type} ${name}`);
    expect(registered.toSorted()).toEqual([...new Set(registered)].toSorted());
  });

  it("registers in a preview, with ids unknown, what it registers in a deployment", async () => {
    expect(names(await build(true))).toEqual(names(await build()));
  });

  it("starts a step after the steps that its plan names", async () => {
    const plan = planOf(small);
    const resources = await build();
    for (const step of plan.steps) {
      const { dependencies } = only(resources, `${step.machine}-${step.name}`);
      expect(dependencies).toEqual(expect.arrayContaining(step.after.map((id) => id.replace("/", "-"))));
    }
  });

  it("starts a step that reaches into the other data center after the peering, and no other", async () => {
    const plan = planOf(small);
    const resources = await build();
    const waiting = plan.steps.filter(({ machine, name }) =>
      only(resources, `${machine}-${name}`).dependencies.includes("peering-to-primary"),
    );
    expect(waiting).toEqual(plan.steps.filter((step) => step.crossesDataCenters));
  });

  it("makes no machine wait for another, nor for a guest step", async () => {
    const resources = await build();
    for (const machine of resources.filter(({ type }) => type.endsWith(":VirtualMachine"))) {
      const own = machine.name.replace(/-vm$/, "");
      const foreign = machine.dependencies.filter(
        (name) => /^[AB]-/.test(name) && !name.startsWith(`${own}-`),
      );
      expect(foreign).toEqual([]);
    }
  });

  it("keeps the password out of everything but secrets", async () => {
    const text = JSON.stringify(await build());
    const encoded = Buffer.from(sentinel).toString("base64");
    const secret = new RegExp(`"${secretMark}","value":"[^"]*"`, "g");
    expect(text).toContain(sentinel);
    expect(text).toContain(encoded);
    expect(text.replaceAll(secret, "")).not.toContain(sentinel);
    expect(text.replaceAll(secret, "")).not.toContain(encoded);
  });

  it("gives every child a parent below the lab", async () => {
    const orphans = (await build())
      .filter(({ parent }) => parent === "" || parent === "lab-dev")
      .map(({ name }) => name);
    expect(orphans).toEqual(["lab-dev", "lab"]);
  });
});
