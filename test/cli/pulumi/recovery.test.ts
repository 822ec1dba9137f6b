import { describe, expect, it } from "vitest";
import { commandsOf, exportedState, isWhole, type Planned, recovery } from "../../../cli/pulumi/recovery";
import { recoveryText } from "../../../cli/verbs/recover";
import { tokens } from "../../../simulator/arm/resourceTypes";
import { registered } from "../../support/registered";

const group = "/subscriptions/s/resourceGroups/fig1-primary";
const machineId = `${group}/providers/Microsoft.Compute/virtualMachines/A-SQL01`;

const urnOf = (type: string, name: string) => `urn:pulumi:dev::p::x$${type}::${name}`;
const planned = (type: string, name: string, id: string, inputs = {}): Planned => ({
  ...registered({ urn: urnOf(type, name), type, name, parent: urnOf("l:index:Machine", "A-SQL01"), inputs }),
  id,
});

const program: readonly Planned[] = [
  { ...planned("l:index:Machine", "A-SQL01", ""), custom: false },
  planned(tokens.group, "primary-group", group),
  planned(tokens.machine, "A-SQL01-vm", machineId),
  planned(tokens.runCommand, "A-SQL01-join", `${machineId}/runCommands/join`, {
    resourceGroupName: "fig1-primary",
    vmName: "A-SQL01",
    runCommandName: "join",
  }),
];
const [, groupOne, machine, step] = program as unknown as readonly [Planned, Planned, Planned, Planned];

/** A state with some resources of the program, and operations that were under way. */
const state = (
  has: readonly { readonly urn: string; readonly type: string }[],
  pending: readonly (readonly [string, Planned])[] = [],
) =>
  exportedState.parse({
    version: 3,
    deployment: {
      resources: has,
      pending_operations: pending.map(([type, { urn, type: token }]) => ({
        type,
        resource: { urn, type: token },
      })),
    },
  });

const nowhere = async () => false;
const everywhere = async () => true;
const names = (list: readonly Planned[]) => list.map(({ name }) => name);

describe("what an interrupted deployment left", () => {
  it("is nothing where Pulumi has all that Azure has", async () => {
    expect(isWhole(await recovery(state(program), program, nowhere))).toBe(true);
    expect(
      isWhole(await recovery(exportedState.parse({ version: 3, deployment: null }), program, nowhere)),
    ).toBe(true);
  });

  it("is a machine that failed, asked for again by up, or by a start where a refresh took the error away", async () => {
    const withMachine = (more: object) =>
      exportedState.parse({
        deployment: {
          resources: [groupOne, { urn: machine.urn, type: machine.type, id: machineId, ...more }],
        },
      });
    const commands = async (more: object) => {
      const found = await recovery(withMachine(more), program, nowhere);
      expect(isWhole(found)).toBe(false);
      return {
        code: found.failedMachines[0]?.code,
        commands: commandsOf(found, { stack: "dev", importPath: "i.json" }),
      };
    };
    const error = 'Code="ZonalAllocationFailed" Message="Allocation failed."';
    const [cancel, up] = ["pulumi cancel --yes --stack dev", "pulumi up --stack dev"];
    expect(await commands({ initErrors: [error] })).toEqual({
      code: "ZonalAllocationFailed",
      commands: [cancel, up],
    });
    expect(await commands({ outputs: { provisioningState: "Failed" } })).toEqual({
      code: undefined,
      commands: [
        cancel,
        `az vm start --ids ${machineId}`,
        `pulumi refresh --yes --skip-preview --stack dev --target '${machine.urn}'`,
        up,
      ],
    });
    const fine = withMachine({ outputs: { provisioningState: "Succeeded" } });
    expect(isWhole(await recovery(fine, program, nowhere))).toBe(true);
    const told = recoveryText("dev", await recovery(withMachine({ initErrors: [error] }), program, nowhere));
    expect(told).toContain(
      "npm run lab -- check --stack dev --azure shows which are offered. Another zone or region needs a new lab:\n  A-SQL01-vm (ZonalAllocationFailed)\n",
    );
  });

  it("is a guest step to be deleted, where Azure has it and Pulumi has not", async () => {
    const found = await recovery(state([groupOne, machine], [["creating", step]]), program, everywhere);
    expect([found.interrupted, names(found.deleteSteps)]).toEqual([[step.urn], ["A-SQL01-join"]]);
    expect([found.importFile.resources, found.replace]).toEqual([[], []]);
  });

  it("is anything else to be imported, below its parent", async () => {
    const found = await recovery(state([groupOne]), program, async (id) => id === machineId);
    expect(found.deleteSteps).toEqual([]);
    expect(found.importFile).toEqual({
      nameTable: { "Machine-A-SQL01": machine.parent },
      resources: [{ type: tokens.machine, name: "A-SQL01-vm", id: machineId, parent: "Machine-A-SQL01" }],
    });
  });

  it("is not asked of Azure below what Azure has not got", async () => {
    const asked: string[] = [];
    await recovery(state([]), program, async (id) => {
      asked.push(id);
      return false;
    });
    expect(asked).toEqual([group]);
  });

  it("is asked of Azure where only the name begins like that of something Azure has not got", async () => {
    const other = planned(tokens.machine, "A-SQL012-vm", `${machineId}2`);
    const asked: string[] = [];
    await recovery(state([groupOne]), [groupOne, machine, step, other], async (id) => {
      asked.push(id);
      return false;
    });
    expect(asked).toEqual([machineId, `${machineId}2`]);
  });

  it("is what Pulumi takes for deleted and Azure still has, what stands in it first", async () => {
    const old = [machine, step].map((one) => ({ ...one, pendingReplacement: true }));
    const there = await recovery(state([groupOne, ...old], [["deleting", step]]), program, everywhere);
    expect(there).toMatchObject({ deleteOld: [step.id, machineId], deleteSteps: [], replace: [] });
    expect(isWhole({ ...there, interrupted: [] })).toBe(false);
    expect((await recovery(state([groupOne, ...old]), program, nowhere)).deleteOld).toEqual([]);
  });

  it.each([
    [
      "whose last run failed, once a refresh has taken its error away",
      { outputs: { provisioningState: "Failed" } },
      [],
      true,
    ],
    ["that was being changed", {}, [["updating", step]] as const, true],
    ["that succeeded", { outputs: { provisioningState: "Succeeded" } }, [], false],
    [
      "with an error that the next deployment sees itself",
      { outputs: { provisioningState: "Failed" }, initErrors: ["x"] },
      [],
      false,
    ],
  ])("is a guest step to be run again %s: %#", async (_, more, pending, again) => {
    const found = await recovery(state([groupOne, machine, { ...step, ...more }], pending), program, nowhere);
    expect(found.replace).toEqual(again ? [step.urn] : []);
  });
});

describe("the commands that mend it", () => {
  const place = { stack: "figure-1", importPath: "/home/me/import.figure-1.json" };

  it("come in the order in which they work, each whole", async () => {
    const found = await recovery(state([groupOne]), program, everywhere);
    expect(commandsOf({ ...found, deleteOld: ["/a/b"], replace: ["urn:a$b"] }, place)).toEqual([
      "pulumi cancel --yes --stack figure-1",
      "az resource delete --ids /a/b",
      "az vm run-command delete --yes --resource-group fig1-primary --vm-name A-SQL01 --name join",
      "pulumi import --yes --protect=false --generate-code=false --file /home/me/import.figure-1.json --stack figure-1",
      "pulumi up --stack figure-1 --replace 'urn:a$b'",
    ]);
  });

  it("can be pasted into a shell, whatever the folder is called", async () => {
    const found = await recovery(state([groupOne]), program, everywhere);
    expect(commandsOf(found, { ...place, importPath: "/home/me/Bob's lab/import.json" })[2]).toBe(
      "pulumi import --yes --protect=false --generate-code=false --file '/home/me/Bob'\\''s lab/import.json' --stack figure-1",
    );
  });

  it("leave out what is not needed", async () => {
    const found = await recovery(state(program, [["updating", machine]]), program, nowhere);
    expect(commandsOf(found, { ...place, before: "npm run lab -- twin -- " })).toEqual([
      "npm run lab -- twin -- pulumi cancel --yes --stack figure-1",
      "npm run lab -- twin -- pulumi up --stack figure-1",
    ]);
  });

  it("take a lock away, where there is nothing else to mend", async () => {
    const found = await recovery(state(program), program, nowhere, true);
    expect(isWhole(found)).toBe(false);
    expect(commandsOf(found, place)).toEqual([
      "pulumi cancel --yes --stack figure-1",
      "pulumi up --stack figure-1",
    ]);
    expect(recoveryText("figure-1", found)).toBe(
      "The stack is locked: by a Pulumi that was killed, if none works on it any more.\nIn this order:\n\n",
    );
  });

  it("are told after what they are for", async () => {
    const found = await recovery(state([groupOne], [["creating", machine]]), program, everywhere);
    expect(recoveryText("figure-1", { ...found, deleteOld: ["/a/b"], replace: [step.urn] })).toBe(
      `Pulumi stopped in the middle of:
  A-SQL01-vm
What Pulumi was about to replace and takes for deleted, though Azure still has it; it is deleted:
  /a/b
Guest steps that Azure has and Pulumi has not; they are deleted and run again, since nobody knows whether they ended:
  A-SQL01-join
Other resources that Azure has and Pulumi has not; Pulumi takes them over:
  A-SQL01-vm
Guest steps that did not succeed; they run again:
  A-SQL01-join
In this order:

`,
    );
    expect(recoveryText("figure-1", await recovery(state(program), program, nowhere))).toBe(
      "Nothing of stack figure-1 is to be mended: pulumi up goes on.\n",
    );
  });
});
