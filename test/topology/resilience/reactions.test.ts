import { describe, expect, it } from "vitest";
import { lacksQuorum } from "../../../topology/resilience/outcome";
import { hasDirectory } from "../../../topology/resilience/reactions";
import {
  afterwards,
  isPossible,
  servedBy,
  siteOf,
  subjectIn,
  unwatched,
  watched,
} from "../../support/resilience";

const kinds = (state: ReturnType<typeof afterwards>) =>
  state.copies.map(({ kind, behind }) => (behind === 0 ? kind : `${kind} ${behind}`));

describe("what a mirroring session does by itself", () => {
  it("fails over to the mirror when the principal is lost, and the witness sees the mirror", () => {
    const state = afterwards(watched, "lost:A-SQL01");
    expect(servedBy(watched, state)).toBe("A-SQL02");
    expect(kinds(state)).toEqual(["none", "principal", "standby", "none"]);
  });

  it("makes the old principal the mirror of the new one when it comes back, and lets it catch up", () => {
    const back = afterwards(watched, "stops:A-SQL01", "returns:A-SQL01");
    expect(kinds(back)).toEqual(["mirror 1", "principal", "standby", "none"]);
    expect(kinds(afterwards(watched, "stops:A-SQL01", "returns:A-SQL01", "interval"))).toEqual([
      "mirror",
      "principal",
      "standby",
      "none",
    ]);
  });

  it("does not fail over without a witness", () => {
    expect(servedBy(unwatched, afterwards(unwatched, "lost:A-SQL01"))).toBeUndefined();
  });

  it("does not fail over while the witness is away", () => {
    expect(servedBy(watched, afterwards(watched, "stops:A-WIT01", "lost:A-SQL01"))).toBeUndefined();
  });

  it("does not fail over later, when mirror and witness find each other again", () => {
    const state = afterwards(watched, "stops:A-WIT01", "stops:A-SQL01", "returns:A-WIT01");
    expect(servedBy(watched, state)).toBeUndefined();
  });

  it("does not fail over to a mirror that lacks something", () => {
    expect(servedBy(watched, afterwards(watched, "suspended", "stops:A-SQL01"))).toBeUndefined();
    const behind = afterwards(watched, "stops:A-SQL02", "returns:A-SQL02", "stops:A-SQL01");
    expect(servedBy(watched, behind)).toBeUndefined();
  });

  it("does not fail over when its whole data center is out", () => {
    expect(servedBy(watched, afterwards(watched, "out:primary"))).toBeUndefined();
  });

  it("stops serving when mirror and witness are both away, since quorum is lost", () => {
    const state = afterwards(watched, "stops:A-SQL02", "stops:A-WIT01");
    expect(servedBy(watched, state)).toBeUndefined();
    expect(lacksQuorum(watched, state)).toBe(true);
    expect(servedBy(watched, afterwards(watched, "stops:A-SQL02", "stops:A-WIT01", "returns:A-WIT01"))).toBe(
      "A-SQL01",
    );
    expect(servedBy(watched, afterwards(watched, "stops:A-SQL02", "stops:A-WIT01", "returns:A-SQL02"))).toBe(
      "A-SQL01",
    );
  });

  it("goes on without a mirror where no witness is set", () => {
    expect(servedBy(unwatched, afterwards(unwatched, "stops:A-SQL02"))).toBe("A-SQL01");
  });

  it("waits for the principal's return where the mirror lost it without a failover", () => {
    const down = ["stops:A-SQL01", "stops:A-SQL02", "returns:A-SQL01"] as const;
    // The second server became principal before it stopped: the first one may not serve what it lacks.
    expect(servedBy(watched, afterwards(watched, ...down))).toBeUndefined();
    expect(servedBy(watched, afterwards(watched, ...down, "returns:A-SQL02"))).toBe("A-SQL02");
  });

  it("serves without a mirror what is on no other disk of its data center", () => {
    expect(kinds(afterwards(watched, "stops:A-SQL02"))[1]).toBe("mirror 1");
    expect(kinds(afterwards(watched, "stops:A-SQL02", "interval"))[1]).toBe("mirror 3");
    expect(kinds(afterwards(watched, "suspended"))[1]).toBe("mirror 1");
  });

  it("keeps a mirror complete while nothing is served", () => {
    expect(kinds(afterwards(unwatched, "stops:A-SQL01", "stops:A-SQL02"))[1]).toBe("mirror");
  });
});

describe("what log shipping does by itself", () => {
  it("rests one interval behind on the share and two on the secondary", () => {
    const { backedUp, copied } = afterwards(watched, "interval");
    expect([backedUp, copied]).toEqual([1, 2]);
  });

  it("falls behind while the share is away, and catches up when it is there again", () => {
    const away = afterwards(watched, "stops:B-FS01", "interval");
    expect([away.backedUp, away.copied]).toEqual([3, 3]);
    const back = afterwards(watched, "stops:B-FS01", "interval", "returns:B-FS01", "interval");
    expect([back.backedUp, back.copied]).toEqual([1, 2]);
  });

  it.each(["cut", "cut:one-way", "job:backup", "stops:directory"])("backs nothing up after %s", (id) => {
    expect(afterwards(watched, id, "interval").backedUp).toBe(3);
  });

  it("copies while nothing is served, since nothing is written meanwhile", () => {
    expect(afterwards(unwatched, "stops:A-SQL01", "interval").copied).toBe(1);
  });

  it("goes on after the failover to the mirror", () => {
    const { backedUp, copied } = afterwards(watched, "lost:A-SQL01", "interval");
    expect([backedUp, copied]).toEqual([1, 2]);
  });

  it("has a gap when backups are deleted before they are copied", () => {
    const state = afterwards(watched, "job:copy", "interval", "retention");
    expect(state.gap).toBe(true);
    expect(isPossible(watched, "retention")).toBe(false);
  });

  it("has a gap when the backups are lost with their share, or somebody took one elsewhere", () => {
    expect(afterwards(watched, "lost:B-FS01").gap).toBe(true);
    expect(afterwards(watched, "stops:B-FS01").gap).toBe(false);
    expect(afterwards(watched, "foreign-backup").gap).toBe(true);
  });

  it("lets the log fill its disk where it is not backed up, or waits for a mirror", () => {
    expect(isPossible(watched, "full", "job:backup", "interval")).toBe(true);
    expect(isPossible(watched, "full", "stops:A-SQL02", "interval")).toBe(true);
    expect(isPossible(watched, "full", "interval")).toBe(false);
    expect(servedBy(watched, afterwards(watched, "job:backup", "interval", "full"))).toBeUndefined();
  });

  it("finds the share in the other data center with the link only in the direction in which it is called", () => {
    const near = subjectIn(siteOf({ databases: { backupShare: "primary", compliance: "off" } }));
    expect(afterwards(near, "cut:one-way").link).toBe("secondary cannot call");
    const state = afterwards(near, "cut:one-way", "interval");
    expect([state.backedUp, state.copied]).toEqual([1, 3]);
    expect(afterwards(watched, "cut:one-way").link).toBe("primary cannot call");
  });
});

describe("the directory", () => {
  it("answers as long as one controller is reached", () => {
    const sides = ["primary", "secondary"] as const;
    const answers = (...ids: readonly string[]) => {
      const state = afterwards(watched, ...ids);
      return sides.map((side) => hasDirectory(watched, state, side));
    };
    expect(answers("out:secondary")).toEqual([true, true]);
    expect(answers("cut")).toEqual([true, true]);
    expect(answers("cut", "stops:A-DC01")).toEqual([false, true]);
    expect(answers("stops:directory")).toEqual([false, false]);
  });
});
