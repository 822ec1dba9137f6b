import { hasDirectory, isOnline, servedAt } from "../resilience/reactions";
import { isUp, type Place, partnerOf, type State, type Subject } from "../resilience/state";
import { always, type Procedure, wait } from "./procedure";

/** Roles of the primary data center: there and back. */
export function roleProcedures(subject: Subject): readonly Procedure[] {
  const { name: database } = subject.database;
  const canSwitch = (state: State, place: Place) =>
    state.copies[place].kind === "principal" &&
    !state.full &&
    !state.suspended &&
    isOnline(subject, state, place) &&
    hasDirectory(subject, state, "primary") &&
    state.copies[partnerOf(place)].kind === "mirror" &&
    isUp(subject, state, subject.hosts[partnerOf(place)]);
  return [
    {
      name: "fail-over-to-mirror",
      title: `let the mirror of ${database} take over, by plan`,
      when: "nothing is broken: a drill, or work on the principal's machine",
      trigger: [],
      applies: (state) => canSwitch(state, 0) && state.copies[1].behind === 0,
      instructions: [always("fail-over-to-mirror:primary")],
      done: (state) => servedAt(subject, state) === 1,
    },
    {
      name: "roles-back",
      title: `bring the roles of ${database} back to where the plan has them`,
      when: "the mirror took over, by itself, by plan, or since the principal stopped first at night",
      trigger: ["fail-over-to-mirror:primary"],
      applies: (state) => canSwitch(state, 1),
      instructions: [wait, always("fail-over-to-mirror:primary")],
      done: (state) => servedAt(subject, state) === 0,
    },
  ];
}
