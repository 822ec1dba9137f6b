/* What a guest step interrupts when it runs on a machine that stands. */

const restart = "restarts the machine where it has something to do";
const pausedShipping = "pauses log shipping if the mirror has to be made";
const pausedRestores = "pauses restores of logs if a new copy has to be taken";

/** By the name of the step; a test holds them against every script that restarts or pauses something. */
const interruptions: Readonly<Record<string, string>> = {
  forest: restart,
  replica: restart,
  join: restart,
  "sql-instance": "restarts SQL Server where a setting changes: its databases fail over, or wait",
  "mgc-mirroring": pausedShipping,
  "mgccomp-mirroring": pausedShipping,
  "mgc-log-shipping-secondary": pausedRestores,
  "mgccomp-log-shipping-secondary": pausedRestores,
};

/** What steps of these names interrupt; nothing for most. */
export function interruptedBy(steps: readonly string[]): readonly string[] {
  const found = new Set(steps.map((name) => interruptions[name]));
  return [...new Set(Object.values(interruptions))].filter((interruption) => found.has(interruption));
}
