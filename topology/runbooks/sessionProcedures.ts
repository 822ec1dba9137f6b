import type { Act } from "../resilience/act";
import { actsOf } from "../resilience/acts";
import { hasDirectory, isOnline, reachesShare, servedAt } from "../resilience/reactions";
import type { Side } from "../resilience/site";
import {
  isUp,
  type Place,
  partnerOf,
  placesOf,
  type State,
  type Subject,
  sessionOf,
  sideIndex,
} from "../resilience/state";
import { always, back, names, needed, type Procedure, wait } from "./procedure";

/** The session of a data center, as its procedures look at it. */
interface SessionState {
  readonly subject: Subject;
  readonly side: Side;
  readonly database: string;
  readonly at: string;
  readonly server: string;
  readonly mirror: string;
  readonly witness: string | undefined;
  readonly partners: readonly string[];
  /** Acts that lead to a session there, from rest. */
  readonly moved: readonly string[];
  /** The same, with its witness. */
  readonly watched: readonly string[];
  readonly principal: (state: State) => Place | undefined;
  /** Its principal, where it serves and people can sign in. */
  readonly online: (state: State) => Place | undefined;
  readonly isOutHere: (state: State) => boolean;
}

function sessionState(subject: Subject, side: Side): SessionState | undefined {
  const { server, mirror, witness } = sessionOf(subject, side);
  if (mirror === undefined) return undefined;
  const principal = (state: State) =>
    placesOf(side).find((place) => state.copies[place].kind === "principal");
  const moved = side === "primary" ? [] : ["planned-move", `rebuild-mirror:${side}`, "interval"];
  return {
    subject,
    side,
    database: subject.database.name,
    at: `in the ${side} data center`,
    server,
    mirror,
    witness,
    partners: [server, mirror],
    moved,
    watched: side === "primary" || witness === undefined ? moved : [...moved, `set-witness:${side}`],
    principal,
    online: (state) => {
      const place = principal(state);
      const isThere =
        place !== undefined &&
        !state.full &&
        isOnline(subject, state, place) &&
        hasDirectory(subject, state, side);
      return isThere ? place : undefined;
    },
    isOutHere: (state) => state.out[sideIndex(side)],
  };
}

/** The mirror of a principal, where it is connected and has everything. */
const isMirrored = (subject: Subject, state: State, place: Place): boolean => {
  const { kind, behind } = state.copies[partnerOf(place)];
  return kind === "mirror" && behind === 0 && isUp(subject, state, subject.hosts[partnerOf(place)]);
};

/** What gives a session back what it lacks. */
function repairs(session: SessionState): readonly Procedure[] {
  const { subject, side, database, at, mirror, witness, partners, online, isOutHere, moved } = session;
  return [
    {
      name: `repair-mirror-${side}`,
      title: `give ${database} ${at} its mirror again`,
      when: `${database} is served ${at}, and its mirror is away, empty or behind`,
      trigger: side === "primary" ? [`lost:${mirror}`] : ["planned-move", `lost:${mirror}`],
      applies: (state) => {
        const place = online(state);
        if (place === undefined || isOutHere(state) || isMirrored(subject, state, place) || state.suspended)
          return false;
        return state.copies[partnerOf(place)].kind === "mirror" || reachesShare(subject, state, side);
      },
      instructions: [
        ...back(names(...partners, witness), partners),
        ...needed(`rebuild-mirror:${side}`),
        wait,
        ...needed(`set-witness:${side}`),
      ],
      done: (state) => {
        const place = online(state);
        return place !== undefined && isMirrored(subject, state, place);
      },
    },
    {
      name: `resume-mirroring-${side}`,
      title: `resume the mirroring of ${database} ${at}`,
      when: `the session of ${database} ${at} is suspended`,
      trigger: side === "primary" ? ["suspended"] : [...moved, "suspended"],
      applies: (state) => {
        const place = online(state);
        if (place === undefined || !state.suspended || isOutHere(state)) return false;
        return state.copies[partnerOf(place)].kind === "mirror" || reachesShare(subject, state, side);
      },
      instructions: [
        ...back(partners),
        ...needed(`resume-mirroring:${side}`, `rebuild-mirror:${side}`),
        wait,
        ...needed(`set-witness:${side}`),
      ],
      done: (state) => !state.suspended,
    },
  ];
}

/** What brings a database up whose principal is gone, or has no quorum. */
function emergencies(session: SessionState): readonly Procedure[] {
  const { subject, side, database, at, server, mirror, witness, watched } = session;
  return [
    ...(["force-service", "recover-mirror", "break-mirroring"] as const).flatMap((name): Procedure[] => {
      if (witness === undefined && name !== "force-service") return [];
      const lostPrincipal =
        name === "force-service" ? [`lost:${server}`] : [`stops:${witness}`, `lost:${server}`];
      const act = actsOf(subject).find(({ id }) => id === `${name}:${side}`) as Act;
      return [
        {
          name: `${name}-${side}`,
          title: act.title,
          when: {
            "force-service": `the principal of ${database} ${at} is lost, and no witness is set`,
            "recover-mirror": `the principal of ${database} ${at} is lost while its witness was away`,
            "break-mirroring": `the principal of ${database} ${at} is up, and neither mirror nor witness is`,
          }[name],
          trigger: [
            ...watched,
            ...(name === "break-mirroring" ? [`lost:${mirror}`, `stops:${witness}`] : lostPrincipal),
          ],
          applies: (state) => act.from(state) !== undefined,
          instructions: [always(act.id)],
          done: (state) => servedAt(subject, state) !== undefined || state.full,
        },
      ];
    }),
  ];
}

/** What is done about the vote. */
function witnesses(session: SessionState): readonly Procedure[] {
  const { subject, side, database, at, witness, online, isOutHere, moved, watched } = session;
  return [
    ...(witness === undefined
      ? []
      : ([
          {
            name: `witness-${side}`,
            title: `give the session of ${database} ${at} its witness again`,
            when: `${database} is mirrored ${at} without its witness`,
            trigger: side === "primary" ? [`stops:${witness}`] : [...moved],
            applies: (state) => {
              const place = online(state);
              const isWatched = state.witnessed[sideIndex(side)] && isUp(subject, state, witness);
              return (
                place !== undefined &&
                isMirrored(subject, state, place) &&
                !isWatched &&
                !isOutHere(state) &&
                !state.suspended
              );
            },
            instructions: [...back([witness]), ...needed(`set-witness:${side}`)],
            done: (state) => state.witnessed[sideIndex(side)] && isUp(subject, state, witness),
          },
          {
            name: `witness-stays-away-${side}`,
            title: `take the witness out of the session of ${database} ${at}`,
            when: `the witness of ${database} ${at} stays away for long: with it set, the loss of the mirror would stop the principal too`,
            trigger: [...watched, `stops:${witness}`],
            applies: (state) =>
              actsOf(subject)
                .find(({ id }) => id === `remove-witness:${side}`)
                ?.from(state) !== undefined,
            instructions: [always(`remove-witness:${side}`)],
            done: (state) => !state.witnessed[sideIndex(side)],
          },
        ] satisfies Procedure[])),
  ];
}

/** What is done about the mirroring session of one data center. */
export function sessionProcedures(subject: Subject, side: Side): readonly Procedure[] {
  const session = sessionState(subject, side);
  return session === undefined ? [] : [...emergencies(session), ...repairs(session), ...witnesses(session)];
}

/** What is only stopped is started. */
export function startsOf(subject: Subject, side: Side): readonly Procedure[] {
  const session = sessionState(subject, side);
  if (session === undefined) return [];
  const { database, at, server, mirror, witness, partners, principal, isOutHere } = session;
  return [
    {
      name: `start-session-${side}`,
      title: `start what serves ${database} ${at}`,
      when: `nobody serves ${database}, and its principal ${at} is stopped or has no quorum`,
      trigger:
        side === "primary" ? [`stops:${mirror}`, `stops:${server}`] : ["planned-move", `stops:${server}`],
      applies: (state) => {
        const place = principal(state);
        return place !== undefined && !isOutHere(state) && !isOnline(subject, state, place);
      },
      instructions: back(names(...subject.site.controllers, ...partners, witness), partners),
      done: (state) => {
        const place = principal(state);
        return place !== undefined && isOnline(subject, state, place);
      },
    },
  ];
}
