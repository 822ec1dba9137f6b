import { bothSides, otherSide, type Side } from "./site";
import {
  type Behind,
  type Copy,
  copyOf,
  everyPlace,
  isUp,
  more,
  type Place,
  partnerOf,
  placesOf,
  type State,
  type Subject,
  sessionOf,
  sideIndex,
  sideOf,
  withCopies,
} from "./state";

/*
 * What SQL Server does by itself. Each rule names its page, under https://learn.microsoft.com/sql/database-engine/database-mirroring/:
 * quorum = quorum-how-a-witness-affects-database-availability-database-mirroring,
 * roles = role-switching-during-a-database-mirroring-session-sql-server.
 */

/** Whether a machine in one data center can open a connection to one in another. */
function canCall(state: State, from: Side, to: Side): boolean {
  if (from === to || state.link === "up") return true;
  return state.link === "secondary cannot call"
    ? from === "primary"
    : state.link === "primary cannot call" && from === "secondary";
}

/** Whether somebody can sign in on machines of a data center: one domain controller is enough, near or far. */
export function hasDirectory(subject: Subject, state: State, side: Side): boolean {
  return subject.site.controllers.some(
    (name) =>
      isUp(subject, state, name) && canCall(state, side, subject.site.machines[name] ?? otherSide(side)),
  );
}

/** Whether a machine reaches the backup share. */
export function reachesShare(subject: Subject, state: State, side: Side): boolean {
  const { backupHost } = subject.database;
  const there = subject.site.machines[backupHost] ?? side;
  return (
    isUp(subject, state, backupHost) &&
    canCall(state, side, there) &&
    hasDirectory(subject, state, side) &&
    hasDirectory(subject, state, there)
  );
}

/** Whether a partner that could be told of the session is there: its mirror, or what was one. */
function hearsPartner(subject: Subject, state: State, place: Place): boolean {
  const { kind } = state.copies[partnerOf(place)];
  return (kind === "mirror" || kind === "kept") && isUp(subject, state, subject.hosts[partnerOf(place)]);
}

/** A principal serves as long as it has quorum, which it needs only while a witness is set (quorum). */
function hasQuorum(subject: Subject, state: State, place: Place): boolean {
  const side = sideOf(place);
  return (
    !state.witnessed[sideIndex(side)] ||
    isUp(subject, state, sessionOf(subject, side).witness) ||
    hearsPartner(subject, state, place)
  );
}

/** Whether a copy can be read and written. */
export function isOnline(subject: Subject, state: State, place: Place): boolean {
  const { kind } = state.copies[place];
  return (
    (kind === "principal" || kind === "former") &&
    isUp(subject, state, subject.hosts[place]) &&
    hasQuorum(subject, state, place)
  );
}

/** Where the copy stands that everything goes on from; there is none after a loss, until somebody recovers another one. */
export const principalOf = (state: State): Place | undefined =>
  everyPlace.find((place) => state.copies[place].kind === "principal");

/** Where the database is served; nothing while a full log stops it. */
export function servedAt(subject: Subject, state: State): Place | undefined {
  const place = principalOf(state);
  return place !== undefined && !state.full && isOnline(subject, state, place) ? place : undefined;
}

/** Whether logs are shipped to the other data center, however well. */
export const isShipped = (state: State): boolean => state.copies[2].kind === "standby";

/** What would be missing after a failover to the secondary: without its gap and with the share, what was not backed up yet. */
export function behindOfSecondary(subject: Subject, state: State): Behind {
  if (state.gap) return state.copied;
  return reachesShare(subject, state, "secondary")
    ? (Math.min(state.backedUp, state.copied) as Behind)
    : state.copied;
}

const isConnected = (subject: Subject, state: State, mirror: Place): boolean =>
  isUp(subject, state, subject.hosts[mirror]) && !state.suspended;

/**
 * A mirror takes over when the principal is lost while mirror and witness see each other and the session is synchronised; not later, when
 * they find each other again (roles, quorum).
 */
function failedOver(subject: Subject, before: State, after: State, side: Side): State {
  const principal = placesOf(side).find((place) => before.copies[place].kind === "principal");
  if (principal === undefined || !after.witnessed[sideIndex(side)]) return after;
  const mirror = partnerOf(principal);
  const fell =
    isUp(subject, before, subject.hosts[principal]) && !isUp(subject, after, subject.hosts[principal]);
  const canTakeOver =
    after.copies[mirror].kind === "mirror" &&
    after.copies[mirror].behind === 0 &&
    isConnected(subject, after, mirror) &&
    isUp(subject, after, sessionOf(subject, side).witness);
  if (!fell || !canTakeOver) return after;
  const isLost = after.copies[principal].kind === "none";
  return withCopies(after, {
    [mirror]: copyOf("principal"),
    [principal]: copyOf(isLost ? "none" : "mirror"),
  });
}

/** A principal that serves without its mirror runs exposed: what it writes is on no other disk of its data center (quorum). */
export function exposed(subject: Subject, state: State): State {
  const principal = principalOf(state);
  if (principal === undefined || servedAt(subject, state) === undefined) return state;
  const mirror = partnerOf(principal);
  const copy = state.copies[mirror];
  if (copy.kind !== "mirror" || copy.behind > 0 || isConnected(subject, state, mirror)) return state;
  return withCopies(state, { [mirror]: copyOf("mirror", 1) });
}

/** What follows at once from what happened. */
export function settled(subject: Subject, before: State, after: State): State {
  let state = after;
  for (const side of bothSides) state = failedOver(subject, before, state, side);
  return exposed(subject, state);
}

/** What an interval of log shipping brings: logs are backed up and copied, and a mirror that came back catches up. */
export function afterAnInterval(subject: Subject, state: State): State {
  const place = servedAt(subject, state);
  const principal = principalOf(state);
  const isWritten = place !== undefined;
  const changed: Partial<Record<Place, Copy>> = {};
  if (principal !== undefined) {
    const mirror = partnerOf(principal);
    const copy = state.copies[mirror];
    if (copy.kind === "mirror" && isOnline(subject, state, principal)) {
      if (isConnected(subject, state, mirror)) changed[mirror] = copyOf("mirror");
      // What a mirror lacks after the first interval nobody counts.
      else if (isWritten) changed[mirror] = copyOf("mirror", 3);
    }
  }
  const mended = withCopies(state, changed);
  if (principal === undefined || sideOf(principal) === "secondary") return mended;
  // The backup job of the mirror does nothing while it is one (database-mirroring-and-log-shipping-sql-server).
  const isBackedUp = isWritten && !state.stopped.backup && reachesShare(subject, state, "primary");
  // After a backup was missed nobody counts: it is missing until somebody looks.
  const backedUp = isBackedUp ? 1 : isWritten ? 3 : state.backedUp;
  if (!isShipped(state)) return { ...mended, backedUp };
  if (state.gap) return { ...mended, backedUp, copied: isWritten ? 3 : state.copied };
  const isCopied =
    !state.stopped.copy &&
    isUp(subject, state, subject.hosts[2]) &&
    reachesShare(subject, state, "secondary");
  const copied = isCopied
    ? isWritten
      ? more(backedUp)
      : (Math.min(backedUp, state.copied) as Behind)
    : isWritten
      ? more(state.copied)
      : state.copied;
  return { ...mended, backedUp, copied };
}

/** Whether backups are deleted before the secondary has restored them, when the retention passes. */
export function outlivesTheRetention(subject: Subject, state: State): boolean {
  const place = servedAt(subject, state);
  if (place === undefined || sideOf(place) === "secondary" || !isShipped(state) || state.gap) return false;
  const isDeletedUncopied = state.copied === 3 && state.backedUp === 1;
  // [inferred] that copies are deleted by their age alone, restored or not.
  return isDeletedUncopied || state.stopped.restore;
}

/** Whether the log can grow until its disk is full: it is cut only by backups, and only up to what the mirror has. */
export function fillsItsDisk(subject: Subject, state: State): boolean {
  const place = servedAt(subject, state);
  if (place === undefined || sideOf(place) === "secondary") return false;
  const mirror = state.copies[partnerOf(place)];
  return state.backedUp === 3 || (mirror.kind === "mirror" && mirror.behind === 3);
}
