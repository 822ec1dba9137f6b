import * as azure from "./azure";
import * as persistentChat from "./persistentChat";
import type { Policy, PolicyResource, Violation } from "./policy";
import * as survival from "./survival";

/*
 * What must hold for the resources of a lab, whoever's program made them: named functions over finished resources, without Pulumi. index.ts
 * makes them a policy pack; `lab preview --base` asks them as well.
 */
export const policies: readonly Policy[] = [
  ...Object.values(azure),
  ...Object.values(persistentChat),
  ...Object.values(survival),
];

/** A violation with its policy's id, severity and reason. */
export type BrokenPolicy = Pick<Policy, "id" | "severity" | "why"> & Violation;

/** Everything that breaks a policy. */
export function brokenIn(resources: readonly PolicyResource[]): readonly BrokenPolicy[] {
  return policies.flatMap(({ id, severity, why, find }) =>
    find(resources).map((violation) => ({ id, severity, why, ...violation })),
  );
}
