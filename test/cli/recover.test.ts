import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { labWith } from "../support/cli";

/*
 * `lab recover` with programs in the places of the Pulumi CLI and the Azure CLI. What Pulumi really leaves, and whether the commands mend
 * it, the crash tests show on the real engine.
 */

const group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/mini-primary";

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

/** Runs it in a folder with such programs, each the text of a shell script. */
function recoverWith(
  programs: Readonly<Record<string, string>>,
  given: string = state,
  more: readonly string[] = [],
) {
  const folder = mkdtempSync(join(tmpdir(), "Bob's lab "));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const file = join(folder, "state.json");
  writeFileSync(file, given);
  const env = {
    PATH: "pulumi" in programs ? `${folder}${delimiter}/usr/bin${delimiter}/bin` : folder,
    ARM_SUBSCRIPTION_ID: "",
  };
  const words = "pulumi" in programs ? more : ["--state", file, ...more];
  const out = join(folder, "import.json");
  return {
    out,
    imported: () => JSON.parse(readFileSync(out, "utf8")) as unknown,
    ...labWith(env, "recover", "--stack", "minimal", "--out", out, ...words),
  };
}

/** An Azure CLI that has resources whose ids match a pattern of the shell. */
const azureWith = (pattern: string) =>
  `case "$4" in ${pattern}) exit 0;; *) echo "(ResourceNotFound) not there" >&2; exit 3;; esac`;

describe("recover", () => {
  it("has nothing to do where Azure has nothing that Pulumi lacks", () => {
    const { code, stdout } = recoverWith({ az: azureWith("none") });
    expect([code, stdout]).toEqual([0, "Nothing of stack minimal is to be mended: pulumi up goes on.\n"]);
  });

  it("takes over what Azure has, in the subscription of the state, with a file that may stand anywhere", () => {
    const { code, stdout, out, imported } = recoverWith({ az: azureWith("*/mini-primary") });
    expect(code).toBe(1);
    expect(stdout.trim().split("\n").slice(-3)).toEqual([
      "pulumi cancel --yes --stack minimal",
      `pulumi import --yes --protect=false --generate-code=false --file '${out.replace("'", "'\\''")}' --stack minimal`,
      "pulumi up --stack minimal",
    ]);
    expect(imported()).toMatchObject({
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
      "Only Azure knows what was finished: the Azure CLI (az) is not on PATH. Log on to it, and try again.",
    ],
    [
      "that nobody logged on to",
      { az: "echo WARNING >&2; echo Please run az login >&2; exit 1" },
      "az resource show failed: Please run az login",
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
  ])("says what to do about a CLI %s", (_, programs, sentence) => {
    const { code, stderr } = recoverWith(programs);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  it("asks for the subscription where the state does not tell it", () => {
    const { code, stderr } = recoverWith({}, JSON.stringify({ version: 3, deployment: null }));
    expect(code).toBe(2);
    expect(stderr).toContain(
      "The lab has no resource yet that says which subscription it is in: set ARM_SUBSCRIPTION_ID.",
    );
  });
});
