import type { Act } from "./act";
import { actsOf } from "./acts";
import { type Failing, isGone, missing, type Outcome, outcomeOf } from "./outcome";
import { type Service, serviceOf } from "./service";
import { bothSides, type Side, type Site } from "./site";
import { type Behind, type Subject, subjectOf } from "./state";

/* One thing that fails, or several at once, and what that means for chat. */

export interface SurvivalRow {
  /** What fails: names of machines, `primary/zone 1` and so on, `primary`, `secondary`, `link`, or the id of a share. */
  readonly what: readonly string[];
  readonly chat: "goes on" | "by hand" | "lost";
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

export const nameOf = (failing: Failing): string => {
  switch (failing.kind) {
    case "machine":
      return failing.name;
    case "zone":
      return `${failing.side}/zone ${failing.zone}`;
    case "data center":
      return failing.side;
    case "link":
      return "link";
    case "share":
      return failing.id;
  }
};

function sentenceOf(failing: Failing): string {
  switch (failing.kind) {
    case "machine":
      return `${failing.name} is lost with its disks`;
    case "zone":
      return `zone ${failing.zone} of the ${failing.side} data center is lost with all disks`;
    case "data center":
      return `the ${failing.side} data center is lost with all disks`;
    case "link":
      return "the link between the data centers is cut";
    case "share":
      return `the files of ${failing.id} are lost`;
  }
}

/** Everything of a site that can fail, each alone. */
export function failingsOf(site: Site): readonly Failing[] {
  const shares = [site.backupShare, site.fileStore].filter((share) => share !== undefined);
  return [
    ...Object.keys(site.machines).map((name): Failing => ({ kind: "machine", name })),
    ...bothSides.flatMap((side) => zonesOf(site, side)),
    ...bothSides.map((side): Failing => ({ kind: "data center", side })),
    { kind: "link" },
    ...shares.map(({ id, host }): Failing => ({ kind: "share", id, host })),
  ];
}

/** The zones of a data center, each with its machines. */
function zonesOf(site: Site, side: Side): readonly Failing[] {
  const here = Object.entries(site.zones).filter(([name]) => site.machines[name] === side);
  return [...new Set(here.map(([, zone]) => zone))].sort().map((zone) => ({
    kind: "zone",
    side,
    zone,
    machines: here.flatMap(([name, other]) => (other === zone ? [name] : [])),
  }));
}

/** What a site needs for its rows, made once. */
interface Asked {
  readonly site: Site;
  readonly subjects: readonly AskedSubject[];
}

interface AskedSubject {
  readonly subject: Subject;
  readonly acts: readonly Act[];
  /** What was asked already: most things that fail are nothing to a database. */
  readonly known: Map<string, Outcome>;
}

export function askedOf(site: Site): Asked {
  const subjects = site.databases.map((database) => {
    const subject = subjectOf(site, database);
    return { subject, acts: actsOf(subject), known: new Map() };
  });
  return { site, subjects };
}

/** How failures end for the service and for each database. */
function endOf({ site, subjects }: Asked, failing: readonly Failing[]) {
  const isDown = (machine: string) =>
    failing.some(
      (one) =>
        (one.kind === "machine" && one.name === machine) ||
        (one.kind === "zone" && one.machines.includes(machine)) ||
        (one.kind === "data center" && one.side === site.machines[machine]),
    );
  const ends = subjects.map((asked) => ({ subject: asked.subject, outcome: worst(asked, failing) }));
  const chat = ends[0]?.outcome as Outcome;
  const service = serviceOf(site, {
    isUp: (machine) => !isDown(machine),
    hasFiles: ({ id }) => !failing.some((one) => one.kind === "share" && one.id === id),
    isLinked: !failing.some(({ kind }) => kind === "link"),
    side: chat.side,
  });
  return { ends, chat, service };
}

/** Whether a failure is anything to a database. */
function concerns({ indexOf, site }: Subject, failing: Failing): boolean {
  if (failing.kind === "machine") return indexOf.has(failing.name);
  if (failing.kind === "zone") return failing.machines.some((name) => indexOf.has(name));
  return failing.kind !== "share" || failing.id === site.backupShare?.id;
}

/** Failures at once have an order all the same; the worse one counts. */
function worst({ subject, acts, known }: AskedSubject, failing: readonly Failing[]): Outcome {
  const concerned = failing.filter((one) => concerns(subject, one));
  const key = concerned.map(nameOf).join("+");
  const before = known.get(key);
  if (before !== undefined) return before;
  const badness = ({ served, lost }: Outcome) =>
    ({ "by itself": 0, "by hand": 1, no: 2 })[served] * 10 + lost;
  const one = outcomeOf(subject, concerned, acts);
  const other = concerned.length < 2 ? one : outcomeOf(subject, concerned.toReversed(), acts);
  const found = badness(other) > badness(one) ? other : one;
  known.set(key, found);
  return found;
}

export const minutesOf = (lost: Behind, interval: number): number | null =>
  lost === 3 ? null : lost * interval;

function chatOf(chat: Outcome, service: Service): SurvivalRow["chat"] {
  if (chat.served === "no" || service.reached === "no") return "lost";
  return chat.served === "by hand" || service.reached === "by hand" ? "by hand" : "goes on";
}

export function rowOf(asked: Asked, failing: readonly Failing[]): SurvivalRow {
  const { ends, chat, service } = endOf(asked, failing);
  const interval = asked.site.databases[0]?.intervalMinutes ?? 0;
  const how = chatOf(chat, service);
  const acts = how === "by hand" ? [...chat.acts, ...service.acts] : [];
  const others = ends.slice(1).flatMap(({ subject, outcome }) => {
    const { name } = subject.database;
    if (outcome.served === "by itself") return [];
    return [
      outcome.served === "no"
        ? isGone(outcome.state)
          ? `${name} is lost: what compliance recorded is gone`
          : "compliance is not written"
        : `compliance is not written until people recover ${name} (${outcome.acts.map(({ title }) => title).join("; ")})`,
    ];
  });
  const by =
    how === "goes on"
      ? chat.failedOver
        ? "SQL Server"
        : service.activeUp < service.active
          ? "the pool"
          : "nobody"
      : how === "by hand"
        ? "people"
        : "nobody";
  return {
    what: failing.map(nameOf),
    chat: how,
    by,
    dataCenter: chat.side ?? "nowhere",
    outageMinutes:
      how === "goes on"
        ? chat.failedOver
          ? automaticFailoverMinutes
          : 0
        : [...chat.acts, ...service.needed].reduce((sum, { minutes }) => sum + minutes, 0),
    lossMinutes: how === "lost" ? (isGone(chat.state) ? null : 0) : minutesOf(chat.lost, interval),
    files: service.sendsFiles,
    compliance: complianceOf(ends),
    unprotected: [
      ...ends.flatMap(({ subject, outcome }) => missing(subject, outcome.state)),
      ...others,
      ...service.missing,
    ],
    runbook: how === "by hand" ? runbookOf(chat, service) : "",
    path: [
      ...failing.map(sentenceOf),
      ...(chat.failedOver ? [`${chat.host} takes over ${ends[0]?.subject.database.name} by itself`] : []),
      ...acts.map(({ title }) => title),
    ],
    inferred: [
      ...chat.acts.flatMap(({ inferred }) => (inferred === undefined ? [] : [inferred])),
      ...service.inferred,
    ],
  };
}

function complianceOf(ends: ReturnType<typeof endOf>["ends"]): SurvivalRow["compliance"] {
  const found = ends.find(({ subject }) => subject.database.name === "mgccomp");
  if (found === undefined) return null;
  return ({ "by itself": "goes on", "by hand": "by hand", no: "lost" } as const)[found.outcome.served];
}

/** Named after what decides it: the act that gives something up, or the first one. */
function runbookOf({ acts }: Outcome, service: Service): string {
  const decisive = acts.find(({ loses }) => loses !== undefined) ?? acts[0];
  return decisive?.name ?? service.needed[0]?.id ?? "";
}

/** The row about things that a deployment takes down and brings back by itself: people do what they can meanwhile, but for that. */
export function rowWhileDeploying(site: Site, failing: readonly Failing[]): SurvivalRow {
  const { subjects } = askedOf(site);
  const others = subjects.map(({ subject, acts }) => ({
    subject,
    acts: acts.filter(({ name }) => name !== "bring-back"),
    known: new Map(),
  }));
  return rowOf({ site, subjects: others }, failing);
}
