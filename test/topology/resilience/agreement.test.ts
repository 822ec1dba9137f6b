import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../../topology/model";
import { planLab } from "../../../topology/planLab";
import { siteOfPlan } from "../../../topology/resilience/ofPlan";
import { type Kind, resting, subjectOf } from "../../../topology/resilience/state";
import { validConfig } from "../../support/arbitraryConfig";
import { afterwards, watched } from "../../support/resilience";

/*
 * What the model says of a lab and what the scripts in its machines are told are two statements of the same facts.
 */

/** What the health step calls a copy of each kind. */
const called: Readonly<Partial<Record<Kind, string>>> = {
  principal: "PRINCIPAL",
  mirror: "MIRROR",
  standby: "RESTORING",
};

const stepOf = (plan: Plan, id: string) => plan.steps.find((step) => step.id === id)?.parameters ?? {};

/** What a plan tells its machines of a database, as the model would. */
function told(plan: Plan, database: string) {
  const found = plan.databaseSets.find((set) => set.database === database);
  if (found === undefined) throw new Error(`there is no ${database}`);
  const { primary, secondary } = found;
  const hosts = [primary.server, primary.mirror, secondary.server, secondary.mirror];
  const roles = hosts.map((host) => {
    const planned = host === undefined ? "" : (stepOf(plan, `${host}/health`).Databases ?? "");
    return planned
      .split(",")
      .find((one) => one.startsWith(`${database}:`))
      ?.split(":")[1];
  });
  const shipping = stepOf(plan, `${primary.server}/${database}-log-shipping-primary`);
  return {
    roles,
    witness: stepOf(plan, `${found[plan.site].server}/health`).Witness === "CONNECTED",
    mirroringWitness: stepOf(plan, `${primary.server}/${database}-mirroring`).Witness !== "none",
    interval: Number(shipping.IntervalMinutes),
    retention: Number(shipping.RetentionMinutes),
    secondary: shipping.Secondary,
    backupHost: /^\\\\([^.]+)/.exec(shipping.BackupShare ?? "")?.[1]?.toUpperCase(),
  };
}

describe("the model and the scripts", () => {
  it("say the same of any lab at rest: roles, witness, shipping", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        const { plan } = planLab(config);
        const site = siteOfPlan(plan);
        for (const database of site.databases) {
          const { copies, witnessed } = resting(subjectOf(site, database));
          const isAlone = !copies.some(({ kind }) => kind === "mirror");
          expect(told(plan, database.name)).toEqual({
            roles: copies.map(({ kind }) => (kind === "principal" && isAlone ? "ONLINE" : called[kind])),
            witness: witnessed.includes(true),
            mirroringWitness: database.sessions.primary.witness !== undefined,
            interval: database.intervalMinutes,
            retention: database.retentionMinutes,
            secondary: database.sessions.secondary.server,
            backupHost: database.backupHost,
          });
        }
      }),
      { numRuns: 25 },
    );
  });

  it("call a lab healthy whose partners changed places, once both agree again", () => {
    const script = readFileSync(join(__dirname, "..", "..", "..", "guest", "Confirm-SqlServer.ps1"), "utf8");
    // Partners that changed places are no fault to it, a session that is not in step is one.
    expect(script).toContain("$swapped = $held.Session -eq 'SYNCHRONIZED'");
    expect(script).toContain("if ($held.Session -ne 'SYNCHRONIZED') { $wrong +=");
    const kinds = (...ids: readonly string[]) =>
      afterwards(watched, ...ids)
        .copies.slice(0, 2)
        .map(({ kind, behind }) => `${kind} ${behind}`);
    const swapped = ["stops:A-SQL01", "returns:A-SQL01"] as const;
    expect(kinds(...swapped)).toEqual(["mirror 1", "principal 0"]);
    expect(kinds(...swapped, "interval")).toEqual(["mirror 0", "principal 0"]);
  });
});
