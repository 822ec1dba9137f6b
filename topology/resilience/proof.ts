import type { Act } from "./act";
import { always } from "./always";
import type { Edge, FirstFailure } from "./edge";
import { type Exploration, explore, canReach as leadsTo, type Model, pathTo } from "./explore";
import type { Happening } from "./happening";
import { modelOf } from "./model";
import { isGone } from "./outcome";
import { isOnline, principalOf } from "./reactions";
import type { Side, Site } from "./site";
import { sometimes } from "./sometimes";
import { partnerOf, restingIn, type State, type Subject, sideOf, subjectOf } from "./state";

/* Asks the statements of every state that a model reaches. */

export type DatabaseModel = Model<State, Act | Happening>;
export type DatabaseExploration = Exploration<State, Act | Happening>;

export interface Broken {
  readonly statement: string;
  /** What happens and is done until it is broken, as sentences. */
  readonly path: readonly string[];
}

/** Every transition of an exploration; the failures after which it looked no further lead out of it. */
function* edgesOf(
  { moves }: DatabaseModel,
  found: DatabaseExploration,
  first: readonly (FirstFailure | undefined)[],
): Generator<Edge & { readonly index: number }> {
  const most = found.failures.at(-1);
  const calm = moves.filter(({ kind }) => kind !== "failure");
  for (const [index, before] of found.states.entries()) {
    const failures = found.failures[index] as number;
    for (const move of failures === most ? calm : moves) {
      const after = move.from(before);
      if (after !== undefined) yield { before, after, move, failures, first: first[index], index };
    }
  }
}

/** The failure that came first on the way to each state. */
function firstFailures(subject: Subject, found: DatabaseExploration): readonly (FirstFailure | undefined)[] {
  const first: (FirstFailure | undefined)[] = [];
  for (const [index, move] of found.moves.entries()) {
    const parent = found.parents[index] as number;
    const before = first[parent];
    first.push(
      before !== undefined || move?.kind !== "failure"
        ? before
        : { id: move.id, synchronised: synchronisedIn(subject, found.states[parent] as State) },
    );
  }
  return first;
}

/** The data center with a principal and a mirror that has all of it. */
function synchronisedIn(subject: Subject, state: State): Side | undefined {
  const place = principalOf(state);
  if (place === undefined || !isOnline(subject, state, place)) return undefined;
  const { kind, behind } = state.copies[partnerOf(place)];
  return kind === "mirror" && behind === 0 ? sideOf(place) : undefined;
}

/** The statements that a model breaks, each with the shortest way there; none for one that is right. */
export function brokenBy(
  subject: Subject,
  model: DatabaseModel,
  found: DatabaseExploration,
): readonly Broken[] {
  const broken = new Map<string, readonly string[]>();
  const hasWitness = subject.database.sessions.primary.witness !== undefined;
  const most = found.failures.at(-1) ?? 0;
  const missing = new Set(
    sometimes
      .filter(({ failures, witness }) => failures <= most && (witness === undefined || hasWitness))
      .map(({ id }) => id),
  );
  const tell = (statement: string, index: number, ...then: readonly string[]) => {
    if (!broken.has(statement))
      broken.set(statement, [...pathTo(found, index).map(({ title }) => title), ...then]);
  };
  const ofStates = always.filter((one) => "state" in one);
  const ofEdges = always.filter((one) => "edge" in one);
  for (const [index, state] of found.states.entries())
    for (const { id, state: holds } of ofStates) if (!holds(subject, state)) tell(id, index);
  for (const edge of edgesOf(model, found, firstFailures(subject, found))) {
    for (const { id, edge: holds } of ofEdges)
      if (!broken.has(id) && !holds(subject, edge)) tell(id, edge.index, edge.move.title);
    for (const { id, edge: happens } of sometimes)
      if (missing.has(id) && happens(subject, edge)) missing.delete(id);
  }
  const home = model.keyOf(restingIn(subject, "primary"));
  const leadsHome = leadsTo(found, (state) => model.keyOf(state) === home);
  const stuck = leadsHome.findIndex((leads, index) => !leads && !isGone(found.states[index] as State));
  if (stuck >= 0) tell("there is a way back from every state in which something is left", stuck);
  for (const id of missing) broken.set(`it happens that ${id}`, []);
  return [...broken].map(([statement, path]) => ({ statement, path }));
}

/** Every statement by name, for whoever lists them. */
export const statements: readonly string[] = [
  ...always.map(({ id }) => id),
  "there is a way back from every state in which something is left",
  ...sometimes.map(({ id }) => `it happens that ${id}`),
];

/** Asks every statement of every database of a site, after so many failures. */
export function prove(
  site: Site,
  failures: number,
): { readonly states: number; readonly broken: readonly Broken[] } {
  const asked = site.databases.map((database) => {
    const subject = subjectOf(site, database);
    const model = modelOf(subject);
    const found = explore(model, failures);
    return { states: found.states.length, broken: brokenBy(subject, model, found) };
  });
  return {
    states: asked.reduce((sum, { states }) => sum + states, 0),
    broken: asked.flatMap(({ broken }) => broken),
  };
}
