import type { Act } from "./act";
import { dataCenterActs, jobActs } from "./dataCenterActs";
import { logActs } from "./logActs";
import { lastResorts, machineActs } from "./machineActs";
import { exposed } from "./reactions";
import { sessionActs } from "./sessionActs";
import { bothSides } from "./site";
import type { Subject } from "./state";

/** Everything that people can do about a database of a site. */
export function actsOf(subject: Subject): readonly Act[] {
  const acts = [
    ...subject.machines.flatMap((machine) => machineActs(subject, machine)),
    ...bothSides.flatMap((side) => sessionActs(subject, side)),
    ...dataCenterActs(subject),
    ...jobActs(subject),
    ...logActs(subject),
    ...lastResorts(subject),
  ];
  // What somebody brings to serve without its mirror is written without it.
  return acts.map((act) => ({
    ...act,
    from: (state) => {
      const next = act.from(state);
      return next === undefined ? undefined : exposed(subject, next);
    },
  }));
}
