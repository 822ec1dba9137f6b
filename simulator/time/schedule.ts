/** Something that takes time, and what must be done before it. */
export interface Operation {
  readonly urn: string;
  readonly minutes: number;
  /** URNs; those that are no operations are ignored. */
  readonly after: readonly string[];
  /** What it runs inside, which is away for these minutes after it; the next operation inside begins its work when it is back. */
  readonly inside?: string;
  readonly restart?: number;
}

/** When an operation ran, in virtual minutes since the start. */
export interface Span {
  readonly urn: string;
  readonly start: number;
  readonly end: number;
  /** When what it ran inside is back, where it ends with a restart: later than its answer. */
  readonly back?: number;
}

export interface Timeline {
  readonly makespanMinutes: number;
  /** All operations one after another. */
  readonly sequentialMinutes: number;
  /** The chain that decided the makespan, first to last. */
  readonly criticalPath: readonly Span[];
  /** By start, then in the order given. */
  readonly timeline: readonly Span[];
}

interface Scheduled extends Span {
  /** The operation whose end allowed this one to start. */
  readonly waitedFor: string | undefined;
}

/**
 * Runs operations in virtual time, each as soon as what it needs is done and, where only so many run at once, a slot is free; among
 * those that wait, the first given is first. Operations must be given after those that they need.
 */
export function schedule(operations: readonly Operation[], parallel = Number.POSITIVE_INFINITY): Timeline {
  const done = parallel === Number.POSITIVE_INFINITY ? unlimited(operations) : limited(operations, parallel);
  const last = [...done.values()].reduce<Scheduled | undefined>(
    (latest, one) => (latest === undefined || one.end > latest.end ? one : latest),
    undefined,
  );
  const criticalPath: Span[] = [];
  for (
    let one = last;
    one !== undefined;
    one = one.waitedFor === undefined ? undefined : done.get(one.waitedFor)
  )
    criticalPath.unshift(rounded(one));
  return {
    makespanMinutes: round(last?.end ?? 0),
    sequentialMinutes: round(operations.reduce((sum, { minutes }) => sum + minutes, 0)),
    criticalPath,
    timeline: [...done.values()].sort((a, b) => a.start - b.start).map(rounded),
  };
}

/** An operation from its start to its end. `away` says until when machines restart. */
function run(
  { urn, minutes, inside = "", restart }: Operation,
  start: number,
  waitedFor: string | undefined,
  away: Map<string, number>,
): Scheduled {
  const end = Math.max(start, away.get(inside) ?? 0) + minutes;
  if (restart === undefined) return { urn, start, end, waitedFor };
  away.set(inside, end + restart);
  return { urn, start, end, back: end + restart, waitedFor };
}

function unlimited(operations: readonly Operation[]): ReadonlyMap<string, Scheduled> {
  const done = new Map<string, Scheduled>();
  const away = new Map<string, number>();
  for (const operation of operations) {
    const before = latest(operation.after, done);
    done.set(operation.urn, run(operation, before?.end ?? 0, before?.urn, away));
  }
  return done;
}

function limited(operations: readonly Operation[], parallel: number): ReadonlyMap<string, Scheduled> {
  const known = new Set(operations.map(({ urn }) => urn));
  const done = new Map<string, Scheduled>();
  const away = new Map<string, number>();
  const running: Scheduled[] = [];
  let waiting = [...operations];
  let now = 0;
  let freed: string | undefined;
  while (waiting.length > 0) {
    const finished = (urn: string) =>
      !known.has(urn) || (done.get(urn)?.end ?? Number.POSITIVE_INFINITY) <= now;
    const ready = waiting.filter(({ after }) => after.every(finished)).slice(0, parallel - running.length);
    for (const operation of ready) {
      const before = latest(operation.after, done);
      const started = run(operation, now, before?.end === now ? before.urn : freed, away);
      done.set(operation.urn, started);
      running.push(started);
    }
    waiting = waiting.filter((operation) => !ready.includes(operation));
    const next = running.reduce<Scheduled | undefined>(
      (first, one) => (first === undefined || one.end < first.end ? one : first),
      undefined,
    );
    if (next === undefined) throw new Error("Cannot schedule: the remaining operations wait for each other");
    now = next.end;
    freed = next.urn;
    running.splice(0, running.length, ...running.filter(({ end }) => end > now));
  }
  return done;
}

function latest(urns: readonly string[], done: ReadonlyMap<string, Scheduled>): Scheduled | undefined {
  return urns
    .map((urn) => done.get(urn))
    .reduce<Scheduled | undefined>(
      (last, one) => (one !== undefined && (last === undefined || one.end > last.end) ? one : last),
      undefined,
    );
}

const round = (minutes: number) => Math.round(minutes * 100) / 100;

function rounded({ urn, start, end, back }: Span): Span {
  const span = { urn, start: round(start), end: round(end) };
  return back === undefined ? span : { ...span, back: round(back) };
}
