import type { Act } from "./act";
import { hasDirectory, isOnline, isShipped, principalOf, reachesShare } from "./reactions";
import { copyOf, type Place, partnerOf, type State, type Subject, withCopies } from "./state";

/** Acts on a log that filled its disk. */
export function logActs(subject: Subject): readonly Act[] {
  const { name: database, backupHost } = subject.database;
  const host = (state: State) => {
    const place = principalOf(state);
    return place !== undefined &&
      state.full &&
      isOnline(subject, state, place) &&
      hasDirectory(subject, state, "primary")
      ? place
      : undefined;
  };
  /** A log that waits for a mirror is cut only after the session has ended. */
  const cut = (state: State, place: Place): State => {
    const mirror = partnerOf(place);
    if (state.copies[mirror].kind !== "mirror" || state.copies[mirror].behind === 0) return state;
    return {
      ...withCopies(state, { [mirror]: copyOf("kept") }),
      witnessed: [false, state.witnessed[1]],
      suspended: false,
    };
  };
  return [
    {
      id: "free-log",
      name: "free-log",
      title: `back up the log of ${database} to the share, so that it is cut`,
      kind: "act",
      on: [backupHost],
      minutes: 5,
      from: (state) => {
        const place = host(state);
        return place !== undefined && reachesShare(subject, state, "primary")
          ? { ...cut(state, place), full: false, backedUp: 1 }
          : undefined;
      },
    },
    {
      id: "back-up-log-elsewhere",
      name: "back-up-log-elsewhere",
      title: `back up the log of ${database} to a local disk, so that it is cut; the chain has a gap then`,
      kind: "act",
      on: [],
      minutes: 5,
      from: (state) => {
        const place = host(state);
        return place !== undefined && !reachesShare(subject, state, "primary")
          ? { ...cut(state, place), full: false, backedUp: 1, gap: isShipped(state) }
          : undefined;
      },
    },
  ];
}
