import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readArguments } from "../../../cli/terminal/arguments";
import { err, out } from "../../../cli/terminal/terminal";
import { recover } from "../../../cli/verbs/recover";
import type { Cloud } from "../../../simulator/arm/cloud";
import { tokens } from "../../../simulator/arm/resourceTypes";
import { changeCloud } from "../../../simulator/kept/cloudFolder";
import { ServedLabs } from "../../support/azure/servedLabs";
import { labWith } from "../../support/processes";

/*
 * `lab recover` with programs in the places of the Pulumi CLI and the Azure CLI. What Pulumi really leaves, and whether the commands mend
 * it, the crash tests show on the real engine.
 */

const group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mini-primary";

/** A state with one resource of the lab. */
const state = JSON.stringify({
  version: 3,
  deployment: {
    resources: [
      {
        urn: "urn:pulumi:minimal::persistent-chat-lab::azure-native:resources:ResourceGroup::someone-else",
        type: "azure-native:resources:ResourceGroup",
        id: group,
      },
    ],
  },
});

/** Runs it with such programs on PATH, each the text of a shell script, and with a state in a file where there is no Pulumi CLI. */
async function recoverWith(programs: Readonly<Record<string, string>>, given: string = state) {
  const folder = mkdtempSync(join(tmpdir(), "Bob's lab "));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const [file, importPath] = [join(folder, "state.json"), join(folder, "import.json")];
  writeFileSync(file, given);
  vi.stubEnv("PATH", folder);
  vi.stubEnv("ARM_SUBSCRIPTION_ID", "");
  onTestFinished(() => void vi.unstubAllEnvs());
  const where = "pulumi" in programs ? [] : ["--state", file];
  const args = readArguments(["recover", "--stack", "minimal", "--out", importPath, ...where]);
  if (args === "help") throw new Error("help");
  vi.spyOn(err, "say").mockImplementation(() => {});
  const [said, written] = [vi.spyOn(out, "say"), vi.spyOn(out, "write")].map((spy) =>
    spy.mockImplementation(() => {}),
  );
  const code = await recover(args);
  return {
    code,
    importPath,
    said: said?.mock.calls.flat().join(""),
    commands: written?.mock.calls.flat().join(""),
  };
}

/** The Azure CLI, signed in to a simulated Azure with what a change makes. */
async function azureWith(change: (cloud: Cloud) => void): Promise<string> {
  const labs = new ServedLabs();
  onTestFinished(() => labs.stop());
  changeCloud(join(labs.folder, "cloud"), change);
  await labs.serve();
  vi.stubEnv("REQUESTS_CA_BUNDLE", labs.env.REQUESTS_CA_BUNDLE);
  return labs.signedInAz();
}

describe("recover", () => {
  it("has nothing to do where Azure has nothing that Pulumi lacks", async () => {
    expect(await recoverWith({ az: await azureWith(() => {}) })).toMatchObject({
      code: 0,
      said: "Nothing of stack minimal is to be mended: pulumi up goes on.\n",
      commands: "",
    });
  });

  it("takes over what Azure has, in the subscription of the state, with a file that may stand anywhere", async () => {
    const { code, commands, importPath } = await recoverWith({
      az: await azureWith((cloud) => {
        const resourceGroupName = "mini-primary";
        cloud.put(tokens.group, { resourceGroupName, location: "northeurope" });
        cloud.put(tokens.network, {
          resourceGroupName,
          virtualNetworkName: "mini-primary",
          location: "northeurope",
          addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
        });
      }),
    });
    expect(code).toBe(1);
    expect(commands?.split("\n")).toEqual([
      "pulumi cancel --yes --stack minimal",
      `pulumi import --yes --protect=false --generate-code=false --file '${importPath.replace("'", "'\\''")}' --stack minimal`,
      "pulumi up --stack minimal",
      "",
    ]);
    expect(JSON.parse(readFileSync(importPath, "utf8"))).toMatchObject({
      nameTable: { "DataCenter-primary": expect.stringMatching(/::primary$/) },
      resources: [
        { name: "primary-group", id: group, parent: "DataCenter-primary" },
        { name: "primary-network", id: `${group}/providers/Microsoft.Network/virtualNetworks/mini-primary` },
      ],
    });
  });

  it.each([
    [
      "that is not there",
      {},
      "The Azure CLI (az) is not on PATH: pip install azure-cli, or https://learn.microsoft.com/cli/azure/install-azure-cli",
    ],
    [
      "that nobody logged on to",
      { az: "echo WARNING >&2; echo Please run az login >&2; exit 1" },
      "The Azure CLI gives no access: Please run az login",
    ],
    [
      "that has no state to give",
      { pulumi: "echo error: no stack named minimal >&2; exit 1" },
      "pulumi stack export failed: error: no stack named minimal",
    ],
    [
      "that was killed while it wrote metadata",
      { pulumi: "echo error: failed to load checkpoint: EOF >&2; exit 1" },
      "delete <stack>.json.attrs beside <stack>.json below .pulumi/stacks, which nothing needs, and try again.",
    ],
    [
      "that says something else than a state",
      { pulumi: "echo hello" },
      "holds no state as pulumi stack export writes it.",
    ],
  ])("says what to do about a CLI %s", async (_, programs, sentence) => {
    await expect(recoverWith(programs)).rejects.toThrow(sentence);
  });

  it.each([
    ["a lab", []],
    ["the twin", ["--twin"]],
  ])("says what to do for %s where there is no Pulumi CLI", (_, where) => {
    const folder = mkdtempSync(join(tmpdir(), "lab-twin-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    changeCloud(join(folder, "cloud"), () => {});
    expect(labWith({ PATH: "", LAB_TWIN: folder }, "recover", "--stack", "minimal", ...where)).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "The Pulumi CLI is not on PATH. Write the state into a file where it is, with pulumi stack export, and name that: --state <file>.\nSee npm run lab -- --help\n",
    });
  });

  it("asks for the subscription where the state does not tell it", async () => {
    await expect(recoverWith({}, JSON.stringify({ version: 3, deployment: null }))).rejects.toThrow(
      "The lab has no resource yet that says which subscription it is in: set ARM_SUBSCRIPTION_ID.",
    );
  });
});
