import { bothSides } from "../resilience/site";
import type { Subject } from "../resilience/state";
import { dataCenterProcedures, returnProcedures } from "./dataCenterProcedures";
import type { Procedure } from "./procedure";
import { roleProcedures } from "./roleProcedures";
import { sessionProcedures, startsOf } from "./sessionProcedures";
import { shippingProcedures } from "./shippingProcedures";
import { startOfAll } from "./startProcedure";

/** Every procedure for a database, in the order in which one of several that apply is begun. */
export function proceduresOf(subject: Subject): readonly Procedure[] {
  return [
    ...bothSides.flatMap((side) => startsOf(subject, side)),
    ...bothSides.flatMap((side) => sessionProcedures(subject, side)),
    ...dataCenterProcedures(subject),
    ...returnProcedures(subject),
    ...shippingProcedures(subject),
    ...roleProcedures(subject),
    startOfAll(subject),
  ];
}
