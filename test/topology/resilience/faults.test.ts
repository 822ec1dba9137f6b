import { describe, expect, it } from "vitest";
import { type Fault, modelWith } from "../../support/brokenModel";
import { siteOf } from "../../support/resilience";

/*
 * The model is right only as far as its statements would notice a mistake in it: each of these is written into a copy of its source, and
 * must be found.
 */

// Few machines, so that much can be tried.
const site = siteOf({
  databases: { secondaryMirror: false, witnesses: "primary", compliance: "off" },
});

const faults: readonly (Fault & {
  readonly title: string;
  readonly failures?: 2;
  /** Failures that are tried, where two of all would take too long. */
  readonly only?: RegExp;
  /** The statement that it breaks, of several the first one. */
  readonly finds: string;
})[] = [
  {
    title: "a mirror takes over without a witness",
    file: "reactions",
    passage: "    isUp(subject, after, sessionOf(subject, side).witness);",
    instead: "    true;",
    failures: 2,
    finds: "a mirror takes over by itself only together with its witness",
    only: /^stops:A-(SQL|WIT)/,
  },
  {
    title: "a mirror takes over although it lacks something",
    file: "reactions",
    passage: "    after.copies[mirror].behind === 0 &&\n",
    instead: "",
    finds: "a mirror that lacks anything never takes over by itself",
    failures: 2,
    only: /^stops:A-(SQL|WIT)/,
  },
  {
    title: "no mirror ever takes over",
    file: "reactions",
    passage: "  if (!fell || !canTakeOver) return after;",
    instead: "  return after;",
    finds: "it happens that a mirror takes over by itself",
  },
  {
    title: "the old principal stays one after a failover",
    file: "reactions",
    passage: '    [principal]: copyOf(isLost ? "none" : "mirror"),',
    instead: "",
    finds: "at most one instance serves a database for writing",
  },
  {
    title: "a witness alone keeps quorum for nobody",
    file: "reactions",
    passage: "    isUp(subject, state, sessionOf(subject, side).witness) ||\n",
    instead: "",
    finds: "of a session with a witness two parties serve, and never one",
  },
  {
    title: "quorum is never lost",
    file: "reactions",
    passage: "    !state.witnessed[sideIndex(side)] ||\n",
    instead: "    true ||\n",
    failures: 2,
    finds: "of a session with a witness two parties serve, and never one",
    only: /^stops:A-(SQL|WIT)/,
  },
  {
    title: "a principal that serves alone is not exposed",
    file: "reactions",
    passage: '  return withCopies(state, { [mirror]: copyOf("mirror", 1) });',
    instead: "  return state;",
    finds: "what is written without the mirror is not on it",
  },
  {
    title: "a mirror never catches up",
    file: "reactions",
    passage: 'changed[mirror] = copyOf("mirror");',
    instead: "changed[mirror] = copy;",
    finds: "there is a way back from every state in which something is left",
  },
  {
    title: "backups are made without a share",
    file: "reactions",
    passage: ' && reachesShare(subject, state, "primary");',
    instead: ";",
    finds: "logs are backed up only to a share that is reached",
  },
  {
    title: "nothing is ever backed up",
    file: "reactions",
    passage: "const backedUp = isBackedUp ? 1",
    instead: "const backedUp = isBackedUp ? 3",
    finds: "a lab at rest stays as it is, whatever time passes",
  },
  {
    title: "the link being cut stops nothing",
    file: "reactions",
    passage: '  if (from === to || state.link === "up") return true;',
    instead: "  return true;",
    finds: "logs are backed up only to a share that is reached",
  },
  {
    title: "service is forced while the principal may come back",
    file: "session",
    passage: "isUp(subject, state, subject.hosts[place]) && isBest && isFree",
    instead: "isUp(subject, state, subject.hosts[place]) && isBest",
    finds: "an act gives up no more than it must",
  },
  {
    title: "a mirror is recovered that lacks more than the other data center",
    file: "session",
    passage: "&& isBest && isFree",
    instead: "&& isFree",
    failures: 2,
    finds: "an act gives up no more than it must",
    only: /^(suspended|lost:A-SQL|stops:A-WIT)/,
  },
  {
    title: "a mirror is recovered on a machine that is down",
    file: "session",
    passage: "      return isUp(subject, state, subject.hosts[place]) && isBest",
    instead: "      return isBest",
    finds: "nothing that people are told to do needs what is down",
  },
  {
    title: "a recovered mirror leaves the old principal in its session",
    file: "sessionActs",
    passage: 'takenOver(state, mirror, copyOf("former"))',
    instead: 'takenOver(state, mirror, copyOf("principal"))',
    finds: "at most one instance serves a database for writing",
  },
  {
    title: "the failover to the other data center does not wait for the fence",
    file: "dataCenterActs",
    passage: "        if (!isFree || !isShipped(state)",
    instead: "        if (!isShipped(state)",
    finds: "at most one instance serves a database for writing",
  },
  {
    title: "the failover to the other data center forgets what came before",
    file: "dataCenterActs",
    passage: '...leftBehind(state, copyOf("former")), 2:',
    instead: "2:",
    finds: "at most one instance serves a database for writing",
  },
  {
    title: "the failover needs no machine",
    file: "dataCenterActs",
    passage:
      '        if (!isUp(subject, state, secondary) || !hasDirectory(subject, state, "secondary")) return undefined;',
    instead: "",
    failures: 2,
    finds: "nothing that people are told to do needs what is down",
    only: /^(lost:primary|stops:B-SQL)/,
  },
  {
    title: "a planned move leaves the primary serving",
    file: "dataCenterActs",
    passage: '...leftBehind(state, copyOf("kept")), 2:',
    instead: "2:",
    finds: "at most one instance serves a database for writing",
  },
  {
    title: "a former principal is started like any other machine",
    file: "machineActs",
    passage: ' && !holds(state, "former")',
    instead: "",
    finds: "at most one instance serves a database for writing",
  },
  {
    title: "a former principal comes back by itself",
    file: "machineActs",
    passage: 'withCondition(subject, state, machine, "f")',
    instead: 'withCondition(subject, state, machine, "s")',
    finds: "what people give up stays down until they start it",
  },
  {
    title: "a former principal is never set aside",
    file: "machineActs",
    passage: 'holds(state, "former") && servedAt(subject, state) !== undefined',
    instead: "false",
    finds: "there is a way back from every state in which something is left",
  },
  {
    title: "fail-back keeps the secondary serving",
    file: "dataCenterActs",
    passage: '2: copyOf("kept"), 3:',
    instead: "3:",
    finds: "at most one instance serves a database for writing",
  },
  {
    title: "nobody fails back",
    file: "dataCenterActs",
    passage: "        return isReady && ",
    instead: "        return !isReady && ",
    finds: "nothing that people are told to do needs what is down",
  },
  {
    title: "nobody ships logs anew",
    file: "dataCenterActs",
    passage: "&& (!isShipped(state) || state.gap)",
    instead: "&& false",
    finds: "there is a way back from every state in which something is left",
  },
  {
    title: "a lost machine keeps its copies",
    file: "breakdowns",
    passage: 'next = withCopies(next, { [place]: copyOf("none") });',
    instead: "next = { ...next };",
    finds:
      "what is lost with its disks holds nothing any more, and backups that were not copied are missing in the chain",
  },
  {
    title: "a lost share leaves no gap",
    file: "breakdowns",
    passage: "&& next.copied > 1) next = withGap(next);",
    instead: "&& next.copied > 1) next = { ...next };",
    finds:
      "what is lost with its disks holds nothing any more, and backups that were not copied are missing in the chain",
  },
  {
    title: "a lost secondary leaves a gap behind",
    file: "breakdowns",
    passage: "next = { ...next, gap: false, copied: 2,",
    instead: "next = { ...next, copied: 2,",
    failures: 2,
    finds: "what restores shipped logs has no gap that nobody knows of",
    only: /^(foreign-backup|lost:B-SQL)/,
  },
  {
    title: "a mirror is made anew without the share",
    file: "sessionActs",
    passage: " || !reachesShare(subject, state, side)",
    instead: "",
    finds: "nothing that people are told to do needs what is down",
  },
  {
    title: "a session is broken that has a quorum",
    file: "sessionActs",
    passage: " || isOnline(subject, state, place)) return undefined;",
    instead: ") return undefined;",
    finds: "no act takes a mirror away that is in step, but a move to the other data center",
  },
  {
    title: "a full log is never freed",
    file: "logActs",
    passage: "full: false, backedUp: 1 }",
    instead: "backedUp: 1 }",
    finds: "there is a way back from every state in which something is left",
  },
  {
    title: "a suspended session is never resumed",
    file: "sessionActs",
    passage: "          ? { ...state, suspended: false }",
    instead: "          ? undefined",
    finds: "it happens that somebody does this: resume-mirroring",
  },
  {
    title: "an old copy is used while a newer one is left",
    file: "machineActs",
    passage: "          if (!isLast || !isBest",
    instead: "          if (!isBest",
    finds: "at most one instance serves a database for writing",
  },
];

describe("the statements about the model", () => {
  it.each(faults)("notice it when $title", ({ failures = 1, only, finds, ...fault }) => {
    const { proof, model, state, explore } = modelWith(fault);
    const [database] = site.databases;
    if (database === undefined) throw new Error("a lab without a database");
    const subject = state.subjectOf(site, database);
    const whole = model.modelOf(subject);
    const moves = whole.moves.filter(
      ({ kind, id }) => kind !== "failure" || only === undefined || only.test(id),
    );
    const some = { ...whole, moves };
    const broken = proof.brokenBy(subject, some, explore.explore(some, failures));
    expect(broken.map(({ statement }) => statement)).toContain(finds);
  });
});
