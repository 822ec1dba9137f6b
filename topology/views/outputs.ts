import type { DatabaseSet, Plan } from "../model";
import { siteOfPlan } from "../resilience/ofPlan";
import { activeServers } from "../resilience/site";
import { worstLoss } from "../resilience/survival";

/** What somebody needs to know to use a lab; the stack's outputs. */
export function labOutputs(plan: Plan) {
  const { pool, domain, adminUser, dataCenters } = plan;
  const site = siteOfPlan(plan);
  const active = activeServers(site, plan.site);
  const loss = Math.max(...plan.databaseSets.map(({ database }) => worstLoss(site, database)));
  const bastions = Object.values(dataCenters).flatMap(({ bastion }) => bastion ?? []);
  return {
    poolFqdn: pool.fqdn,
    site: plan.site,
    activeServers: active,
    idleServers: pool.servers.filter((name) => !active.includes(name)),
    frontEndPools: plan.frontEndPools.map(({ fqdn }) => fqdn),
    sqlInstances: Object.fromEntries(plan.databaseSets.map((set) => [set.database, instances(set)])),
    shares: Object.fromEntries(plan.shares.map(({ id, unc }) => [id, unc])),
    // While the secondary data center serves, nothing is anywhere else: no number of minutes tells it.
    worstCaseDataLossMinutes: Number.isFinite(loss) ? loss : "everything",
    bastions,
    logOn:
      bastions.length === 0
        ? `as ${domain.netbios}\\${adminUser}, by a way of your own: the lab has no Bastion host`
        : `through ${bastions.join(" or ")} as ${adminUser}@${domain.fqdn} with the password in adminPassword`,
  };
}

function instances({ primary, secondary }: DatabaseSet) {
  return {
    primary: primary.server,
    mirror: primary.mirror,
    ...(primary.witness === undefined ? {} : { witness: primary.witness }),
    secondary: secondary.server,
    ...(secondary.mirror === undefined ? {} : { secondaryMirror: secondary.mirror }),
    ...(secondary.witness === undefined ? {} : { secondaryWitness: secondary.witness }),
  };
}
