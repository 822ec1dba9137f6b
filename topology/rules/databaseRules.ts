import { imageVersion } from "../azure/images";
import { hasZones } from "../azure/regions";
import { siteOfPlan } from "../resilience/ofPlan";
import { worstLoss } from "../resilience/survival";
import { error, warning, when } from "./rule";

export const secondaryWitnessHasAMirror = error(({ config: { databases } }) =>
  when(
    !databases.secondaryMirror && (databases.witnesses === "secondary" || databases.witnesses === "both"),
    () => ({
      path: "databases.witnesses",
      also: ["databases.secondaryMirror"],
      value: databases.witnesses,
      message: "A witness in the secondary data center has nothing to watch without a mirror there.",
      fix: "Set databases.secondaryMirror to true, or databases.witnesses to primary or none.",
    }),
  ),
);

export const witnessRunsTheVersionOfItsPartners = error(({ config: { machines } }) => {
  const [partners, witness] = [imageVersion(machines.sqlServer.image), imageVersion(machines.witness.image)];
  return when(partners !== undefined && witness !== undefined && partners !== witness, () => ({
    path: "machines.witness.image",
    also: ["machines.sqlServer.image"],
    value: machines.witness.image,
    message: `The witness would run SQL Server ${witness}, its partners ${partners}; all three parties of a session need the same version.`,
    fix: "Choose an image of the same version for both.",
  }));
});

export const alertsComeAfterTheInterval = error(({ config: { databases } }) => {
  const { intervalMinutes, backupAlertMinutes, restoreAlertMinutes } = databases.logShipping;
  const late = (key: string, minutes: number) =>
    when(minutes <= intervalMinutes, () => ({
      path: `databases.logShipping.${key}`,
      also: ["databases.logShipping.intervalMinutes"],
      value: minutes,
      message: `The jobs run every ${intervalMinutes} minutes, so this alert would be raised between two normal runs.`,
      fix: `Use more than ${intervalMinutes}, three intervals for instance (${3 * intervalMinutes}).`,
    }));
  return [
    ...late("backupAlertMinutes", backupAlertMinutes),
    ...late("restoreAlertMinutes", restoreAlertMinutes),
  ];
});

export const backupsOutliveTheAlerts = error(({ config: { databases } }) => {
  const { retentionMinutes, backupAlertMinutes, restoreAlertMinutes } = databases.logShipping;
  const alert = Math.max(backupAlertMinutes, restoreAlertMinutes);
  return when(retentionMinutes <= alert, () => ({
    path: "databases.logShipping.retentionMinutes",
    also: ["databases.logShipping.backupAlertMinutes", "databases.logShipping.restoreAlertMinutes"],
    value: retentionMinutes,
    message: `Backups would be deleted before an alert (after ${alert} minutes) says that they were not restored.`,
    fix: `Use more than ${alert}; 20160 is two weeks.`,
  }));
});

export const backupShareSurvivesThePrimary = warning(({ config: { databases }, plan }) =>
  when(databases.backupShare === "primary" && plan.site === "primary", () => ({
    path: "databases.backupShare",
    value: "primary",
    message: `When the primary data center is lost, the backups that were not copied yet are lost with their share: up to ${worstLoss(siteOfPlan(plan), "mgc")} minutes.`,
    fix: "Use secondary, unless this loss is what you want to rehearse.",
  })),
);

/** Nothing is shipped back to the primary data center while the secondary one serves. */
export const theOnlyCopiesAreProtected = warning(({ config: { protectData }, plan }) =>
  when(plan.site === "secondary" && !protectData, () => ({
    path: "protectData",
    also: ["site"],
    value: false,
    message:
      "While the secondary data center serves, it has the only copies of the databases, and they would not be protected.",
    fix: "Set protectData to true, or bring the service back first (lab runbook fail-back) and set site to primary.",
  })),
);

export const theServingSecondaryHasAMirror = warning(({ config: { databases }, plan }) =>
  when(plan.site === "secondary" && !databases.secondaryMirror, () => ({
    path: "site",
    also: ["databases.secondaryMirror"],
    value: "secondary",
    message: `${plan.databaseSets.map(({ secondary }) => secondary.server).join(" and ")} alone would have all data until the service is back.`,
    fix: "Set databases.secondaryMirror to true, and follow lab runbook repair-mirror-secondary.",
  })),
);

/** What a failover needs of the share that is lost with the primary data center. */
export const theServingSecondaryHasTheShares = warning(({ config: { databases, pool }, plan }) =>
  plan.site === "primary"
    ? []
    : [
        ...when(databases.backupShare === "primary", () => ({
          path: "databases.backupShare",
          also: ["site"],
          value: "primary",
          message:
            "The backup share stands in the data center that may be lost: without it nothing is mirrored or brought back.",
          fix: "Set databases.backupShare to secondary and deploy that; logs are shipped over it once the service is back.",
        })),
        ...when(pool.fileStore === "primary", () => ({
          path: "pool.fileStore",
          also: ["site"],
          value: "primary",
          message:
            "The pool's file store stands in the data center that may be lost: no files can be sent then.",
          fix: "Give the pool a file store in the secondary data center in Topology Builder, and set pool.fileStore to secondary.",
        })),
      ],
);

export const complianceHasItsOwnInstances = warning(({ config: { databases } }) =>
  when(databases.compliance === "shared", () => ({
    path: "databases.compliance",
    value: "shared",
    message:
      "Compliance would share the instances of mgc; Microsoft recommends standalone instances for high availability.",
    fix: "Use dedicated, or accept that one instance's failure moves both databases.",
  })),
);

/** An availability set of this lab has two fault domains, the number that every region offers. */
export const threePartiesHaveThreeFaultDomains = warning(({ config, plan }) =>
  (["primary", "secondary"] as const)
    .filter((id) => plan.dataCenters[id].faultIsolation === "availability-sets")
    // Of a region that nobody knows this is a guess, and that it is unknown is said already.
    .filter(
      (id) =>
        config.dataCenters[id].faultIsolation !== undefined ||
        hasZones(plan.dataCenters[id].region) === false,
    )
    .filter((id) => plan.machines.some(({ kind, dataCenter }) => kind === "witness" && dataCenter === id))
    .map((id) => ({
      path: `dataCenters.${id}`,
      also: ["databases.witnesses"],
      message:
        "An availability set has two fault domains, so two of principal, mirror and witness share a rack, and a database stops when both are lost.",
      fix: "Use a region with zones where automatic failover must survive the loss of a rack.",
    })),
);
