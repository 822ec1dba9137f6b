import { actsOf } from "../../topology/resilience/acts";
import { explore, pathTo } from "../../topology/resilience/explore";
import { modelOf } from "../../topology/resilience/model";
import { isGone } from "../../topology/resilience/outcome";
import { keyOf, restingIn, type State, type Subject } from "../../topology/resilience/state";
import { type Procedure, replay } from "../../topology/runbooks/procedure";

/* Replays procedures from every state in which they apply, and asks whether together they lead home from everywhere. */

type Found = ReturnType<typeof explored>;
const known = new Map<string, Found>();

function explored(subject: Subject, failures: number) {
  const model = modelOf(subject);
  const found = explore(model, failures);
  return {
    model,
    acts: actsOf(subject),
    found,
    indexOf: new Map(found.states.map((state, index) => [keyOf(state), index])),
  };
}

/** The states of a database, found once. */
function statesOf(subject: Subject, failures: number): Found {
  const key = JSON.stringify([subject.site, subject.database.name, failures]);
  const before = known.get(key) ?? explored(subject, failures);
  known.set(key, before);
  return before;
}

export interface Proof {
  /** From how many states each was replayed. */
  readonly replayed: Readonly<Record<string, number>>;
  /** What is not so, each with one way there. */
  readonly broken: readonly string[];
}

export function proveProcedures(subject: Subject, procedures: readonly Procedure[], failures: number): Proof {
  const { model, acts, found, indexOf } = statesOf(subject, failures);
  const byItself = model.moves.filter(
    ({ kind, id }) => kind === "itself" && id !== "full" && id !== "retention",
  );
  const replayed: Record<string, number> = {};
  const broken = new Map<string, string>();
  const before: number[][] = found.states.map(() => []);
  const tell = (what: string, index: number) => {
    if (!broken.has(what))
      broken.set(
        what,
        pathTo(found, index)
          .map(({ title }) => title)
          .join(" | "),
      );
  };
  const leads = (from: number, to: State): boolean => {
    const index = indexOf.get(keyOf(to));
    if (index !== undefined) before[index]?.push(from);
    return index !== undefined;
  };
  for (const [index, state] of found.states.entries()) {
    for (const procedure of procedures) {
      if (!procedure.applies(state)) continue;
      replayed[procedure.name] = (replayed[procedure.name] ?? 0) + 1;
      const end = replay(subject, procedure, state, acts);
      if ("stuckAt" in end) tell(`${procedure.name} is stuck at ${end.stuckAt}`, index);
      else if (!procedure.done(end.state)) tell(`${procedure.name} does not end as it says`, index);
      else if (!leads(index, end.state)) tell(`${procedure.name} leads where no act does`, index);
    }
    for (const { from } of byItself) {
      const next = from(state);
      if (next !== undefined) leads(index, next);
    }
  }
  const home = keyOf(restingIn(subject, "primary"));
  const isHealed = found.states.map((state) => keyOf(state) === home);
  const queue = [...isHealed.keys()].filter((index) => isHealed[index]);
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const index of before[at] ?? [])
      if (!isHealed[index]) {
        isHealed[index] = true;
        queue.push(index);
      }
  const lost = [...found.states.keys()].find(
    (index) => !isHealed[index] && !isGone(found.states[index] as State),
  );
  if (lost !== undefined) tell("no runbooks lead home", lost);
  return { replayed, broken: [...broken.keys()] };
}
