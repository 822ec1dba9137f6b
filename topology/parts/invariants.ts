/*
 * What no configuration can break: where it does not hold, the planner has a bug, and it stops with a stack trace instead of letting
 * nonsense out. What a user can break is a rule.
 */

/** The one of some things that a plan must have. */
export function find<T>(things: readonly T[], what: string, is: (thing: T) => boolean): T {
  const found = things.find(is);
  if (found === undefined) throw new Error(`Cannot plan the lab: there is no ${what}`);
  return found;
}

/** The one of a name. */
export function named<T extends { readonly name: string }>(things: readonly T[], name: string): T {
  return find(things, `"${name}"`, (thing) => thing.name === name);
}

/** States what always holds. */
export function mustHold(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(`Cannot plan the lab: ${otherwise}`);
}
