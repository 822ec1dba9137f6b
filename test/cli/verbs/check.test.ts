import { cpSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { shippedStacks, stackNames } from "../../../cli/stack/stackFile";
import { goodStack, lab, stackFile } from "../../support/cli";
import { labWith } from "../../support/processes";
import { copyRepository, labIn } from "../../support/repository";

describe("lab check", () => {
  it("finds nothing wrong with the stacks of this checkout", async () => {
    for (const stack of shippedStacks) expect((await lab("check", "--stack", stack)).code).toBe(0);
  });

  it("takes figure-1 where no stack is named", async () => {
    expect(await lab("check")).toEqual({
      code: 0,
      stdout: "",
      stderr:
        "stack figure-1 is good: 30 machines, 206 guest steps, 2 database sets; vCPUs: 54 of standardDSv5Family in northeurope, 54 of standardDSv5Family in swedencentral.\n",
    });
  });

  it("warns of a copied stack that kept its lab's name", () => {
    const folder = copyRepository();
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = (stack: string) => join(folder, "stacks", `Pulumi.${stack}.yaml`);
    cpSync(file("minimal"), file("two"));
    const { status, stdout } = labIn(folder, "check", "--stack", "two");
    expect(status).toBe(0);
    expect(stdout).toContain(`  lab = "mini"
    The stack minimal has this name too: in one subscription both would make the same resource groups.
    Give each lab a name of its own.
`);
  });

  it("names in its closing line what it could not check", async () => {
    const path = stackFile(`${goodStack}  persistent-chat-lab:media: { secure: AAAB }\n`);
    expect((await lab("check", "--config-file", path)).stderr).toMatch(
      /^stack mine is good but for media, which nobody checked: \d+ machines/,
    );
  });

  it("says how to do without a password: none is needed offline", async () => {
    expect((await lab("check", "--config-file", stackFile(goodStack))).code).toBe(0);
  });

  it("lists five different mistakes of a file at once, each with its path, and exits with 1", async () => {
    const path = stackFile(`config:
  persistent-chat-lab:dataCenters:
    primary: { region: northeurop, addressSpace: 10.1.0.0/16 }
    secondary: { region: swedencentral, addressSpace: 10.1.0.0/16 }
  persistent-chat-lab:pool: { servers: 9 }
  persistent-chat-lab:bastian: both
  persistent-chat-lab:protectData: maybe
`);
    const { code, stdout } = await lab("check", "--config-file", path);
    expect(code).toBe(1);
    expect(stdout).toBe(`stack mine: 5 problems
  pool.servers = 9
    It is not a valid value.
    Allowed: a whole number from 2 to 8.
  protectData = "maybe"
    It is not a valid value.
    Allowed: true or false.
  bastian
    There is no such key.
    Remove it or correct it. Did you mean bastion?
  dataCenters.primary.region = "northeurop"
    No Azure region of that name is known here.
    Did you mean northeurope? If the region is new, also set dataCenters.primary.faultIsolation.
  dataCenters.secondary.addressSpace = "10.1.0.0/16"
    It overlaps the primary's 10.1.0.0/16. A stretched pool needs no stretched VLAN, and networks that overlap cannot be peered.
    Give each data center a range of its own, such as 10.1.0.0/17 and 10.1.128.0/17.
`);
  });

  it("gives the same as data with --json", async () => {
    const { code, stdout } = await lab(
      "check",
      "--json",
      "--config-file",
      stackFile(`${goodStack}  persistent-chat-lab:bastion: none\n`),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      stack: "mine",
      problems: [
        {
          rule: "somebodyCanLogOn",
          severity: "warning",
          path: "bastion",
          value: "none",
          message:
            "Without a Bastion host there is no way to log on to the machines, which have no public address.",
          fix: "Use primary, secondary or both, unless you bring your own way in.",
        },
      ],
    });
  });

  it("refuses a password in plain text without showing it", async () => {
    const secret = "Plain-Text-2026";
    const { code, stdout, stderr } = await lab(
      "check",
      "--config-file",
      stackFile(`${goodStack}  persistent-chat-lab:adminPassword: ${secret}\n`),
    );
    expect(code).toBe(1);
    expect(stdout).toContain("adminPassword\n    It is stored in plain text.");
    expect(stdout + stderr).not.toContain(secret);
  });

  it("looks for a file where the user stands, although npm starts it in the checkout", () => {
    const INIT_CWD = dirname(stackFile(goodStack));
    expect(labWith({ INIT_CWD }, "check", "--config-file", "Pulumi.mine.yaml").code).toBe(0);
    expect(labWith({ INIT_CWD: "/" }, "check", "--config-file", "Pulumi.mine.yaml").code).toBe(2);
  });

  it("accepts an encrypted password", async () => {
    const path = stackFile(`${goodStack}  persistent-chat-lab:adminPassword: { secure: v1:abc }\n`);
    expect((await lab("check", "--config-file", path)).code).toBe(0);
  });

  it("takes a key without a namespace as the project's, as Pulumi does", async () => {
    const told = async (line: string) => {
      const { code, stdout } = await lab("check", "--config-file", stackFile(`${goodStack}  ${line}\n`));
      return [code, stdout.split("\n")[1]];
    };
    expect(await told("bastion: bot")).toEqual([1, '  bastion = "bot"']);
    expect(await told("bastian: none")).toEqual([1, "  bastian"]);
  });

  it("leaves the keys of other namespaces alone", async () => {
    expect(
      (await lab("check", "--config-file", stackFile(`${goodStack}  azure-native:location: swedencentral\n`)))
        .code,
    ).toBe(0);
  });

  it("says where a file is not YAML", async () => {
    const { code, stdout } = await lab("check", "--config-file", stackFile("config:\n  a: [1\n"));
    expect(code).toBe(1);
    expect(stdout).toContain("Line 3, column 1: it is not valid YAML");
  });

  it("says so where an alias of YAML has no anchor", async () => {
    const { code, stdout } = await lab("check", "--config-file", stackFile("config:\n  a: *nope\n"));
    expect(code).toBe(1);
    expect(stdout).toContain("It is not valid YAML: Unresolved alias");
  });

  it("reads single values as `pulumi config set` writes them: as text", async () => {
    const path = stackFile(`${goodStack}  persistent-chat-lab:protectData: "false"\n`);
    expect((await lab("check", "--config-file", path)).code).toBe(0);
  });

  it("lists the stacks there are when one is unknown, and exits with 2", async () => {
    expect(await lab("check", "--stack", "minimum")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        'There is no stack "minimum". Did you mean minimal? Stacks here: ' +
        stackNames().join(", ") +
        ".\nSee npm run lab -- --help\n",
    });
  });

  it("exits with 2 when a file does not exist", async () => {
    const { code, stderr } = await lab("check", "--config-file", "/nowhere/Pulumi.x.yaml");
    expect(code).toBe(2);
    expect(stderr).toContain("There is no file /nowhere/Pulumi.x.yaml.");
    expect((await lab("check", "--config-file", "/tmp")).code).toBe(2);
  });
});
