import { describe, expect, it } from "vitest";
import { behindOfSecondary } from "../../../topology/resilience/reactions";
import { keyOf, resting } from "../../../topology/resilience/state";
import {
  afterwards,
  isPossible,
  servedBy,
  siteOf,
  subjectIn,
  unwatched,
  watched,
} from "../../support/resilience";

describe("what people can do", () => {
  it("fail over to the mirror and back, as long as it has everything", () => {
    const there = afterwards(watched, "fail-over-to-mirror:primary");
    expect(servedBy(watched, there)).toBe("A-SQL02");
    const back = afterwards(watched, "fail-over-to-mirror:primary", "fail-over-to-mirror:primary");
    expect(keyOf(back)).toBe(keyOf(resting(watched)));
    expect(isPossible(watched, "fail-over-to-mirror:primary", "stops:A-SQL02")).toBe(false);
    expect(isPossible(watched, "fail-over-to-mirror:primary", "suspended")).toBe(false);
  });

  it("force service where no witness is set, and only after the principal is lost or given up", () => {
    expect(servedBy(unwatched, afterwards(unwatched, "lost:A-SQL01", "force-service:primary"))).toBe(
      "A-SQL02",
    );
    expect(isPossible(unwatched, "force-service:primary", "stops:A-SQL01")).toBe(false);
    expect(isPossible(unwatched, "force-service:primary")).toBe(false);
    expect(isPossible(watched, "force-service:primary", "stops:A-WIT01", "lost:A-SQL01")).toBe(false);
  });

  it("recover a mirror whose witness is away, which force does not", () => {
    const state = afterwards(watched, "stops:A-WIT01", "lost:A-SQL01", "recover-mirror:primary");
    expect(servedBy(watched, state)).toBe("A-SQL02");
    expect(state.witnessed[0]).toBe(false);
  });

  it("take a principal without quorum out of its session", () => {
    const state = afterwards(watched, "stops:A-SQL02", "stops:A-WIT01", "break-mirroring:primary");
    expect(servedBy(watched, state)).toBe("A-SQL01");
    expect(isPossible(watched, "break-mirroring:primary", "stops:A-SQL02")).toBe(false);
  });

  it("fail over to the other data center, once nothing of the first one can come back", () => {
    const state = afterwards(watched, "lost:primary", "fail-over-to-secondary");
    expect(servedBy(watched, state)).toBe("B-SQL01");
    expect(isPossible(watched, "fail-over-to-secondary", "out:primary")).toBe(false);
    expect(isPossible(watched, "fail-over-to-secondary", "out:primary", "fence:A-SQL01")).toBe(false);
    const fenced = ["out:primary", "fence:A-SQL01", "fence:A-SQL02"] as const;
    expect(isPossible(watched, "fail-over-to-secondary", ...fenced)).toBe(true);
    expect(isPossible(watched, "fail-over-to-secondary")).toBe(false);
  });

  it("never start a principal of before beside the one that took over", () => {
    const moved = [
      "out:primary",
      "fence:A-SQL01",
      "fence:A-SQL02",
      "fail-over-to-secondary",
      "returns:primary",
    ];
    expect(isPossible(watched, "bring-back:A-SQL01", ...moved)).toBe(false);
    expect(isPossible(watched, "returns:A-SQL01", ...moved)).toBe(false);
    const aside = afterwards(watched, ...moved, "set-aside:A-SQL01");
    expect(aside.copies[0]).toEqual({ kind: "kept", behind: 0 });
    expect(servedBy(watched, aside)).toBe("B-SQL01");
  });

  it("come home after a disaster: fail back, mirror, watch and ship anew", () => {
    const state = afterwards(
      watched,
      "lost:primary",
      "fail-over-to-secondary",
      "returns:primary",
      "fail-back",
      "rebuild-mirror:primary",
      "interval",
      "set-witness:primary",
      "reseed-secondary",
    );
    expect(keyOf(state)).toBe(keyOf(resting(watched)));
  });

  it("mirror in the secondary data center after a failover, which fails over by itself then", () => {
    const mirrored = [
      "lost:primary",
      "fail-over-to-secondary",
      "rebuild-mirror:secondary",
      "interval",
      "set-witness:secondary",
    ] as const;
    expect(servedBy(watched, afterwards(watched, ...mirrored, "lost:B-SQL01"))).toBe("B-SQL02");
  });

  it("move to the other data center by plan only while nothing is broken", () => {
    expect(servedBy(watched, afterwards(watched, "planned-move"))).toBe("B-SQL01");
    expect(isPossible(watched, "planned-move", "stops:A-SQL02")).toBe(false);
    expect(isPossible(watched, "planned-move", "cut")).toBe(false);
  });

  it("give a mirror up that is up only where the other data center has more", () => {
    const stale = ["suspended", "interval", "stops:A-SQL01", "lost:A-SQL01"] as const;
    expect(isPossible(watched, "fence:A-SQL02", ...stale)).toBe(true);
    expect(isPossible(watched, "recover-mirror:primary", ...stale)).toBe(false);
    expect(isPossible(watched, "fence:A-SQL02", "stops:A-WIT01", "lost:A-SQL01")).toBe(false);
  });

  it("free a full log through the share, or with a gap where there is none", () => {
    const full = ["job:backup", "interval", "full"] as const;
    const freed = afterwards(watched, ...full, "free-log");
    expect([servedBy(watched, freed), freed.gap]).toEqual(["A-SQL01", false]);
    const elsewhere = afterwards(watched, ...full, "stops:B-FS01", "back-up-log-elsewhere");
    expect([servedBy(watched, elsewhere), elsewhere.gap]).toEqual(["A-SQL01", true]);
    expect(isPossible(watched, "back-up-log-elsewhere", ...full)).toBe(false);
  });

  it("use an old copy when nothing newer is left", () => {
    const state = ["planned-move", "lost:B-SQL01"] as const;
    expect(isPossible(watched, "use-old-copy:A-SQL01", ...state)).toBe(true);
    expect(isPossible(watched, "use-old-copy:A-SQL01", "planned-move")).toBe(false);
    expect(isPossible(watched, "use-old-copy:B-SQL01", ...state)).toBe(false);
  });

  it.each([
    ["start-job:backup", "job:backup"],
    ["start-job:copy", "job:copy"],
    ["start-job:restore", "job:restore"],
    ["resume-mirroring:primary", "suspended"],
    ["remove-witness:primary", "stops:A-WIT01"],
    ["reseed-secondary", "foreign-backup"],
    ["bring-back:B-FS01", "stops:B-FS01"],
  ])("%s is right after %s, and not before", (act, happening) => {
    expect(isPossible(watched, act, happening)).toBe(true);
    expect(isPossible(watched, act)).toBe(false);
  });
});

describe("what is lost at most", () => {
  const lossAfter = (subject: typeof watched, ...ids: readonly string[]) =>
    behindOfSecondary(subject, afterwards(subject, ...ids));

  it("is an interval where the backups outlive the primary data center, two where they are lost with it", () => {
    const near = subjectIn(siteOf({ databases: { backupShare: "primary", compliance: "off" } }));
    expect(lossAfter(watched, "lost:primary")).toBe(1);
    expect(lossAfter(near, "lost:primary")).toBe(2);
    expect(lossAfter(watched, "lost:B-FS01", "lost:primary")).toBe(2);
  });

  it("is more than anybody counts where the chain has a gap for longer", () => {
    expect(lossAfter(watched, "foreign-backup", "interval", "lost:primary")).toBe(3);
  });
});
