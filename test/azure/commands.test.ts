import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../../cli/terminal/paths";
import { tokens } from "../../simulator/arm/resourceTypes";
import { CloudFolder } from "../../simulator/kept/cloudFolder";
import { ServedLabs, skipAz } from "../support/azure/servedLabs";

/*
 * Every command of the Azure CLI that we tell somebody to type, by the real one on the simulated Azure, where figure-1 and minimal stand.
 */

/** What cannot be typed here, and why. */
const notHere: Readonly<Record<string, string>> = {
  "az login": "asks a person in a browser; the labs here are signed in to as README says of `serve`",
};

/** Commands in what users read: lines of code, and code in sentences. */
function commandsIn(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8").replaceAll("\\\n", " ");
  const lines = [
    ...text.matchAll(/^\s*(?:\$ |Undo: )?((?:npm run lab -- twin -- )?az [a-z][^\n#]*?)\s*(?:#.*)?$/gm),
  ];
  const inline = [...text.matchAll(/`(az [a-z][^`\n]*)`/g)];
  return [...lines, ...inline].map(([, command = ""]) => command.trim());
}

const workflows = join(".github", "workflows");
const files = [
  "README.md",
  ...readdirSync(join(root, workflows)).map((name) => join(workflows, name)),
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];
const told = [...new Set(files.flatMap(commandsIn))].filter(
  // Words for a kind of command, such as `az vm run-command delete`, have no options.
  (command) => / -{1,2}\w/.test(command) && !command.includes("..."),
);

describe.skipIf(skipAz)("a subscription that may not have everything", () => {
  const labs = new ServedLabs();
  beforeAll(async () => {
    const faults = [
      { fault: "size-restricted", size: "Standard_D2s_v5", region: "northeurope" },
      { fault: "size-restricted", size: "Standard_D4s_v5", region: "northeurope", zones: ["1"] },
      { fault: "cores-limited", region: "northeurope", quota: "standardDSv5Family", limit: 10 },
      { fault: "provider-not-registered", provider: "Microsoft.DevTestLab" },
    ];
    const file = join(labs.folder, "faults.json");
    writeFileSync(file, JSON.stringify(faults));
    await labs.serve("--faults", file);
    await labs.introduce();
  });
  afterAll(() => labs.stop());

  it.each([
    [
      "az vm list-skus --location northeurope --size Standard_D2s_v5 --all --query '[].restrictions[].[type, reasonCode]' --output tsv",
      "Location\tNotAvailableForSubscription",
    ],
    ["az vm list-skus --location northeurope --size Standard_D2s_v5 --query '[].name' --output tsv", ""],
    [
      "az vm list-skus --location northeurope --size Standard_D4s_v5 --all --query '[].restrictions[].restrictionInfo.zones[]' --output tsv",
      "1",
    ],
    [
      "az vm list-usage --location northeurope --query \"[?name.value=='standardDSv5Family'].limit\" --output tsv",
      "10",
    ],
    [
      "az provider show --namespace Microsoft.DevTestLab --query registrationState --output tsv",
      "NotRegistered",
    ],
    [
      "az vm image list --publisher MicrosoftSQLServer --offer sql2019-ws2019 --sku sqldev-gen2 --location northeurope --all --query '[].version' --output tsv",
      "1.0.0",
    ],
  ])("says so to the Azure CLI: %s", async (command, answer) => {
    const { code, stdout, stderr } = await labs.typed(command);
    expect([code, stdout.trim(), code === 0 ? "" : stderr]).toEqual([0, answer, ""]);
  });
});

describe.skipIf(skipAz)("a command that we tell users", () => {
  const labs = new ServedLabs();
  beforeAll(async () => {
    await labs.start("figure-1", "minimal");
    await labs.introduce();
  });
  afterAll(() => labs.stop());

  it("is found in what they read", () => {
    expect(told.length).toBeGreaterThan(20);
    expect(told).toContain("az vm list --output table");
  });

  it.each(told.filter((command) => !(command in notHere)))(
    "is taken by the Azure CLI: %s",
    async (command) => {
      const { code, stdout, stderr } = await labs.typed(
        command.replaceAll("npm run lab", "npm run --silent lab"),
      );
      expect([code, code === 0 ? "" : stderr + stdout]).toEqual([0, ""]);
    },
  );

  it("shows what the text says: vCPUs, a run's instance view, a peering, machines", async () => {
    const usage = await labs.typed(
      `az vm list-usage --location northeurope --query "[?name.value=='standardDSv5Family'].currentValue" --output tsv`,
    );
    expect(Number(usage.stdout)).toBe(54 + 8);
    const view = await labs.az(
      "vm",
      "run-command",
      "show",
      "--resource-group",
      "fig1-primary",
      "--vm-name",
      "A-SQL01",
      "--run-command-name",
      "sql-instance",
      "--instance-view",
      "--query",
      "instanceView.executionState",
      "--output",
      "tsv",
    );
    expect(view.stdout.trim()).toBe("Succeeded");
    const peering = await labs.typed(
      "az network vnet peering show --resource-group fig1-primary --vnet-name fig1-primary --name peering-to-secondary --query peeringState --output tsv",
    );
    expect(peering.stdout.trim()).toBe("Connected");
    const list = await labs.typed(
      "az vm list --show-details --query \"[?name=='B-DC01' && resourceGroup=='fig1-secondary'].[powerState, privateIps]\" --output tsv",
    );
    expect(list.stdout.trim()).toBe("VM running\t10.2.0.75");
  });

  it("does what it says: a group, a run command and any resource are made, listed and deleted", async () => {
    const steps = [
      [
        "az group create --name new --location northeurope --query properties.provisioningState --output tsv",
        "Succeeded",
      ],
      ["az group exists --name new", "true"],
      [
        "az vm run-command create --resource-group fig1-primary --vm-name A-CHAT02 --run-command-name try --script hostname --protected-parameters word=Hunter-2-Hunter-2 --query provisioningState --output tsv",
        "Succeeded",
      ],
      [
        "az vm run-command list --resource-group fig1-primary --vm-name A-CHAT02 --query \"[?name=='try'].name\" --output tsv",
        "try",
      ],
      ["az vm run-command delete --yes --resource-group fig1-primary --vm-name A-CHAT02 --name try", ""],
      [
        "az vm run-command list --resource-group fig1-primary --vm-name A-CHAT02 --query \"[?name=='try'].name\" --output tsv",
        "",
      ],
      [
        "az resource list --resource-group mini-primary --resource-type Microsoft.Compute/disks --query 'length(@)'",
        "5",
      ],
      [
        "az resource show --ids /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mini-primary/providers/Microsoft.Network/virtualNetworks/mini-primary/subnets/chat --query properties.addressPrefix --output tsv",
        "10.1.0.192/26",
      ],
      [
        "az resource delete --ids /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mini-primary/providers/Microsoft.DevTestLab/schedules/shutdown-computevm-A-CHAT01",
        "",
      ],
      [
        "az network vnet peering list --resource-group mini-primary --vnet-name mini-primary --query '[].peeringState' --output tsv",
        "Connected",
      ],
      ["az group delete --name new --yes", ""],
      ["az group exists --name new", "false"],
    ] as const;
    for (const [command, expected] of steps) {
      const { code, stdout, stderr } = await labs.typed(command);
      expect([command, code, code === 0 ? stdout.trim() : stderr]).toEqual([command, 0, expected]);
    }
    expect((await labs.typed('grep -rl Hunter-2 "$LAB_TWIN/cloud" || true')).stdout).toBe("");
  });

  it("signs the lab's own verbs in: the workflow that stops, starts and asks, and recover", async () => {
    interface Workflow {
      readonly jobs: {
        readonly lab: { readonly steps: readonly { readonly if?: string; readonly run?: string }[] };
      };
    }
    const { jobs } = parse(readFileSync(join(root, ".github", "workflows", "lab.yml"), "utf8")) as Workflow;
    const script = jobs.lab.steps.find((step) => step.if?.includes('"status"'))?.run ?? "exit 9";
    const states = async () =>
      (
        await labs.typed(
          "az vm list --resource-group mini-primary --show-details --query \"[?name!='A-DC01'].powerState\" --output tsv",
        )
      ).stdout
        .trim()
        .split("\n");
    for (const [action, state] of [
      ["stop", "VM deallocated"],
      ["start", "VM running"],
    ] as const) {
      const { code, stdout, stderr } = await labs.typed(`export ACTION=${action} STACK=minimal\n${script}`);
      expect([code, code === 0 ? "" : stdout + stderr]).toEqual([0, ""]);
      expect(new Set(await states())).toEqual(new Set([state]));
    }
    await labs.az(
      "vm",
      "run-command",
      "delete",
      "--yes",
      ...["--resource-group", "mini-primary"],
      ...["--vm-name", "A-SQL01"],
      ...["--name", "firewall"],
    );
    const asked = await labs.typed(`export ACTION=status STACK=minimal\n${script}`);
    expect([asked.code, asked.stdout]).toEqual([1, expect.stringContaining("\n  A-SQL01/firewall  ")]);
    writeFileSync(
      join(labs.folder, "state.json"),
      JSON.stringify({ version: 3, deployment: { resources: [] } }),
    );
    const left = await labs.typed(
      `ARM_SUBSCRIPTION_ID=00000000-0000-0000-0000-000000000000 npm run --silent lab -- recover --stack minimal --state ${labs.folder}/state.json --out ${labs.folder}/import.json --json`,
    );
    expect([left.code, left.stderr]).toEqual([1, ""]);
    // All that stands, but for guest steps, is to be taken over.
    const standing = Object.values(new CloudFolder(join(labs.folder, "cloud")).state.resources);
    expect(JSON.parse(left.stdout).importFile.resources).toHaveLength(
      standing.filter(({ id, token }) => /mini-/.test(id) && token !== tokens.runCommand).length,
    );
  });
});
