import * as azure from "./azure";
import * as persistentChat from "./persistentChat";
import type { Policy } from "./policy";

/*
 * What must hold for the resources of a lab, whoever's program made them: named functions over finished resources, without Pulumi. index.ts
 * makes them a policy pack; `lab preview --base` asks them as well.
 */
export const policies: readonly Policy[] = [...Object.values(azure), ...Object.values(persistentChat)];
