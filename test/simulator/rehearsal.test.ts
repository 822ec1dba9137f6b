import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokens } from "../../simulator/arm/resourceTypes";
import { nameOf } from "../../simulator/engine/urns";
import { overlappingWrites } from "../../simulator/time/rehearsal";
import type { Timeline } from "../../simulator/time/schedule";
import { planLab } from "../../topology/planLab";
import { validConfig } from "../support/arbitraryConfig";
import { sentinel } from "../support/components";
import { media, smallest } from "../support/config";
import { registered } from "../support/registered";
import { rehearseLab } from "../support/rehearse";

const small = {
  ...smallest,
  pool: { servers: 2, fileStore: "secondary" },
  databases: { witnesses: "none", secondaryMirror: false },
  frontEnds: { servers: 0 },
};

/** One that the tests compare others with. */
const free = rehearseLab(small);

describe("a rehearsal of the lab", () => {
  it("is the same again, and the same for the same seed", async () => {
    expect(await rehearseLab(small)).toEqual(await free);
    const [one, again, other] = [
      await rehearseLab(small, { seed: 1 }),
      await rehearseLab(small, { seed: 1 }),
      await rehearseLab(small, { seed: 2 }),
    ];
    expect(again.timeline).toEqual(one.timeline);
    expect(other.makespanMinutes).not.toBe(one.makespanMinutes);
  });

  it("refuses nothing, logs the plan's warnings and shows no password", async () => {
    const rehearsal = await free;
    expect(rehearsal.refusals).toEqual([]);
    expect(rehearsal.messages.map((message) => message.split("\n")[0])).toEqual(["stack dev: 1 warning"]);
    expect(JSON.stringify(rehearsal)).not.toContain(sentinel);
    // Eight machines; forest, replica and certificate authority; six joins.
    expect(rehearsal.resources.filter(({ secrets }) => secrets.length > 0).length).toBe(17);
  });

  it("takes as long as its critical path: domain controller, forest, joins, mirroring, log shipping", async () => {
    const { criticalPath, makespanMinutes, sequentialMinutes } = await free;
    expect(criticalPath.at(0)?.start).toBe(0);
    expect(criticalPath.at(-1)?.end).toBe(makespanMinutes);
    const names = criticalPath.map(({ urn }) => nameOf(urn));
    for (const step of [
      "A-DC01/forest",
      "A-DC01/forest-ready",
      "A-SQL02/mgc-log-shipping-mirror",
      "A-DC01/verify",
    ])
      expect(names).toContain(step.replace("/", "-"));
    expect(sequentialMinutes).toBeGreaterThan(3 * makespanMinutes);
  });

  it("asks for no machine by its name before the restart of its join is over, however long that takes", async () => {
    const { plan } = planLab(small);
    const members = plan.machines.filter(({ kind }) => kind !== "domainController");
    for (const seed of [1, 2, 3]) {
      const { timeline } = await rehearseLab(small, { seed });
      const spans = new Map(timeline.map((span) => [nameOf(span.urn), span]));
      const early = plan.steps.flatMap(({ machine, name: step, parameters }) => {
        const words = Object.values(parameters).join(" ");
        const start = spans.get(`${machine}-${step}`)?.start ?? 0;
        return members
          .filter(({ name }) => name !== machine && new RegExp(`\\b${name}\\b`, "i").test(words))
          .filter(({ name }) => start < (spans.get(`${name}-join`)?.back ?? Number.POSITIVE_INFINITY))
          .map(({ name }) => `${machine}-${step} asks for ${name}`);
      });
      expect(early).toEqual([]);
    }
  });

  it("takes longer with fewer operations at a time", async () => {
    const [four, one] = [
      await rehearseLab(small, { parallel: 4 }),
      await rehearseLab(small, { parallel: 1 }),
    ];
    expect(four.makespanMinutes).toBeGreaterThan((await free).makespanMinutes);
    expect(one.makespanMinutes).toBeCloseTo(one.sequentialMinutes, 5);
  });

  it("refuses nothing where media are configured, and gives the machines that take them the identity", async () => {
    const { refusals, resources } = await rehearseLab({ ...smallest, media, frontEnds: { servers: 1 } });
    expect(refusals).toEqual([]);
    const withIdentity = resources.filter(({ inputs }) => inputs.identity !== undefined);
    expect(withIdentity.map(({ name }) => name).sort()).toEqual([
      "A-CHAT01-vm",
      "A-CHAT02-vm",
      "A-FE01-vm",
      "B-CHAT03-vm",
      "B-CHAT04-vm",
      "B-FE01-vm",
    ]);
    // What the SDK makes of a list of ids, as Azure wants it.
    expect(withIdentity[0]?.inputs.identity).toEqual({
      type: "UserAssigned",
      userAssignedIdentities: [media.identity],
    });
  });

  it("works for every valid configuration", async () => {
    await fc.assert(
      fc.asyncProperty(validConfig, async (config) => {
        const frontEnds = { servers: Math.min(config.frontEnds.servers, 4) };
        const { refusals, timeline } = await rehearseLab({ ...config, frontEnds });
        expect(refusals).toEqual([]);
        expect(timeline.length).toBeGreaterThan(90);
      }),
      { numRuns: 4 },
    );
  });
});

describe("two writes on one network", () => {
  const resource = (name: string, virtualNetworkName: string) =>
    registered({ urn: name, type: tokens.subnet, inputs: { resourceGroupName: "rg", virtualNetworkName } });
  const timeline = (...spans: readonly (readonly [urn: string, start: number, end: number])[]) =>
    ({ timeline: spans.map(([urn, start, end]) => ({ urn, start, end })) }) as unknown as Timeline;

  it("at the same time are refused, once for the later one", () => {
    const both = [resource("a", "net"), resource("b", "net")];
    expect(overlappingWrites(both, timeline(["a", 0, 2], ["b", 1, 3]))).toEqual([
      {
        urn: "b",
        status: 409,
        code: "AnotherOperationInProgress",
        message:
          "b was written at minute 1 while a was still being written on the same network, until minute 2.",
      },
    ]);
  });

  it("count a peering on both of its networks", () => {
    const remote = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/nut";
    const peering = registered({
      urn: "a",
      type: tokens.peering,
      inputs: { resourceGroupName: "rg", virtualNetworkName: "net", remoteVirtualNetwork: { id: remote } },
    });
    const other = registered({
      urn: "b",
      type: tokens.subnet,
      inputs: { resourceGroupName: "rg", virtualNetworkName: "nut" },
    });
    expect(
      overlappingWrites([peering, other], timeline(["a", 0, 2], ["b", 1, 3])).map(({ urn }) => urn),
    ).toEqual(["b"]);
  });

  it("one after the other, or on two networks, are accepted", () => {
    expect(
      overlappingWrites([resource("a", "net"), resource("b", "net")], timeline(["a", 0, 2], ["b", 2, 3])),
    ).toEqual([]);
    expect(
      overlappingWrites([resource("a", "net"), resource("b", "nut")], timeline(["a", 0, 2], ["b", 1, 3])),
    ).toEqual([]);
  });
});
