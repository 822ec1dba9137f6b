/* What the plan for Persistent Chat is for: that chat goes on. */

import { text } from "../simulator/arm/inputs";
import { tokens } from "../simulator/arm/resourceTypes";
import { singleRows } from "../topology/resilience/survival";
import type { Policy } from "./policy";
import { siteOf } from "./site";

export const survivesAnyOneMachine: Policy = {
  id: "survives-any-one-machine",
  severity: "advisory",
  why: "High availability means that chat goes on without a person when one machine is lost.",
  source:
    "https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/persistent-chat-server/high-availability-and-disaster-recovery",
  find: (resources) => {
    const site = siteOf(resources);
    if (site === undefined) return [];
    const machines = resources.filter(({ type }) => type === tokens.machine);
    return singleRows(site)
      .filter(({ what, chat }) => chat !== "goes on" && what.every((name) => name in site.machines))
      .map(({ what, path }) => ({
        resource: machines.find(({ inputs }) => text(inputs, "vmName") === what[0])?.name ?? "",
        message: `When it is lost people must ${path.slice(1).join(", and ")}.`,
      }));
  },
};
