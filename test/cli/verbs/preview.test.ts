import { describe, expect, it } from "vitest";
import { goodStack, lab, stackFile } from "../../support/cli";
import { labWith } from "../../support/processes";

interface Shown {
  readonly urn: string;
  readonly parent: string;
  readonly dependsOn: readonly string[];
  readonly inputs: object;
  readonly secrets: readonly string[];
}

describe("lab preview --json", async () => {
  const { code, stdout, stderr } = await lab("preview", "--stack", "minimal", "--json");
  const resources = JSON.parse(stdout) as readonly Shown[];

  it("prints every resource in the order of registration, with the fields that others rely on", () => {
    expect(code).toBe(0);
    expect(stderr).toContain("stack minimal: 1 warning");
    expect(resources.length).toBe(141);
    for (const resource of resources)
      expect(Object.keys(resource)).toEqual([
        "urn",
        "type",
        "name",
        "parent",
        "inputs",
        "dependsOn",
        "protect",
        "deleteBeforeReplace",
        "replaceOnChanges",
        "deletedWith",
        "secrets",
      ]);
    expect(resources[0]?.urn).toBe(
      "urn:pulumi:minimal::persistent-chat-lab::pulumi:pulumi:Stack::persistent-chat-lab-minimal",
    );
  });

  it("is a closed graph: parents and dependencies are among its resources, each before what needs it", () => {
    const seen = new Set([""]);
    for (const { urn, parent, dependsOn } of resources) {
      for (const one of [parent, ...dependsOn]) expect(seen, `${urn} needs ${one}`).toContain(one);
      seen.add(urn);
    }
  });

  it("puts the text [secret] in the place of every secret, and names its path", () => {
    const machine = resources.find(({ urn }) => urn.endsWith("::A-SQL01-vm"));
    expect(machine?.inputs).toMatchObject({ osProfile: { adminPassword: "[secret]" } });
    expect(machine?.secrets).toEqual(["osProfile.adminPassword"]);
  });
});

describe("lab preview", () => {
  it("shows a tree and how many there are of each type", async () => {
    const { stdout } = await lab("preview", "--stack", "minimal");
    expect(stdout).toMatch(
      /^persistent-chat-lab-minimal {2}Stack\n {2}lab {2}Lab\n {4}primary {2}DataCenter\n {6}primary-group {2}ResourceGroup\n/,
    );
    expect(stdout).toContain("        A-SQL01-vm  VirtualMachine  protected\n");
    expect(stdout).toContain("\n141 resources\n   61  VirtualMachineRunCommandByVirtualMachine\n");
  });

  it("tells the policies that its resources break, and goes on with what is only advised", async () => {
    const { code, stderr } = await lab(
      "preview",
      "--config-file",
      stackFile(`${goodStack}  persistent-chat-lab:autoShutdown: { enabled: false }\n`),
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^Policies that the resources break:\n {2}advisory, machines-stop-every-day, (?:[AB]-\w+-vm, ){10}\d+ more: No daily stop is on for it\. A forgotten lab costs hundreds of dollars a day; only domain controllers do better to run on\.\n$/,
    );
  });

  it("tells what the simulated Azure refuses, and exits with 1", async () => {
    const more = "persistent-chat-lab:machines: { frontEnd: { size: Standard_D64s_v5 } }";
    const path = stackFile(`${goodStack}  persistent-chat-lab:frontEnds: { servers: 6 }\n  ${more}\n`);
    const { code, stderr } = await lab("preview", "--config-file", path);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The simulated Azure refused 2 resources:\n {2}[AB]-FE06-vm\n {4}Status=409 Code="OperationNotAllowed" Message="Operation .*\n {2}[AB]-FE06-vm\n/,
    );
  });

  it("writes no colours and no progress into a file", () => {
    const { stdout, stderr } = labWith({ FORCE_COLOR: "1" }, "preview", "--stack", "minimal");
    expect(stdout + stderr).not.toContain("\u001b");
    expect(stderr).not.toContain("\r");
  });

  it("shows nothing of a bad configuration but its problems", async () => {
    const path = stackFile(`${goodStack}  persistent-chat-lab:link: slow\n`);
    const { code, stdout, stderr } = await lab("preview", "--config-file", path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain('stack mine: 1 problem\n  link = "slow"\n');
  });
});
