import { beforeAll, describe, expect, it } from "vitest";
import { shippedStacks } from "../../cli/stack/stackFile";
import {
  backupShareIsOpenToEveryDatabaseServer,
  mirroringPartiesStandApart,
} from "../../policy/persistentChat";
import { policies } from "../../policy/policies";
import type { PolicyResource } from "../../policy/policy";
import { rehearseStack } from "../support/rehearse";

/** One resource of a lab bent, or one added, and what the policy says of it. */
interface Case {
  /** The lab that is bent, where it is not the smallest one. */
  readonly stack?: "figure-1";
  readonly bend: (resource: PolicyResource) => object;
  readonly on: string;
  readonly says: readonly [resource: string, message: string];
}

const inputs = (changes: object) => (resource: PolicyResource) => ({
  inputs: { ...resource.inputs, ...changes },
});
const tags = (changes: object) => (resource: PolicyResource) =>
  inputs({ tags: { ...(resource.inputs.tags as object), ...changes } })(resource);
const rules =
  (change: (list: readonly Record<string, unknown>[]) => readonly object[]) => (resource: PolicyResource) =>
    inputs({ securityRules: change(resource.inputs.securityRules as Record<string, unknown>[]) })(resource);
const parameters = (name: string, value: string) => inputs({ parameters: [{ name, value }] });

const cases: Readonly<Record<string, Case>> = {
  "machines-have-no-public-address": {
    on: "A-CHAT01-nic",
    bend: inputs({ ipConfigurations: [{ publicIPAddress: { id: "ip" } }] }),
    says: ["A-CHAT01-nic", "This network interface has a public address."],
  },
  "nothing-is-open-to-the-internet": {
    on: "primary-chat-rules",
    bend: rules((list) => [
      ...list,
      { name: "all", direction: "Inbound", access: "Allow", sourceAddressPrefix: "*" },
    ]),
    says: ["primary-chat-rules", "The rule all lets the whole internet in."],
  },
  "the-rest-of-the-network-is-denied": {
    on: "primary-chat-rules",
    bend: rules((list) => list.filter(({ access }) => access === "Allow")),
    says: ["primary-chat-rules", "No rule denies the rest of the virtual network."],
  },
  "secrets-are-protected": {
    on: "A-SQL01-join",
    bend: parameters("AdminPasswordBase64", "eA=="),
    says: ["A-SQL01-join", "The parameter AdminPasswordBase64 is not a protected one."],
  },
  "machines-start-trusted": {
    on: "A-CHAT01-vm",
    bend: inputs({ securityProfile: {} }),
    says: ["A-CHAT01-vm", "Its image could start trusted, and it does not."],
  },
  "disks-have-a-size": {
    on: "A-SQL01-data",
    bend: inputs({ diskSizeGB: undefined }),
    says: ["A-SQL01-data", "It has no size."],
  },
  "machines-stop-every-day": {
    on: "A-SQL01-shutdown",
    bend: inputs({ status: "Disabled" }),
    says: ["A-SQL01-vm", "No daily stop is on for it."],
  },
  "resources-stand-in-two-regions": {
    on: "A-SQL01-data",
    bend: inputs({ location: "eastasia" }),
    says: ["A-SQL01-data", "It stands in eastasia, where no data center is."],
  },
  "mirroring-parties-stand-apart": {
    on: "A-SQL02-vm",
    bend: inputs({ zones: ["1"] }),
    says: ["A-SQL01-vm", "Two of A-SQL01-vm, A-SQL02-vm stand in one zone."],
  },
  "no-availability-groups": {
    on: "A-CHAT01-nic",
    bend: () => ({ type: "azure-native:network:LoadBalancer" }),
    says: ["A-CHAT01-nic", "A load balancer has no place in this lab."],
  },
  "chat-servers-are-no-front-ends": {
    on: "A-CHAT01-vm",
    bend: tags({ role: "persistent-chat,front-end" }),
    says: ["A-CHAT01-vm", "It is a Persistent Chat server and a Front End."],
  },
  "failed-scripts-fail-the-deployment": {
    on: "A-SQL01-join",
    bend: inputs({ treatFailureAsDeploymentFailure: false }),
    says: ["A-SQL01-join", "Its failure would go unnoticed."],
  },
  "machines-say-what-they-are": {
    on: "A-CHAT01-vm",
    bend: tags({ lab: "" }),
    says: ["A-CHAT01-vm", "It has no tag lab."],
  },
  "data-is-protected": {
    on: "A-DC01-vm",
    bend: () => ({ protect: false }),
    says: ["A-DC01-vm", "It holds data and may be deleted."],
  },
  "backup-share-is-open-to-every-database-server": {
    on: "B-FS01-log-shipping-backup",
    bend: parameters("ReadWrite", "LAB\\A-SQL01$,LAB\\B-SQL01$"),
    says: ["B-FS01-log-shipping-backup", "A-SQL02 may not write to the backup share."],
  },
  "survives-any-one-machine": {
    stack: "figure-1",
    on: "A-WIT01-vm",
    bend: tags({ role: "" }),
    says: [
      "A-SQL01-vm",
      "When it is lost people must force service on the mirror of mgc in the primary data center.",
    ],
  },
  "copy-share-stands-on-the-secondary": {
    on: "B-SQL01-log-shipping-copy",
    bend: inputs({ vmName: "B-FS01" }),
    says: ["B-SQL01-log-shipping-copy", "The copy share stands on no log-shipping secondary."],
  },
};

describe("the policies", () => {
  let lab: readonly PolicyResource[];
  beforeAll(async () => {
    lab = (await rehearseStack("minimal")).resources.filter(({ custom }) => custom);
  });

  it("each have a case here, a reason and a source", () => {
    expect(policies.map(({ id }) => id).sort()).toEqual(Object.keys(cases).sort());
    for (const { why, source } of policies) {
      expect(why).toMatch(/\.$/);
      expect(source).toMatch(/^https:\/\//);
    }
  });

  /** What a stack is meant to lack: the smallest one has no witness, and one active server. */
  const meant: Readonly<Record<string, readonly string[][]>> = {
    minimal: [
      [
        "survives-any-one-machine",
        "A-CHAT01-vm",
        "When it is lost people must make 1 more Persistent Chat server active.",
      ],
      [
        "survives-any-one-machine",
        "A-SQL01-vm",
        "When it is lost people must force service on the mirror of mgc in the primary data center.",
      ],
    ],
  };

  it.each(shippedStacks)("find nothing in stack %s but what it is meant to lack", async (stack) => {
    const { resources } = await rehearseStack(stack);
    const cloud = resources.filter(({ custom }) => custom);
    expect(
      policies.flatMap(({ id, find }) => find(cloud).map((one) => [id, one.resource, one.message])),
    ).toEqual(meant[stack] ?? []);
  });

  it.each(policies)("$id is broken by one resource that is not so", async (policy) => {
    const { stack, on, bend, says } = cases[policy.id] as Case;
    const whole = stack === undefined ? lab : (await rehearseStack(stack)).resources;
    const bent = whole.map((resource) =>
      resource.name === on ? { ...resource, ...bend(resource) } : resource,
    );
    expect(policy.find(whole)).toEqual([]);
    expect(policy.find(bent).map(({ resource, message }) => [resource, message])).toEqual([says]);
  });

  // A session of three, of which any two are one too few.
  it.each([
    ["A-SQL01-vm", "A-SQL02-vm"],
    ["A-SQL01-vm", "A-WIT01-vm"],
    ["A-SQL02-vm", "A-WIT01-vm"],
  ])("find %s and %s in one zone, wherever the third party stands", async (...pair) => {
    const { resources } = await rehearseStack("figure-1");
    const bent = resources.map((one) =>
      pair.includes(one.name) ? { ...one, ...inputs({ zones: ["1"] })(one) } : one,
    );
    // A third party in a zone of its own.
    const apart = bent.map((one) =>
      /^A-(SQL0[12]|WIT01)-vm$/.test(one.name) && !pair.includes(one.name)
        ? { ...one, ...inputs({ zones: ["2"] })(one) }
        : one,
    );
    expect(mirroringPartiesStandApart.find(apart)).toContainEqual({
      resource: "A-WIT01-vm",
      message: "Two of A-WIT01-vm, A-SQL01-vm, A-SQL02-vm stand in one zone.",
    });
  });

  it.each(["LAB\\A-SQL021$", "LAB\\XA-SQL02$", "LAB\\A-SQL02"])(
    "do not take %s for the account of A-SQL02",
    (account) => {
      const open = parameters("ReadWrite", `LAB\\A-SQL01$,LAB\\B-SQL01$,${account}`);
      const bent = lab.map((one) =>
        one.name === "B-FS01-log-shipping-backup" ? { ...one, ...open(one) } : one,
      );
      expect(backupShareIsOpenToEveryDatabaseServer.find(bent).map(({ message }) => message)).toEqual([
        "A-SQL02 may not write to the backup share.",
      ]);
    },
  );
});
