import type { Move } from "./explore";
import { isOnline } from "./reactions";
import {
  type Behind,
  conditionOf,
  everyPlace,
  noJobStopped,
  type Place,
  type State,
  type Subject,
} from "./state";

/*
 * What people can do, each where it is right to do it. Their order, statements and sources: Microsoft's pages on failing Persistent Chat
 * over and back (https://learn.microsoft.com/skypeforbusiness/manage/persistent-chat/high-availability-and-disaster-recovery), on role
 * switching, and on log shipping (https://learn.microsoft.com/sql/database-engine/log-shipping/fail-over-to-a-log-shipping-secondary-sql-server).
 * [inferred] marks what none of them says.
 */

/** What is done, whatever it is done to: the first part of an act's id. */
export type ActName =
  | "bring-back"
  | "start-job"
  | "resume-mirroring"
  | "fail-over-to-mirror"
  | "remove-witness"
  | "set-witness"
  | "break-mirroring"
  | "force-service"
  | "recover-mirror"
  | "rebuild-mirror"
  | "fence"
  | "fail-over-to-secondary"
  | "planned-move"
  | "set-aside"
  | "fail-back"
  | "reseed-secondary"
  | "free-log"
  | "back-up-log-elsewhere"
  | "use-old-copy";

export interface Act extends Move<State> {
  readonly kind: "act";
  readonly name: ActName;
  /** Machines on which it is done. */
  readonly on: readonly string[];
  /** How long the machines need for it; what people need comes on top. [inferred] but where `source` says more. */
  readonly minutes: number;
  /** What of the acknowledged is given up by it, where anything is: a person decides. */
  readonly loses?: (state: State) => Behind;
  /** What of it no source states. */
  readonly inferred?: string;
  /** The act that takes it back, where there is one. */
  readonly undo?: string;
}

/** Nothing of what was acknowledged is to be had from a machine any more: it is lost, or people gave it up. */
export const isGivenUp = (subject: Subject, state: State, place: Place): boolean => {
  const { kind } = state.copies[place];
  if (kind !== "principal" && kind !== "mirror") return true;
  return conditionOf(subject, state, subject.hosts[place]) === "f";
};

/** Whether any copy can be written. */
export const isServed = (subject: Subject, state: State): boolean =>
  everyPlace.some((place) => isOnline(subject, state, place));

/** Log shipping begins anew, or has ended. */
export const restingShipping = { backedUp: 1, copied: 2, gap: false, stopped: noJobStopped } as const;
