import { expect, it } from "vitest";
import { readStack, shippedStacks } from "../../../cli/stack/stackFile";
import { isInTier, startOrder } from "../../../topology/parts/startOrder";
import { planLab } from "../../../topology/planLab";
import { siteOfPlan } from "../../../topology/resilience/ofPlan";
import { subjectOf } from "../../../topology/resilience/state";
import { startOfAll } from "../../../topology/runbooks/startProcedure";

it.each(shippedStacks)(
  "start-everything starts the machines of %s in the order of the verb start",
  (stack) => {
    const { plan } = planLab(readStack(stack, undefined).raw);
    const byTier = startOrder.flatMap((tier) => plan.machines.filter((machine) => isInTier(tier, machine)));
    const site = siteOfPlan(plan);
    for (const database of site.databases) {
      const acts = startOfAll(subjectOf(site, database)).instructions.map((one) => "act" in one && one.act);
      const inOrder = byTier.map(({ name }) => `bring-back:${name}`).filter((act) => acts.includes(act));
      const tierOf = (act: unknown) =>
        startOrder.findIndex((tier) =>
          plan.machines.some((one) => act === `bring-back:${one.name}` && isInTier(tier, one)),
        );
      expect(acts.toSorted()).toEqual(inOrder.toSorted());
      expect(acts.map(tierOf)).toEqual(inOrder.map(tierOf));
    }
  },
);
