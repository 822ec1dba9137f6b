import { type Asked, askedOf, type Ending, endingOf } from "./ending";
import { type Failing, nameOf, sentenceOf } from "./failing";
import { isGone, missing } from "./outcome";
import { shortcomingsOf } from "./service";
import type { Side, Site } from "./site";

/* One thing that fails, or several at once, and what that means for chat. */

export interface SurvivalRow {
  /** What fails: names of machines, `primary/zone 1` and so on, `primary`, `secondary`, `link`, or the id of a share. */
  readonly what: readonly string[];
  readonly chat: Ending["chat"];
  /** Who sees to it: nobody has to or can, SQL Server, the pool, or people. */
  readonly by: "nobody" | "SQL Server" | "the pool" | "people";
  /** Where `mgc` is served then; nowhere where it is lost. */
  readonly dataCenter: Side | "nowhere";
  /** Until rooms can be used again, by published or estimated times of the machines; people's own time comes on top. */
  readonly outageMinutes: number;
  /** Minutes of acknowledged messages that are lost at most; nothing where all of them are. */
  readonly lossMinutes: number | null;
  /** Whether files can be sent. */
  readonly files: boolean;
  /** Whether what is said is recorded; nothing where the lab has no compliance. */
  readonly compliance: "goes on" | "by hand" | "lost" | null;
  /** What is missing afterwards, until it is mended. */
  readonly unprotected: readonly string[];
  /** The runbook that begins with what people do first; empty where they need do nothing. */
  readonly runbook: string;
  /** What happens and what is done, in order. */
  readonly path: readonly string[];
  /** What of this no source states. */
  readonly inferred: readonly string[];
}

/** Microsoft's target for the failover to a mirror is 5 minutes (https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/high-availability-and-disaster-recovery/back-end-server). */
const automaticFailoverMinutes = 5;

/** Who sees to it that chat goes on. */
function byOf({ chat, rooms, service }: Ending): SurvivalRow["by"] {
  if (chat !== "goes on") return chat === "by hand" ? "people" : "nobody";
  if (rooms.failedOver) return "SQL Server";
  return service.activeUp < service.active ? "the pool" : "nobody";
}

function outageOf({ chat, rooms, service }: Ending): number {
  if (chat === "goes on") return rooms.failedOver ? automaticFailoverMinutes : 0;
  return [...rooms.acts, ...service.needed].reduce((sum, { minutes }) => sum + minutes, 0);
}

/** What compliance lacks, where its database is served by nobody. */
function withoutCompliance({ databases }: Ending): readonly string[] {
  return databases.slice(1).flatMap(({ subject, outcome }) => {
    const { name } = subject.database;
    if (outcome.served === "by itself") return [];
    if (outcome.served === "by hand")
      return [
        `compliance is not written until people recover ${name} (${outcome.acts.map(({ title }) => title).join("; ")})`,
      ];
    return [
      isGone(outcome.state)
        ? `${name} is lost: what compliance recorded is gone`
        : "compliance is not written",
    ];
  });
}

function complianceOf({ databases }: Ending): SurvivalRow["compliance"] {
  const found = databases.find(({ subject }) => subject.database.name === "mgccomp");
  if (found === undefined) return null;
  return ({ "by itself": "goes on", "by hand": "by hand", no: "lost" } as const)[found.outcome.served];
}

/** Acts on the session that serves, whose runbooks each data center has one of. */
const onSession: Readonly<Partial<Record<string, string>>> = {
  "bring-back": "start-session",
  "force-service": "force-service",
  "recover-mirror": "recover-mirror",
  "break-mirroring": "break-mirroring",
};

/** The runbook that another act belongs to. */
const runbooks: Readonly<Partial<Record<string, string>>> = {
  "fail-over-to-secondary": "loss-of-primary-data-center",
  "activate-servers": "active-server-lost",
  "rebuild-servers": "active-server-lost",
  "restore-directory": "directory-controller-lost",
};

/** The runbook of what decides a row: the act that gives something up, or the first one. */
function runbookOf({ servedFrom }: Site, { rooms, service }: Ending): string {
  const decisive = rooms.acts.find(({ loses }) => loses !== undefined) ?? rooms.acts[0];
  const first = service.needed[0];
  if (decisive !== undefined) {
    const session = onSession[decisive.name];
    return session === undefined ? (runbooks[decisive.name] ?? decisive.name) : `${session}-${servedFrom}`;
  }
  return first === undefined ? "" : (first.runbook ?? runbooks[first.id] ?? first.id);
}

/** The row about things that fail at once. */
export function rowOf(
  asked: Asked,
  failing: readonly Failing[],
  ending: Ending = endingOf(asked, failing),
): SurvivalRow {
  const { databases, rooms, service, chat, lossMinutes } = ending;
  const { missing: open, inferred } = shortcomingsOf(asked.site, ending.situation);
  const acts = chat === "by hand" ? [...rooms.acts, ...service.acts] : [];
  return {
    what: failing.map(nameOf),
    chat,
    by: byOf(ending),
    dataCenter: rooms.side ?? "nowhere",
    outageMinutes: outageOf(ending),
    lossMinutes,
    files: service.sendsFiles,
    compliance: complianceOf(ending),
    unprotected: [
      ...databases.flatMap(({ subject, outcome }) => missing(subject, outcome.state)),
      ...withoutCompliance(ending),
      ...open,
    ],
    runbook: chat === "by hand" ? runbookOf(asked.site, ending) : "",
    path: [
      ...failing.map(sentenceOf),
      ...(rooms.failedOver
        ? [`${rooms.host} takes over ${databases[0]?.subject.database.name} by itself`]
        : []),
      ...acts.map(({ title }) => title),
    ],
    inferred: [
      ...rooms.acts.flatMap((act) => (act.inferred === undefined ? [] : [act.inferred])),
      ...inferred,
    ],
  };
}

/** The row about things that a deployment takes down and brings back by itself: people do what they can meanwhile, but for that. */
export function rowWhileDeploying(site: Site, failing: readonly Failing[]): SurvivalRow {
  const { subjects } = askedOf(site);
  const others = subjects.map(({ acts, ...subject }) => ({
    ...subject,
    acts: acts.filter(({ name }) => name !== "bring-back"),
    known: new Map(),
  }));
  return rowOf({ site, subjects: others }, failing);
}
