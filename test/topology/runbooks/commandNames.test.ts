import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStack, shippedStacks } from "../../../cli/stack/stackFile";
import type { Plan } from "../../../topology/model";
import { planLab } from "../../../topology/planLab";
import { runbooksOf } from "../../../topology/runbooks/runbooks";
import figure1 from "../../golden/figure-1.resources.json";
import { validConfig } from "../../support/arbitraryConfig";
import { guestText } from "../../support/guest/powershell";

const planned = (stack: string) => planLab(readStack(stack, undefined).raw).plan;

/** What the commands of a plan's runbooks say where a pattern fits, without repetition. */
const saidIn = (plan: Plan, pattern: RegExp): readonly (readonly string[])[] => {
  const all = runbooksOf(plan)
    .flatMap(({ before, acts, after }) => [...before, ...acts, ...after])
    .flatMap(({ command }) => [...command.matchAll(pattern)].map(([, ...groups]) => groups));
  return [...new Map(all.map((groups) => [groups.join(" "), groups])).values()];
};

const stepsSaid = (plan: Plan) => saidIn(plan, /'\*\*::([^']+)'/g).flat();
const stepsOf = ({ steps }: Plan) => steps.map(({ machine, name }) => `${machine}-${name}`);
const addressesSaid = (plan: Plan) => saidIn(plan, /TCP:\/\/([^:']+):(\d+)/g);

/** Ports of a machine that others of the lab may reach for mirroring. */
const mirroringPortsOf = ({ flows, machines }: Plan, fqdn: string) =>
  flows
    .filter(
      ({ name, to }) =>
        name.includes("mirroring") && machines.some((one) => one.fqdn === fqdn && to.includes(one.name)),
    )
    .flatMap(({ ports }) => ports);

const jobsSaid = (plan: Plan) => saidIn(plan, /@job_name = N'([^']+)'/g).flat();
/** Job names as the guest scripts build them, for every database of a plan. */
const jobsOf = ({ databaseSets }: Plan) =>
  ["Set-LogShippingPrimary.ps1", "Set-LogShippingSecondary.ps1"]
    .flatMap((script) => [...guestText(script).matchAll(/"(LS\w+_\$[^"]+)"/g)].map(([, name = ""]) => name))
    .flatMap((name) =>
      databaseSets.map(({ database, primary }) =>
        name.replace(`\${Primary}`, primary.server).replace("$Database", database),
      ),
    );

describe("commands of runbooks", () => {
  it("name guest steps that the stack registers", () => {
    const registered = figure1.map(({ name }) => name);
    expect(stepsSaid(planned("figure-1")).length).toBeGreaterThan(5);
    expect(stepsSaid(planned("figure-1")).filter((name) => !registered.includes(name))).toEqual([]);
  });

  it("name ports that are open on the machine", () => {
    expect(addressesSaid(planned("figure-1")).length).toBeGreaterThan(2);
    for (const plan of shippedStacks.map(planned)) {
      for (const [fqdn = "", port] of addressesSaid(plan))
        expect(mirroringPortsOf(plan, fqdn)).toContain(port);
    }
  });

  it("name jobs that the guest scripts create", () => {
    for (const plan of shippedStacks.map(planned)) {
      expect(jobsSaid(plan).length).toBeGreaterThan(2);
      expect(jobsSaid(plan).filter((name) => !jobsOf(plan).includes(name))).toEqual([]);
    }
  });

  it("name what any valid stack has", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        const { plan } = planLab(config);
        expect(stepsSaid(plan).filter((name) => !stepsOf(plan).includes(name))).toEqual([]);
        for (const [fqdn = "", port] of addressesSaid(plan))
          expect(mirroringPortsOf(plan, fqdn)).toContain(port);
        expect(jobsSaid(plan).filter((name) => !jobsOf(plan).includes(name))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});
