import { describe, expect, it } from "vitest";
import { coresOf, thingsIn } from "../../../cli/review/amounts";
import { readStack, shippedStacks } from "../../../cli/stack/stackFile";
import { machinesOf } from "../../../policy/machines";
import { siteOf } from "../../../policy/site";
import type { RegisteredResource } from "../../../simulator/engine/registered";
import type { Plan } from "../../../topology/model";
import { planLab } from "../../../topology/planLab";
import { siteOfPlan } from "../../../topology/resilience/ofPlan";
import { costOf, thingsOf } from "../../../topology/views/cost";
import { quotaNeeds } from "../../../topology/views/quota";
import { withChange } from "../../support/changes";
import { rehearseLab, rehearseStack } from "../../support/rehearse";

/*
 * A comparison reads a lab off its resources, since an older checkout gives no plan. What it counts is what the plan counts.
 */

const other = withChange(readStack("figure-1", undefined).raw, {
  values: { "databases.backupShare": "primary", "databases.logShipping.intervalMinutes": 5, bastion: "none" },
});

const away = withChange(readStack("figure-1", undefined).raw, { values: { site: "secondary" } });

interface Lab {
  readonly plan: Plan;
  readonly resources: readonly RegisteredResource[];
}

const otherLab: Promise<Lab> = rehearseLab(other).then(({ resources }) => ({
  plan: planLab(other).plan,
  resources,
}));

const awayLab: Promise<Lab> = rehearseLab(away).then(({ resources }) => ({
  plan: planLab(away).plan,
  resources,
}));

const labs: readonly (readonly [title: string, lab: () => Promise<Lab>])[] = [
  ...shippedStacks.map(
    (stack) =>
      [
        `the stack ${stack}`,
        async () => ({
          plan: planLab(readStack(stack, undefined).raw).plan,
          resources: (await rehearseStack(stack)).resources,
        }),
      ] as const,
  ),
  ["a lab whose backups stand with its primary", () => otherLab],
  ["a lab that is served from its secondary data center", () => awayLab],
];

const sorted = <T>(rows: Iterable<T>) =>
  [...rows].toSorted((one, two) => JSON.stringify(one).localeCompare(JSON.stringify(two)));

const byName = <T extends { readonly name: string }>(rows: readonly T[]) =>
  rows.toSorted((one, two) => one.name.localeCompare(two.name));

describe.each(labs)("a plan and the resources of %s", (_, lab) => {
  it("say the same of each machine", async () => {
    const { plan, resources } = await lab();
    const planned = plan.machines.map(({ name, dataCenter, roles, active, placement }) => ({
      name,
      dataCenter,
      roles,
      ...(active === undefined ? {} : { active }),
      ...(placement.kind === "zone" ? { zone: String(placement.zone) } : {}),
    }));
    expect(byName(machinesOf(resources))).toEqual(byName(planned));
  });

  it("cost the same", async () => {
    const { plan, resources } = await lab();
    const [planned, found] = [thingsOf(plan), thingsIn(resources)].map(costOf);
    expect(sorted(found?.items ?? [])).toEqual(sorted(planned?.items ?? []));
  });

  it("need the same vCPUs", async () => {
    const { plan, resources } = await lab();
    const planned = quotaNeeds(plan).map(({ region, family, vCpus }) => [`${region} ${family}`, vCpus]);
    expect(sorted(coresOf(resources))).toEqual(sorted(planned));
  });

  it("have the same that can fail", async () => {
    const { plan, resources } = await lab();
    expect(siteOf(resources)).toEqual(siteOfPlan(plan));
  });
});
