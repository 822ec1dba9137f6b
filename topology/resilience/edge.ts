import type { Act } from "./act";
import type { Happening } from "./happening";
import { principalOf } from "./reactions";
import type { Side } from "./site";
import type { Place, State } from "./state";

/** A transition of an exploration. */
export interface Edge {
  readonly before: State;
  readonly after: State;
  readonly move: Act | Happening;
  /** With how few failures the state before is reached. */
  readonly failures: number;
  /** The failure that came first on the way there, and the data center whose session was synchronised just before it. */
  readonly first: FirstFailure | undefined;
}

export interface FirstFailure {
  readonly id: string;
  readonly synchronised: Side | undefined;
}

/** Whether people do it. */
export const isAct = (move: Act | Happening): move is Act => move.kind === "act";

/** Hosts on which an act makes a copy the one that everything goes on from. */
export function newPrincipal({ before, after }: Edge): Place | undefined {
  const now = principalOf(after);
  return now === principalOf(before) ? undefined : now;
}
