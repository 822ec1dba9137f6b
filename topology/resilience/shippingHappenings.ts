import { withGap } from "./breakdowns";
import type { Happening } from "./happening";
import {
  afterAnInterval,
  fillsItsDisk,
  isOnline,
  isShipped,
  outlivesTheRetention,
  principalOf,
  servedAt,
  settled,
} from "./reactions";
import { type Job, partnerOf, type State, type Subject, sideOf } from "./state";

/* What happens to a session, and to the shipping of logs. */

const jobs: readonly { readonly job: Job; readonly title: string }[] = [
  { job: "backup", title: "the backup job stops" },
  { job: "copy", title: "the copy job stops" },
  { job: "restore", title: "the restore job stops" },
];

/** Whether logs of what is served here are shipped. */
const ships = (subject: Subject, state: State): boolean => {
  const place = servedAt(subject, state);
  return place !== undefined && sideOf(place) === "primary" && isShipped(state);
};

/** What happens to a session, and to the shipping of logs. */
export function shippingMoves(subject: Subject): readonly Happening[] {
  const { name } = subject.database;
  return [
    ...jobs.map(
      ({ job, title }): Happening => ({
        id: `job:${job}`,
        title: `${title} of ${name}`,
        kind: "failure",
        from: (state) =>
          ships(subject, state) && !state.stopped[job]
            ? { ...state, stopped: { ...state.stopped, [job]: true } }
            : undefined,
      }),
    ),
    {
      id: "foreign-backup",
      title: `somebody takes a log backup of ${name} to another place`,
      kind: "failure",
      from: (state) => (ships(subject, state) && !state.gap ? withGap(state) : undefined),
    },
    {
      id: "suspended",
      title: `the mirroring of ${name} is suspended`,
      kind: "failure",
      from: (state) => {
        const place = principalOf(state);
        if (place === undefined || state.suspended || state.copies[partnerOf(place)].kind !== "mirror")
          return undefined;
        return isOnline(subject, state, place)
          ? settled(subject, state, { ...state, suspended: true })
          : undefined;
      },
    },
    {
      id: "interval",
      title: "an interval of log shipping passes",
      kind: "itself",
      from: (state) => settled(subject, state, afterAnInterval(subject, state)),
    },
    {
      id: "retention",
      title: "backups get older than they are kept",
      kind: "itself",
      from: (state) => (outlivesTheRetention(subject, state) ? withGap(state) : undefined),
    },
    {
      id: "full",
      title: `the log of ${name} fills its disk`,
      kind: "itself",
      from: (state) => (fillsItsDisk(subject, state) ? { ...state, full: true } : undefined),
    },
  ];
}
