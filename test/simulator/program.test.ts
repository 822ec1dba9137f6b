import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createCloud } from "../../simulator/arm/cloud";
import { tokens } from "../../simulator/arm/resourceTypes";
import { type ProgramOptions, runProgram } from "../../simulator/engine/program";
import { nameOf } from "../../simulator/engine/urns";

const options = (fixture: string): ProgramOptions => ({
  entry: join(__dirname, "fixtures", `${fixture}.ts`),
  project: "p",
  stack: "dev",
  config: { "p:word": "Open-Sesame-1" },
  secretKeys: ["p:word"],
  cloud: createCloud(),
});

const stack = "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev";
const site = "urn:pulumi:dev::p::test:index:Site::site";
const group = `urn:pulumi:dev::p::test:index:Site$${tokens.group}::group`;
const network = `urn:pulumi:dev::p::test:index:Site$${tokens.network}::network`;

describe("a program run on the simulated Azure", () => {
  it("registers its resources with the urns that the engine would give them, each with its parent", async () => {
    const { resources } = await runProgram(options("small"));
    expect(resources.map(({ urn, parent, custom }) => [urn, parent, custom])).toEqual([
      [stack, "", false],
      [site, stack, false],
      [group, site, true],
      [network, site, true],
    ]);
  });

  it("keeps the urns that a resource had, by its own aliases and by its parent's", async () => {
    const { resources } = await runProgram(options("renamed"));
    expect(resources.map(({ aliases }) => aliases)).toEqual([
      [],
      ["urn:pulumi:dev::p::test:index:Site::place"],
      ["hall", "place-room"].map((name) => `urn:pulumi:dev::p::test:index:Site$test:index:Room::${name}`),
    ]);
  });

  it("keeps its resource options, and what it waits for by option or input", async () => {
    const { resources } = await runProgram(options("small"));
    expect(resources.at(-1)).toMatchObject({
      dependsOn: [group],
      protect: false,
      deleteBeforeReplace: true,
      deletedWith: group,
    });
    expect(resources.at(-1)?.replaceOnChanges).toContain("location");
    expect(resources.at(-2)?.protect).toBe(true);
  });

  it("shows no secret, and says where they are", async () => {
    const run = await runProgram(options("small"));
    expect(run.resources[2]).toMatchObject({
      inputs: { tags: { secret: "[secret]" } },
      secrets: ["tags.secret"],
    });
    expect(JSON.stringify(run)).not.toContain("Open-Sesame-1");
  });

  it("gives the simulated Azure the secrets themselves", async () => {
    const given = options("small");
    await runProgram(given);
    const [stored] = Object.values(given.cloud.state.resources);
    expect(stored?.inputs.tags).toEqual({ secret: "Open-Sesame-1" });
  });

  it("gives its outputs, with ids, and what it told its user", async () => {
    const { outputs, messages } = await runProgram(options("small"));
    expect(messages).toEqual(["mind the gap"]);
    expect(Object.keys(outputs as object)).toEqual(["networkId"]);
  });

  it("registers the same again", async () => {
    const [one, two] = await Promise.all([runProgram(options("small")), runProgram(options("small"))]);
    expect(two?.resources).toEqual(one?.resources);
  });

  it("counts while it registers", async () => {
    const counts: number[] = [];
    await runProgram({ ...options("small"), onRegister: (_, count) => counts.push(count) });
    expect(counts).toEqual([1, 2, 3, 4]);
  });

  it("goes on after a refusal, and tries nothing that depends on what was refused", async () => {
    const given = options("refused");
    const { refusals, resources } = await runProgram(given);
    expect(resources.length).toBe(5);
    expect(refusals.map(({ urn, code }) => [nameOf(urn), code])).toEqual([
      ["network", "InvalidAddressPrefixFormat"],
    ]);
    expect(Object.values(given.cloud.state.resources).map(({ token }) => token)).toEqual([
      tokens.group,
      tokens.publicIp,
    ]);
  });

  it("rejects with what the program throws", async () => {
    await expect(runProgram(options("failing"))).rejects.toThrow("pool.servers = 9");
  });

  it("is refused a second resource of a name, as the engine does", async () => {
    const { refusals, resources } = await runProgram(options("twice"));
    expect(resources.length).toBe(2);
    expect(refusals).toEqual([
      {
        urn: `urn:pulumi:dev::p::${tokens.group}::group`,
        code: "DuplicateUrn",
        message: "Two resources have this type, parent and name. The engine refuses the second one.",
      },
    ]);
  });

  it("is refused where there is none", async () => {
    await expect(runProgram(options("empty"))).rejects.toThrow(/empty\.ts: it exports no function$/);
  });
});
