import type { Plan, SharePurpose } from "../model";
import { find } from "../parts/invariants";
import type { Site } from "./site";

/** What failing is about in a plan. */
export function siteOfPlan(plan: Plan): Site {
  const named = (purpose: SharePurpose) => {
    const { id, host } = find(plan.shares, `share for ${purpose}`, (share) => share.purpose === purpose);
    return { id, host };
  };
  const backup = named("log-shipping-backup");
  return {
    servedFrom: plan.site,
    machines: Object.fromEntries(plan.machines.map(({ name, dataCenter }) => [name, dataCenter])),
    zones: Object.fromEntries(
      plan.machines.flatMap(({ name, placement }) =>
        placement.kind === "zone" ? [[name, String(placement.zone)]] : [],
      ),
    ),
    databases: plan.databaseSets.map(({ database, primary, secondary, logShipping }) => ({
      name: database,
      sessions: { primary, secondary },
      intervalMinutes: logShipping.intervalMinutes,
      retentionMinutes: logShipping.retentionMinutes,
      backupHost: backup.host,
    })),
    chatServers: plan.machines.flatMap(({ name, active }) =>
      active === undefined ? [] : [{ name, active }],
    ),
    frontEndPools: plan.frontEndPools.map(({ dataCenter, servers, backEnd, fileStore }) => ({
      side: dataCenter,
      servers,
      backEnd,
      fileStoreHost: find(plan.shares, fileStore, ({ id }) => id === fileStore).host,
    })),
    controllers: plan.machines.filter(({ kind }) => kind === "domainController").map(({ name }) => name),
    fileStore: named("chat-file-store"),
    backupShare: backup,
    nearLink: plan.link === "high-bandwidth-low-latency",
  };
}
