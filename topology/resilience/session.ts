import { isGivenUp, isServed } from "./act";
import { behindOfSecondary, hasDirectory, isOnline, isShipped } from "./reactions";
import type { Side } from "./site";
import {
  type Behind,
  type Copy,
  copyOf,
  everyPlace,
  isUp,
  type Place,
  partnerOf,
  placesOf,
  type State,
  type Subject,
  sessionOf,
  sideIndex,
  withCopies,
} from "./state";

/** The mirroring session of one data center, as acts on it ask for it. */
export interface SessionView {
  readonly subject: Subject;
  readonly side: Side;
  /** Names of its partners, and of the witness that it has at rest. */
  readonly partners: readonly [string, string];
  readonly witness: string | undefined;
  readonly isWitnessed: (state: State) => boolean;
  readonly withWitness: (state: State, is: boolean) => State["witnessed"];
  readonly principal: (state: State) => Place | undefined;
  /** Its principal, where it serves and people can sign in. */
  readonly online: (state: State) => Place | undefined;
  /** Whether the partner of a principal is there as its mirror. */
  readonly isMirroring: (state: State, principal: Place) => boolean;
  /** The mirror that may take over from a principal that was given up: no other copy that can be had is better. */
  readonly heir: (state: State) => Place | undefined;
  readonly behindOfMirror: (state: State) => Behind;
}

/** The session that a data center has; nothing where a server stands alone. */
export function sessionIn(subject: Subject, side: Side): SessionView | undefined {
  const { server, mirror, witness } = sessionOf(subject, side);
  if (mirror === undefined) return undefined;
  const own = placesOf(side);
  const principal = (state: State) => own.find((place) => state.copies[place].kind === "principal");
  const mirrorPlace = (state: State) => own.find((place) => state.copies[place].kind === "mirror");
  return {
    subject,
    side,
    partners: [server, mirror],
    witness,
    isWitnessed: (state) => state.witnessed[sideIndex(side)],
    withWitness: (state, is) => (side === "primary" ? [is, state.witnessed[1]] : [state.witnessed[0], is]),
    principal,
    online: (state) => {
      const place = principal(state);
      const isThere =
        place !== undefined && isOnline(subject, state, place) && hasDirectory(subject, state, side);
      return isThere ? place : undefined;
    },
    isMirroring: (state, place) =>
      state.copies[partnerOf(place)].kind === "mirror" &&
      isUp(subject, state, subject.hosts[partnerOf(place)]),
    heir: (state) => {
      const place = mirrorPlace(state);
      if (place === undefined || isServed(subject, state) || !hasDirectory(subject, state, side))
        return undefined;
      const isBest = !isShipped(state) || state.copies[place].behind <= behindOfSecondary(subject, state);
      const isFree = everyPlace.every((other) => other === place || isGivenUp(subject, state, other));
      return isUp(subject, state, subject.hosts[place]) && isBest && isFree ? place : undefined;
    },
    behindOfMirror: (state) => state.copies[mirrorPlace(state) ?? own[0]].behind,
  };
}

/** A mirror in the principal's place, and what the old principal is then. */
export function takenOver(state: State, mirror: Place, old: Copy): State {
  const before = state.copies[partnerOf(mirror)];
  return withCopies(state, {
    [mirror]: copyOf("principal"),
    [partnerOf(mirror)]: before.kind === "none" ? before : old,
  });
}
