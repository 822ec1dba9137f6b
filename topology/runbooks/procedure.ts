import type { Act } from "../resilience/act";
import { actsOf } from "../resilience/acts";
import { afterAnInterval, exposed } from "../resilience/reactions";
import type { State, Subject } from "../resilience/state";

/*
 * What to do, as far as the model knows it: acts in order, where they apply and what they lead to. Runbooks are these with this lab's
 * commands; that they are right is proved by replaying them from every state in which they apply.
 */

/** An act of a procedure, or the wait until a mirror has caught up. */
export type Instruction =
  | { readonly act: string; readonly only: "where it is needed" | "always" }
  | { readonly wait: "until the mirror has caught up" };

export interface Procedure {
  /** Unique for a database. */
  readonly name: string;
  readonly title: string;
  /** When it applies, in words. */
  readonly when: string;
  readonly applies: (state: State) => boolean;
  readonly instructions: readonly Instruction[];
  /** What holds afterwards. */
  readonly done: (state: State) => boolean;
  /** What happens to a lab at rest so that it applies: for whoever reads it before anything happened. */
  readonly trigger: readonly string[];
}

export const needed = (...acts: readonly string[]): readonly Instruction[] =>
  acts.map((act) => ({ act, only: "where it is needed" }));
export const always = (act: string): Instruction => ({ act, only: "always" });
export const wait: Instruction = { wait: "until the mirror has caught up" };

export const names = (...all: readonly (string | undefined)[]): readonly string[] =>
  all.filter((name) => name !== undefined);

/** A machine comes back: as it was, empty, or with an old database that must not serve. */
export const back = (machines: readonly string[], asides: readonly string[] = []): readonly Instruction[] =>
  needed(
    ...asides.map((machine) => `set-aside:${machine}`),
    ...machines.map((machine) => `bring-back:${machine}`),
  );

/** What was done, and the state before each act; nothing where an act that is always needed was not possible. */
export interface Replay {
  readonly state: State;
  /** Acts and waits; a wait is none of an act. */
  readonly done: readonly { readonly act: Act | undefined; readonly before: State }[];
}

/** Does a procedure in the model. */
export function replay(
  subject: Subject,
  { instructions }: Pick<Procedure, "instructions">,
  start: State,
  acts: readonly Act[] = actsOf(subject),
): Replay | { readonly stuckAt: string; readonly state: State } {
  let state = start;
  const done: { act: Act | undefined; before: State }[] = [];
  for (const instruction of instructions) {
    if ("wait" in instruction) {
      done.push({ act: undefined, before: state });
      state = exposed(subject, afterAnInterval(subject, state));
      continue;
    }
    const act = acts.find(({ id }) => id === instruction.act);
    const next = act?.from(state);
    if (act !== undefined && next !== undefined) {
      done.push({ act, before: state });
      state = next;
    } else if (instruction.only === "always") return { stuckAt: instruction.act, state };
  }
  return { state, done };
}
