import type { Plan } from "../model";
import type { Act } from "../resilience/act";
import { actsOf } from "../resilience/acts";
import type { Failing } from "../resilience/failing";
import { modelOf } from "../resilience/model";
import { siteOfPlan } from "../resilience/ofPlan";
import { after } from "../resilience/outcome";
import { principalOf, servedAt } from "../resilience/reactions";
import {
  isUp,
  keyOf,
  partnerOf,
  resting,
  restingIn,
  type State,
  type Subject,
  sideOf,
  subjectOf,
} from "../resilience/state";
import { askRoles, askShipping, checksBefore } from "./checks";
import { commandsOf } from "./databaseCommands";
import { type Command, type LabNames, namesOf, numbered } from "./labNames";
import { type Procedure, type Replay, replay } from "./procedure";
import { proceduresOf } from "./procedures";
import type { Runbook, Step } from "./runbook";
import { deployed, emptied, pointed, recorded } from "./serviceCommands";
import { serviceRunbooksOf } from "./serviceRunbooks";

/* Runbooks of a plan: derived when they are asked for, and never part of it. */

/** Procedures that are begun by plan, and not because something broke. */
const byPlan = ["fail-over-to-mirror", "planned-move"];

/** One database of a plan, with all that its runbooks need. */
interface Desk {
  readonly lab: LabNames;
  readonly subject: Subject;
  readonly acts: readonly Act[];
  readonly moves: ReturnType<typeof modelOf>["moves"];
  readonly procedures: readonly Procedure[];
  /** Whether it is the one with the rooms, which the pool follows. */
  readonly hasRooms: boolean;
}

function desksOf(plan: Plan): readonly Desk[] {
  const site = siteOfPlan(plan);
  return plan.databaseSets.flatMap((set, index) => {
    const database = site.databases.find(({ name }) => name === set.database);
    if (database === undefined) return [];
    const subject = subjectOf(site, database);
    return [
      {
        lab: namesOf(plan, set),
        subject,
        acts: actsOf(subject),
        moves: modelOf(subject).moves,
        procedures: proceduresOf(subject),
        hasRooms: index === 0,
      },
    ];
  });
}

/** The commands of what was done, acts by their names and waits as a question. */
function stepsOf({ lab, subject }: Desk, { done }: Replay): readonly Step[] {
  const counts = new Map<string, number>();
  return done.flatMap(({ act, before }) => {
    const name = act?.name ?? "wait";
    const commands =
      act === undefined ? waitFor(lab, subject, before) : commandsOf(lab, subject, act, before);
    const from = (counts.get(name) ?? 0) + 1;
    counts.set(name, from + commands.length - 1);
    return numbered(name, commands, from);
  });
}

/** Waits until a mirror has caught up, where there is one. */
function waitFor(lab: LabNames, subject: Subject, state: State): readonly Command[] {
  const place = principalOf(state);
  if (place === undefined || state.copies[partnerOf(place)].kind !== "mirror") return [];
  return [askRoles(lab, subject.hosts[place] ?? "", "mirroring_state_desc is SYNCHRONIZED", 15)];
}

/** What Skype for Business and the plan are told before and after, where the database with the rooms moves. */
function serviceOf(
  { lab, hasRooms }: Desk,
  procedure: string,
): {
  readonly before: readonly Command[];
  readonly beforeDeploying?: readonly Command[];
  readonly after: readonly Command[];
} {
  if (!hasRooms) return { before: [], after: [] };
  switch (procedure) {
    case "loss-of-primary-data-center":
      return {
        before: [],
        after: [...pointed(lab, "secondary", true), recorded(lab, "secondary"), deployed()],
      };
    case "planned-move":
      return {
        before: emptied(lab, "primary"),
        after: [...pointed(lab, "secondary", false), recorded(lab, "secondary"), deployed()],
      };
    case "fail-back":
      return {
        before: emptied(lab, "secondary"),
        // What ships logs again waits as long as the plan has the service elsewhere.
        beforeDeploying: [recorded(lab, "primary")],
        after: pointed(lab, "primary", true),
      };
    default:
      return { before: [], after: [] };
  }
}

/** Steps with others before the first of them that deploys. */
function withBefore(steps: readonly Step[], others: readonly Step[]): readonly Step[] {
  const found = steps.findIndex(({ command }) => command.startsWith("pulumi up"));
  const at = found < 0 ? steps.length : found;
  return [...steps.slice(0, at), ...others, ...steps.slice(at)];
}

/** A procedure from a state in which it applies, as a runbook; nothing where it leads nowhere. */
function runbookFrom(
  desk: Desk,
  procedure: Procedure,
  state: State,
): { readonly runbook: Runbook; readonly state: State } | undefined {
  const { lab, subject, acts, hasRooms } = desk;
  const done = replay(subject, procedure, state, acts);
  if ("stuckAt" in done) return undefined;
  const losses = done.done.map(({ act, before }) => act?.loses?.(before) ?? 0);
  const lost = Math.max(0, ...losses);
  const service = serviceOf(desk, procedure.name);
  const place = servedAt(subject, done.state);
  const host = place === undefined ? undefined : subject.hosts[place];
  const isShipping = place !== undefined && sideOf(place) === "primary";
  const runbook: Runbook = {
    name: `${procedure.name}${hasRooms ? "" : `-${lab.database}`}`,
    title: procedure.title,
    database: lab.database,
    when: procedure.when,
    loses: lost === 3 ? null : lost * subject.database.intervalMinutes,
    decides: done.done.some(({ act }) => act?.loses !== undefined),
    minutes: done.done.reduce((sum, { act }) => sum + (act?.minutes ?? 0), 0),
    before: numbered(
      "before",
      checksBefore(lab, subject, (machine) => isUp(subject, state, machine)),
    ),
    acts: [
      ...numbered("service-before", service.before),
      ...withBefore(stepsOf(desk, done), numbered("service-recorded", service.beforeDeploying ?? [])),
      ...numbered("service-after", service.after),
    ],
    after: numbered("after", [
      ...(host === undefined ? [] : [askRoles(lab, host, "state_desc is ONLINE")]),
      ...(isShipping ? [askShipping(lab)] : []),
    ]),
  };
  return { runbook, state: done.state };
}

/** The state that a procedure's trigger leads to, from a lab served as it was planned; nothing where it lacks what that needs. */
function triggered({ subject, moves }: Desk, { trigger }: Procedure): State | undefined {
  return trigger.reduce<State | undefined>(
    (state, id) => state && moves.find((move) => move.id === id)?.from(state),
    restingIn(subject, "primary"),
  );
}

/** Every runbook of a plan, each as it is when what it is for has just happened to a lab at rest, served from its primary data center. */
export function runbooksOf(plan: Plan): readonly Runbook[] {
  const ofDatabases = desksOf(plan).flatMap((desk) =>
    desk.procedures.flatMap((procedure) => {
      const state = triggered(desk, procedure);
      if (state === undefined || !procedure.applies(state)) return [];
      const found = runbookFrom(desk, procedure, state);
      return found === undefined ? [] : [found.runbook];
    }),
  );
  return [...ofDatabases, ...serviceRunbooksOf(plan)];
}

/** What is to be done about a database after something was lost. */
export interface Now {
  readonly database: string;
  /** Runbooks in order; the last one ends at rest, or with what can be had. */
  readonly runbooks: readonly Runbook[];
  /** Whether the lab is as it was after them, or back. */
  readonly isHome: boolean;
  /** Whether the database is served after them. */
  readonly isServed: boolean;
}

/** What now, after these were lost: the runbooks that apply, one after the other. */
export function whatNow(plan: Plan, lost: readonly Failing[]): readonly Now[] {
  return desksOf(plan).map((desk) => {
    const { subject, procedures } = desk;
    // Where the secondary data center serves, being back is as good as being as it was.
    const rests = [keyOf(resting(subject)), keyOf(restingIn(subject, "primary"))];
    const runbooks: Runbook[] = [];
    const seen = new Set<string>();
    let state = lost.reduce((next, one) => after(subject, next, one), resting(subject));
    while (!seen.has(keyOf(state)) && !rests.includes(keyOf(state))) {
      seen.add(keyOf(state));
      const now = state;
      const next = procedures
        .filter(
          (one) => !byPlan.includes(one.name) && !one.name.startsWith("witness-stays") && one.applies(now),
        )
        .flatMap((one) => runbookFrom(desk, one, now) ?? [])
        .find((found) => !seen.has(keyOf(found.state)));
      if (next === undefined) break;
      runbooks.push(next.runbook);
      state = next.state;
    }
    return {
      database: desk.lab.database,
      runbooks,
      isHome: rests.includes(keyOf(state)),
      isServed: servedAt(subject, state) !== undefined,
    };
  });
}
