import { isShipped, settled } from "./reactions";
import type { Side } from "./site";
import { copyOf, type State, type Subject, withCondition, withCopies } from "./state";

/* What a lab is after something broke. */

/** A log backup is missing in the chain: what comes after it can be restored on the secondary no more. */
export const withGap = (state: State): State => ({ ...state, gap: true });

/** A machine that is lost with its disks, and with whatever stood on them. */
export function withoutMachine(subject: Subject, state: State, machine: string): State {
  let next = withCondition(subject, state, machine, "s");
  for (const [place, host] of subject.hosts.entries())
    if (host === machine && next.copies[place]?.kind !== "none")
      next = withCopies(next, { [place]: copyOf("none") });
  // Where nothing restores shipped logs it does not matter what is missing in them.
  if (isShipped(state) && !isShipped(next))
    next = { ...next, gap: false, copied: 2, stopped: { ...next.stopped, copy: false, restore: false } };
  // Of the backups on the share the newest was not copied yet, at the worst moment.
  if (machine === subject.database.backupHost && isShipped(next) && next.copied > 1) next = withGap(next);
  return next;
}

/** A data center that is out, or there again. */
export const withOut = (state: State, side: Side, out: boolean): State => ({
  ...state,
  out: side === "primary" ? [out, state.out[1]] : [state.out[0], out],
});

/** A data center that is lost with all disks; what comes back one day is empty. */
export function withoutDataCenter(subject: Subject, state: State, side: Side): State {
  const here = subject.machines.filter((name) => subject.site.machines[name] === side);
  const gone = here.reduce((next, name) => withoutMachine(subject, next, name), state);
  const empty = here.reduce((next, name) => withCondition(subject, next, name, "u"), gone);
  return settled(subject, state, withOut(empty, side, true));
}
