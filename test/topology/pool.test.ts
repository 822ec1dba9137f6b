import { describe, expect, it } from "vitest";
import { planOf } from "../support/config";

/** Active servers in the primary and in the secondary data center, and how many there are. */
const shape = (changes: Readonly<Record<string, unknown>>) => {
  const { active, servers } = planOf(changes).pool;
  const count = (names: readonly string[], place: string) =>
    names.filter((name) => name.startsWith(place)).length;
  return [count(servers, "A-"), count(servers, "B-"), count(active, "A-"), count(active, "B-")];
};

describe("the stretched pool", () => {
  it("places servers 1-4 of 8 in the primary and 5-8 in the secondary data center", () => {
    expect(planOf({ pool: { servers: 8 } }).pool.servers).toEqual([
      "A-CHAT01",
      "A-CHAT02",
      "A-CHAT03",
      "A-CHAT04",
      "B-CHAT05",
      "B-CHAT06",
      "B-CHAT07",
      "B-CHAT08",
    ]);
  });

  it("has two active and two idle servers on each side over a fast link, as Figure 1", () => {
    expect(planOf({ pool: { servers: 8 } }).pool).toMatchObject({
      active: ["A-CHAT01", "A-CHAT02", "B-CHAT05", "B-CHAT06"],
      idle: ["A-CHAT03", "A-CHAT04", "B-CHAT07", "B-CHAT08"],
    });
  });

  it("has all active servers in the primary data center over a slow link, as Figure 2", () => {
    expect(planOf({ link: "low-bandwidth-high-latency", pool: { servers: 8 } }).pool).toMatchObject({
      active: ["A-CHAT01", "A-CHAT02", "A-CHAT03", "A-CHAT04"],
      idle: ["B-CHAT05", "B-CHAT06", "B-CHAT07", "B-CHAT08"],
    });
  });

  it.each([
    [2, [1, 1, 1, 0]],
    [3, [2, 1, 1, 0]],
    [4, [2, 2, 1, 1]],
    [5, [3, 2, 1, 1]],
    [6, [3, 3, 2, 1]],
    [7, [4, 3, 2, 1]],
    [8, [4, 4, 2, 2]],
  ])("of %i servers stands and works as %j", (servers, expected) => {
    expect(shape({ pool: { servers } })).toEqual(expected);
  });

  it.each([
    [
      [5, 3],
      [5, 3, 2, 1],
    ],
    [
      [1, 7],
      [1, 7, 1, 0],
    ],
    [
      [4, 4],
      [4, 4, 2, 2],
    ],
  ])("of 8 servers may be split %j", (split, expected) => {
    expect(shape({ pool: { servers: 8, split } })).toEqual(expected);
  });

  it("takes an explicit list of active servers as it is", () => {
    expect(planOf({ pool: { servers: 8, active: [8, 1] } }).pool.active).toEqual(["A-CHAT01", "B-CHAT08"]);
  });

  it("is reached through the Front End pool of the primary data center, where there are Front Ends", () => {
    expect(planOf().pool.nextHop).toBe("fepool-a");
    expect(planOf({ frontEnds: { servers: 0 } }).pool).not.toHaveProperty("nextHop");
  });
});

describe("the Front End pools", () => {
  it("are one in each data center, each with a back end and a file store of its own", () => {
    expect(planOf({ frontEnds: { servers: 2 } }).frontEndPools).toEqual([
      {
        name: "fepool-a",
        fqdn: "fepool-a.lab.test",
        dataCenter: "primary",
        servers: ["A-FE01", "A-FE02"],
        backEnd: "A-BE01",
        fileStore: "A-FS01/FrontEndStore",
      },
      {
        name: "fepool-b",
        fqdn: "fepool-b.lab.test",
        dataCenter: "secondary",
        servers: ["B-FE01", "B-FE02"],
        backEnd: "B-BE01",
        fileStore: "B-FS01/FrontEndStore",
      },
    ]);
  });

  it("are none, with no back ends, where none are wanted", () => {
    const plan = planOf({ frontEnds: { servers: 0 } });
    expect(plan.frontEndPools).toEqual([]);
    expect(plan.machines.filter(({ kind }) => kind === "backEnd" || kind === "frontEnd")).toEqual([]);
  });
});
