import type { Act } from "./act";
import { actsOf } from "./acts";
import { type Failing, nameOf } from "./failing";
import { afterAll, isGone, type Outcome, outcomeFrom } from "./outcome";
import { type Service, type Situation, serviceOf } from "./service";
import type { Site } from "./site";
import { type Behind, keyOf, resting, type State, type Subject, subjectOf } from "./state";

/* How failures end for all that a site has. */

/** A site, and what is looked up for each question. */
export interface Asked {
  readonly site: Site;
  readonly subjects: readonly AskedSubject[];
}

/** A site, and what is looked up for each question. */
export interface AskedSubject {
  readonly subject: Subject;
  readonly acts: readonly Act[];
  readonly rest: State;
  /** What was asked already: most things that fail are nothing to a database. */
  readonly known: Map<string, Outcome>;
}

export function askedOf(site: Site): Asked {
  const subjects = site.databases.map((database) => {
    const subject = subjectOf(site, database);
    return { subject, acts: actsOf(subject), rest: resting(subject), known: new Map() };
  });
  return { site, subjects };
}

/** How failures end: for each database, for the service, and for chat as a whole. */
export interface Ending {
  readonly databases: readonly { readonly subject: Subject; readonly outcome: Outcome }[];
  /** That of the database with the rooms. */
  readonly rooms: Outcome;
  readonly situation: Situation;
  readonly service: Service;
  readonly chat: "goes on" | "by hand" | "lost";
  /** Minutes of acknowledged messages that are lost at most; nothing where all of them are. */
  readonly lossMinutes: number | null;
}

/** The machines that go with a failure. */
function downWith({ machines }: Site, failing: Failing): readonly string[] {
  if (failing.kind === "machine") return [failing.name];
  if (failing.kind === "zone") return failing.machines;
  if (failing.kind !== "data center") return [];
  return Object.keys(machines).filter((name) => machines[name] === failing.side);
}

/** How failures at once end. */
export function endingOf({ site, subjects }: Asked, failing: readonly Failing[]): Ending {
  const down = new Set(failing.flatMap((one) => downWith(site, one)));
  const isDown = (machine: string) => down.has(machine);
  const databases = subjects.map((asked) => ({ subject: asked.subject, outcome: worst(asked, failing) }));
  const rooms = databases[0]?.outcome as Outcome;
  const situation: Situation = {
    isUp: (machine) => !isDown(machine),
    hasFiles: ({ id }) => !failing.some((one) => one.kind === "share" && one.id === id),
    isLinked: !failing.some(({ kind }) => kind === "link"),
    side: rooms.side,
  };
  const service = serviceOf(site, situation);
  const chat = chatOf(rooms, service);
  const interval = site.databases[0]?.intervalMinutes ?? 0;
  const lossMinutes = chat === "lost" ? (isGone(rooms.state) ? null : 0) : minutesOf(rooms.lost, interval);
  return { databases, rooms, situation, service, chat, lossMinutes };
}

/** How bad an end is for chat, for comparisons with others. */
export const severity = ({ chat, lossMinutes }: Pick<Ending, "chat" | "lossMinutes">): number =>
  ({ "goes on": 0, "by hand": 1, lost: 2 })[chat] * 1e6 + (lossMinutes === null ? 1e5 : lossMinutes);

/** Whether a failure is anything to a database. */
function concerns({ indexOf, site }: Subject, failing: Failing): boolean {
  if (failing.kind === "machine") return indexOf.has(failing.name);
  if (failing.kind === "zone") return failing.machines.some((name) => indexOf.has(name));
  return failing.kind !== "share" || failing.id === site.backupShare?.id;
}

/** Failures at once have an order all the same; the worse one counts. */
function worst({ subject, acts, rest, known }: AskedSubject, failing: readonly Failing[]): Outcome {
  const concerned = failing.filter((one) => concerns(subject, one));
  const key = concerned.map(nameOf).join("+");
  const before = known.get(key);
  if (before !== undefined) return before;
  const badness = ({ served, lost }: Outcome) =>
    ({ "by itself": 0, "by hand": 1, no: 2 })[served] * 10 + lost;
  const [state, reversed] = [concerned, concerned.toReversed()].map((all) =>
    afterAll(subject, rest, all),
  ) as [State, State];
  const one = outcomeFrom(subject, state, acts, rest);
  const other = keyOf(state) === keyOf(reversed) ? one : outcomeFrom(subject, reversed, acts, rest);
  const found = badness(other) > badness(one) ? other : one;
  known.set(key, found);
  return found;
}

/** Intervals of log shipping in minutes; nothing where nobody counts them. */
export const minutesOf = (lost: Behind, interval: number): number | null =>
  lost === 3 ? null : lost * interval;

function chatOf(chat: Outcome, service: Service): Ending["chat"] {
  if (chat.served === "no" || service.reached === "no") return "lost";
  return chat.served === "by hand" || service.reached === "by hand" ? "by hand" : "goes on";
}
