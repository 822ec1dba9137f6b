/* What a guest step interrupts when it runs on a machine that stands. */

const interruptions: readonly (readonly [step: RegExp, what: string])[] = [
  [/^(forest|replica|join)$/, "restarts the machine where it has something to do"],
  [/^sql-instance$/, "restarts SQL Server where a setting changes: its databases fail over, or wait"],
  [/^mgc(comp)?-mirroring$/, "pauses log shipping if the mirror has to be made"],
];

/** What steps of these names interrupt; nothing for most. */
export function interruptedBy(steps: readonly string[]): readonly string[] {
  return interruptions
    .filter(([step]) => steps.some((name) => step.test(name)))
    .map(([, interruption]) => interruption);
}
