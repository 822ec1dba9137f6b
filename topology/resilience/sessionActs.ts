import type { Act } from "./act";
import { hasDirectory, isOnline, reachesShare } from "./reactions";
import { type SessionView, sessionIn, takenOver } from "./session";
import type { Side } from "./site";
import { copyOf, isUp, partnerOf, type Subject, withCopies } from "./state";

const at = (side: Side) => `in the ${side} data center`;

/** What is done while a session serves. */
function calmActs(session: SessionView): readonly Act[] {
  const { subject, side, partners, online, isMirroring } = session;
  const { name: database, backupHost } = subject.database;
  return [
    {
      id: `fail-over-to-mirror:${side}`,
      name: "fail-over-to-mirror",
      title: `let the mirror of ${database} ${at(side)} take over`,
      kind: "act",
      on: partners,
      minutes: 1,
      undo: `fail-over-to-mirror:${side}`,
      from: (state) => {
        const place = online(state);
        if (place === undefined || !isMirroring(state, place) || state.suspended) return undefined;
        if (state.copies[partnerOf(place)].behind > 0) return undefined;
        return withCopies(state, { [place]: copyOf("mirror"), [partnerOf(place)]: copyOf("principal") });
      },
    },
    {
      id: `resume-mirroring:${side}`,
      name: "resume-mirroring",
      title: `resume the mirroring of ${database} ${at(side)}`,
      kind: "act",
      on: partners,
      minutes: 1,
      from: (state) => {
        const place = online(state);
        return place !== undefined && state.suspended && isMirroring(state, place)
          ? { ...state, suspended: false }
          : undefined;
      },
    },
    {
      id: `rebuild-mirror:${side}`,
      name: "rebuild-mirror",
      title: `mirror ${database} ${at(side)} anew, from a backup`,
      kind: "act",
      on: [...partners, backupHost],
      minutes: 20,
      from: (state) => {
        const place = online(state);
        if (place === undefined || !reachesShare(subject, state, side) || state.full) return undefined;
        const other = partnerOf(place);
        const { kind } = state.copies[other];
        return isUp(subject, state, subject.hosts[other]) && (kind === "none" || kind === "kept")
          ? { ...withCopies(state, { [other]: copyOf("mirror", 1) }), suspended: false }
          : undefined;
      },
    },
  ];
}

/** How a mirror becomes what is served when its principal was given up. */
function emergencyActs(session: SessionView): readonly Act[] {
  const { subject, side, heir, isWitnessed, withWitness, behindOfMirror } = session;
  const { name: database } = subject.database;
  return [
    {
      id: `force-service:${side}`,
      name: "force-service",
      title: `force service on the mirror of ${database} ${at(side)}`,
      kind: "act",
      on: [],
      minutes: 1,
      loses: behindOfMirror,
      // Supported where no witness is set; the old principal comes back as a suspended mirror (roles).
      from: (state) => {
        const mirror = heir(state);
        return mirror === undefined || isWitnessed(state)
          ? undefined
          : { ...takenOver(state, mirror, copyOf("mirror", 1)), suspended: true };
      },
    },
    {
      id: `recover-mirror:${side}`,
      name: "recover-mirror",
      title: `take the mirror of ${database} ${at(side)} out of its session, and recover it`,
      kind: "act",
      on: [],
      minutes: 2,
      loses: behindOfMirror,
      // With a witness service cannot be forced; a mirror that left its session can be restored WITH RECOVERY.
      from: (state) => {
        const mirror = heir(state);
        return mirror !== undefined && isWitnessed(state)
          ? {
              ...takenOver(state, mirror, copyOf("former")),
              witnessed: withWitness(state, false),
              suspended: false,
            }
          : undefined;
      },
    },
  ];
}

/** Acts on the vote about a session. */
function witnessActs(session: SessionView, witness: string): readonly Act[] {
  const { subject, side, partners, online, isMirroring, isWitnessed, withWitness } = session;
  const { name: database } = subject.database;
  return [
    {
      id: `remove-witness:${side}`,
      name: "remove-witness",
      title: `take the witness ${witness} out of the session of ${database}`,
      kind: "act",
      on: partners,
      minutes: 1,
      undo: `set-witness:${side}`,
      // Recommended where a witness stays away: with it gone the loss of the mirror would stop the principal too (quorum).
      from: (state) => {
        const place = online(state);
        const isAlone = place !== undefined && isMirroring(state, place) && !isUp(subject, state, witness);
        return isAlone && isWitnessed(state) ? { ...state, witnessed: withWitness(state, false) } : undefined;
      },
    },
    {
      id: `set-witness:${side}`,
      name: "set-witness",
      title: `make ${witness} the witness of ${database}`,
      kind: "act",
      on: [...partners, witness],
      minutes: 1,
      undo: `remove-witness:${side}`,
      from: (state) => {
        const place = online(state);
        if (place === undefined || isWitnessed(state) || state.suspended) return undefined;
        const isReady = isMirroring(state, place) && state.copies[partnerOf(place)].behind === 0;
        return isReady && isUp(subject, state, witness)
          ? { ...state, witnessed: withWitness(state, true) }
          : undefined;
      },
    },
    {
      id: `break-mirroring:${side}`,
      name: "break-mirroring",
      title: `take the principal of ${database} ${at(side)} out of its session, since neither mirror nor witness is there`,
      kind: "act",
      on: [],
      minutes: 1,
      inferred: "Nobody states that a session can be ended on a principal that has no quorum.",
      // https://learn.microsoft.com/sql/database-engine/database-mirroring/removing-database-mirroring-sql-server
      from: (state) => {
        const place = session.principal(state);
        if (place === undefined || !isWitnessed(state) || isOnline(subject, state, place)) return undefined;
        if (!isUp(subject, state, subject.hosts[place]) || !hasDirectory(subject, state, side))
          return undefined;
        const other = partnerOf(place);
        const left = state.copies[other].kind === "mirror" ? copyOf("kept") : state.copies[other];
        return {
          ...withCopies(state, { [other]: left }),
          witnessed: withWitness(state, false),
          suspended: false,
        };
      },
    },
  ];
}

/** Acts on the mirroring session of one data center. */
export function sessionActs(subject: Subject, side: Side): readonly Act[] {
  const session = sessionIn(subject, side);
  if (session === undefined) return [];
  const { witness } = session;
  return [
    ...calmActs(session),
    ...emergencyActs(session),
    ...(witness === undefined ? [] : witnessActs(session, witness)),
  ];
}
