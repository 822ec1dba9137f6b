import { describe, expect, it } from "vitest";
import { actsOf } from "../../../topology/resilience/acts";
import { explore } from "../../../topology/resilience/explore";
import { modelOf } from "../../../topology/resilience/model";
import { keyOf, type Subject } from "../../../topology/resilience/state";
import type { Instruction, Procedure } from "../../../topology/runbooks/procedure";
import { proceduresOf } from "../../../topology/runbooks/procedures";
import { siteOf, subjectIn, unwatched, watched } from "../../support/resilience";
import { proveProcedures } from "../../support/runbookProof";

const small = subjectIn(
  siteOf({ databases: { secondaryMirror: false, witnesses: "primary", compliance: "off" } }),
);

describe("the procedures", () => {
  it.each<[title: string, subject: Subject]>([
    ["with witnesses and mirrors on both sides", watched],
    ["without witnesses", unwatched],
    ["without a mirror in the secondary data center", small],
    [
      "with the backup share in the primary data center",
      subjectIn(siteOf({ databases: { backupShare: "primary" } })),
    ],
    ["served from the secondary data center", subjectIn(siteOf({ site: "secondary" }))],
  ])("meet each guard, end as they say and lead home from every state after a failure, %s", (_, subject) => {
    expect(proveProcedures(subject, proceduresOf(subject), 1).broken).toEqual([]);
  });

  it("are each replayed from states of their own", () => {
    const { replayed } = proveProcedures(watched, proceduresOf(watched), 1);
    // What takes two failures is replayed by the benchmark.
    const never = proceduresOf(watched)
      .map(({ name }) => name)
      .filter((name) => replayed[name] === undefined);
    expect(never).toEqual(["break-mirroring-primary", "break-mirroring-secondary", "start-secondary"]);
  });

  it("say rightly which acts do no harm a second time", () => {
    const found = explore(modelOf(watched), 1);
    const harmful = new Set<string>();
    for (const act of actsOf(watched))
      for (const state of found.states) {
        const once = act.from(state);
        const twice = once === undefined ? undefined : act.from(once);
        if (once !== undefined && twice !== undefined && keyOf(twice) !== keyOf(once)) harmful.add(act.name);
      }
    expect([...harmful]).toEqual(["fail-over-to-mirror"]);
  });
});

/** A mistake in the procedures, and what the proof says of it. */
interface Breakage {
  readonly title: string;
  readonly of: string;
  readonly how: (procedure: Procedure) => Procedure | undefined;
  readonly finds: string;
  readonly subject?: Subject;
}

const instructions =
  (change: (all: readonly Instruction[]) => readonly Instruction[]) => (one: Procedure) => ({
    ...one,
    instructions: change(one.instructions),
  });
const without = (...ids: readonly string[]) =>
  instructions((all) => all.filter((one) => !("act" in one && ids.includes(one.act))));
const withoutWait = instructions((all) => all.filter((one) => !("wait" in one)));
const reversed = instructions((all) => all.toReversed());
const replaced = (id: string, other: string) =>
  instructions((all) => all.map((one) => ("act" in one && one.act === id ? { ...one, act: other } : one)));
const everywhere = (one: Procedure) => ({ ...one, applies: () => true });
const gone = () => undefined;

const breakages: readonly Breakage[] = [
  {
    title: "the disaster forgets the fence",
    of: "loss-of-primary-data-center",
    how: without("fence:A-SQL01", "fence:A-SQL02"),
    finds: "loss-of-primary-data-center is stuck at fail-over-to-secondary",
  },
  {
    title: "the disaster fences one partner only",
    of: "loss-of-primary-data-center",
    how: without("fence:A-SQL02"),
    finds: "loss-of-primary-data-center is stuck at fail-over-to-secondary",
  },
  {
    title: "the disaster fences the wrong machine",
    of: "loss-of-primary-data-center",
    how: replaced("fence:A-SQL01", "fence:B-SQL01"),
    finds: "loss-of-primary-data-center is stuck at fail-over-to-secondary",
  },
  {
    title: "the disaster does its acts backwards",
    of: "loss-of-primary-data-center",
    how: reversed,
    finds: "loss-of-primary-data-center is stuck at fail-over-to-secondary",
  },
  {
    title: "the disaster recovers nothing",
    of: "loss-of-primary-data-center",
    how: without("fail-over-to-secondary"),
    finds: "loss-of-primary-data-center does not end as it says",
  },
  {
    title: "the disaster applies while the primary serves",
    of: "loss-of-primary-data-center",
    how: everywhere,
    finds: "loss-of-primary-data-center is stuck at fail-over-to-secondary",
  },
  {
    title: "fail-back does not set the old databases aside",
    of: "fail-back",
    how: without("set-aside:A-SQL01", "set-aside:A-SQL02"),
    finds: "fail-back is stuck at fail-back",
  },
  {
    title: "fail-back sets one old database aside only",
    of: "fail-back",
    how: without("set-aside:A-SQL01"),
    finds: "fail-back is stuck at fail-back",
  },
  {
    title: "fail-back does not start the primary's server",
    of: "fail-back",
    how: without("bring-back:A-SQL01"),
    finds: "fail-back is stuck at fail-back",
  },
  {
    title: "fail-back does not start the backup share",
    of: "fail-back",
    how: without("bring-back:B-FS01"),
    finds: "fail-back is stuck at fail-back",
  },
  {
    title: "fail-back moves nothing",
    of: "fail-back",
    how: without("fail-back"),
    finds: "fail-back does not end as it says",
  },
  {
    title: "fail-back does its acts backwards",
    of: "fail-back",
    how: reversed,
    finds: "fail-back is stuck at fail-back",
  },
  {
    title: "fail-back applies while the primary data center is out",
    of: "fail-back",
    how: everywhere,
    finds: "fail-back is stuck at fail-back",
  },
  { title: "nobody fails back", of: "fail-back", how: gone, finds: "no runbooks lead home" },
  {
    title: "a mirror is not made anew",
    of: "repair-mirror-primary",
    how: without("rebuild-mirror:primary"),
    finds: "repair-mirror-primary does not end as it says",
  },
  {
    title: "nobody waits until a new mirror has caught up",
    of: "repair-mirror-primary",
    how: withoutWait,
    finds: "repair-mirror-primary does not end as it says",
  },
  {
    title: "a mirror is made anew in the wrong data center",
    of: "repair-mirror-primary",
    how: replaced("rebuild-mirror:primary", "rebuild-mirror:secondary"),
    finds: "repair-mirror-primary does not end as it says",
  },
  {
    title: "a mirror's machine is not started",
    of: "repair-mirror-primary",
    how: without("bring-back:A-SQL02", "bring-back:A-SQL01", "set-aside:A-SQL01", "set-aside:A-SQL02"),
    finds: "repair-mirror-primary does not end as it says",
  },
  {
    title: "the witness is started and not set",
    of: "witness-primary",
    how: without("set-witness:primary"),
    finds: "witness-primary does not end as it says",
  },
  {
    title: "the witness is set and not started",
    of: "witness-primary",
    how: without("bring-back:A-WIT01"),
    finds: "witness-primary does not end as it says",
  },
  {
    title: "roles go back before the mirror has caught up",
    of: "roles-back",
    how: withoutWait,
    finds: "roles-back is stuck at fail-over-to-mirror:primary",
  },
  {
    title: "a drill begins with a mirror that lacks something",
    of: "fail-over-to-mirror",
    how: everywhere,
    finds: "fail-over-to-mirror is stuck at fail-over-to-mirror:primary",
  },
  {
    title: "a suspended session is not resumed",
    of: "resume-mirroring-primary",
    how: without("resume-mirroring:primary", "rebuild-mirror:primary"),
    finds: "resume-mirroring-primary does not end as it says",
  },
  {
    title: "logs are not shipped anew after a gap",
    of: "ship-logs-again",
    how: without("reseed-secondary"),
    finds: "ship-logs-again does not end as it says",
  },
  {
    title: "a stopped job is not started",
    of: "ship-logs-again",
    how: without("start-job:copy"),
    finds: "ship-logs-again does not end as it says",
  },
  {
    title: "logs are shipped anew before the share is there",
    of: "ship-logs-again",
    how: reversed,
    finds: "ship-logs-again does not end as it says",
  },
  {
    title: "a full log is not backed up",
    of: "free-log",
    how: without("free-log"),
    finds: "free-log does not end as it says",
  },
  { title: "nobody frees a full log", of: "free-log", how: gone, finds: "no runbooks lead home" },
  {
    title: "a session is started without its principal",
    of: "start-session-primary",
    how: without("bring-back:A-SQL01", "bring-back:A-SQL02"),
    finds: "start-session-primary does not end as it says",
  },
  {
    title: "an old copy is left where it is",
    of: "use-old-copy",
    how: without(...["A-SQL01", "A-SQL02", "B-SQL01", "B-SQL02"].map((one) => `use-old-copy:${one}`)),
    finds: "use-old-copy does not end as it says",
  },
  {
    title: "service is forced where a principal may come back",
    of: "force-service-primary",
    how: everywhere,
    finds: "force-service-primary is stuck at force-service:primary",
    subject: unwatched,
  },
];

describe("the proof", () => {
  it.each(breakages)("notices it when $title", ({ of, how, finds, subject = watched }) => {
    const all = proceduresOf(subject);
    expect(all.some(({ name }) => name === of)).toBe(true);
    const broken = all.flatMap((one) => (one.name === of ? (how(one) ?? []) : [one]));
    expect(proveProcedures(subject, broken, 1).broken).toContain(finds);
  });
});
