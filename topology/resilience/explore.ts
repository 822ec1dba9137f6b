/*
 * Every state that can be reached, breadth first. It knows nothing of databases: a model is where it starts, what can happen in a state, and
 * when two states are the same.
 */

/** `failure` something breaks; `itself` something goes on without anybody; `act` somebody does something. */
export type MoveKind = "failure" | "itself" | "act";

export interface Move<S> {
  /** Unique in a model. */
  readonly id: string;
  readonly title: string;
  readonly kind: MoveKind;
  /** The state after it; nothing where it is not possible. */
  readonly from: (state: S) => S | undefined;
}

export interface Model<S, M extends Move<S> = Move<S>> {
  readonly start: S;
  readonly moves: readonly M[];
  readonly keyOf: (state: S) => string;
}

export interface Exploration<S, M> {
  readonly states: readonly S[];
  /** The state from which each was first reached; its own number for the first one. */
  readonly parents: readonly number[];
  /** The move by which each was first reached. */
  readonly moves: readonly (M | undefined)[];
  /** With how few failures each can be reached. */
  readonly failures: readonly number[];
  /** States that each can become without a failure, other than itself. */
  readonly next: readonly Int32Array[];
}

/**
 * All states that a model reaches with so many failures, and any number of other moves before, between and after them. Those with fewer
 * failures come first, and each is reached by the fewest moves from there.
 */
export function explore<S, M extends Move<S>>(
  { start, moves, keyOf }: Model<S, M>,
  most: number,
): Exploration<S, M> {
  const seen = new Map([[keyOf(start), 0]]);
  const found = {
    states: [start],
    parents: [0],
    moves: [undefined] as (M | undefined)[],
    failures: [0],
    next: [] as Int32Array[],
  };
  const calm = moves.filter(({ kind }) => kind !== "failure");
  const bad = moves.filter(({ kind }) => kind === "failure");
  const visit = (state: S, parent: number, move: M, failures: number): number => {
    const key = keyOf(state);
    const known = seen.get(key);
    if (known !== undefined) return known;
    const index = found.states.length;
    seen.set(key, index);
    found.states.push(state);
    found.parents.push(parent);
    found.moves.push(move);
    found.failures.push(failures);
    return index;
  };
  let first = 0;
  for (let failures = 0; failures <= most; failures++) {
    const layer = first;
    for (; first < found.states.length; first++) {
      const next = new Set<number>();
      for (const move of calm) {
        const state = move.from(found.states[first] as S);
        if (state !== undefined) next.add(visit(state, first, move, failures));
      }
      next.delete(first);
      found.next.push(Int32Array.from(next));
    }
    if (failures === most) break;
    for (let index = layer; index < first; index++)
      for (const move of bad) {
        const state = move.from(found.states[index] as S);
        if (state !== undefined) visit(state, index, move, failures + 1);
      }
  }
  return found;
}

/** The moves that lead to a state, first to last. */
export function pathTo<S, M>({ parents, moves }: Exploration<S, M>, index: number): readonly M[] {
  const path: M[] = [];
  for (let at = index; at !== (parents[at] as number); at = parents[at] as number) path.push(moves[at] as M);
  return path.reverse();
}

/** For every state, whether one of the wanted ones can be reached from it without a failure. */
export function canReach<S, M>(
  { states, next }: Exploration<S, M>,
  isWanted: (state: S) => boolean,
): readonly boolean[] {
  const before: number[][] = states.map(() => []);
  for (const [index, ahead] of next.entries()) for (const other of ahead) before[other]?.push(index);
  const reached = states.map(isWanted);
  const queue = [...reached.keys()].filter((index) => reached[index]);
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const index of before[at] ?? [])
      if (!reached[index]) {
        reached[index] = true;
        queue.push(index);
      }
  return reached;
}
