import type { Act } from "./act";
import { dataCenterActs, jobActs } from "./dataCenterActs";
import { logActs } from "./logActs";
import { lastResorts, machineActs } from "./machineActs";
import { sessionActs } from "./sessionActs";
import { bothSides } from "./site";
import type { Subject } from "./state";

/** Everything that people can do about a database of a site. */
export function actsOf(subject: Subject): readonly Act[] {
  return [
    ...subject.machines.flatMap((machine) => machineActs(subject, machine)),
    ...bothSides.flatMap((side) => sessionActs(subject, side)),
    ...dataCenterActs(subject),
    ...jobActs(subject),
    ...logActs(subject),
    ...lastResorts(subject),
  ];
}
