import { imageVersion } from "../azure/images";
import { hasZones } from "../azure/regions";
import type { DatabaseRole } from "../model";
import { partiesOf, roleDataCenter, sides } from "../parts/databases";
import { type Rule, when } from "./rule";

export const databaseRolesStandInTheirDataCenter: Rule = ({ plan }) =>
  plan.databaseSets.flatMap(({ database }) =>
    (Object.keys(roleDataCenter) as DatabaseRole[]).flatMap((role) =>
      plan.machines
        .filter(
          (machine) =>
            machine.roles.includes(`${database}-${role}`) && machine.dataCenter !== roleDataCenter[role],
        )
        .map((machine) => ({
          path: "databases",
          message: `${machine.name} is ${role} of ${database} but stands in the ${machine.dataCenter} data center.`,
          fix: `Place it in the ${roleDataCenter[role]} data center.`,
        })),
    ),
  );

/** Each role is a dedicated instance: no machine is two parties of one set. */
export const partiesOfASetAreSeparateMachines: Rule = ({ plan }) =>
  plan.databaseSets.flatMap((set) => {
    const names = sides(set).flatMap(partiesOf);
    return when(new Set(names).size !== names.length, () => ({
      path: "databases",
      message: `Two roles of ${set.database} share a machine: ${names.join(", ")}.`,
      fix: "Give each role a machine of its own; only different databases may share one.",
    }));
  });

/** With two of principal, mirror and witness gone the database stops, so no two may depend on the same zone. */
export const mirroringPartiesStandApart: Rule = ({ plan }) => {
  const zoneOf = (name: string) => {
    const placement = plan.machines.find((machine) => machine.name === name)?.placement;
    return placement?.kind === "zone" ? placement.zone : undefined;
  };
  return plan.databaseSets.flatMap((set) =>
    sides(set).flatMap((side) => {
      const names = partiesOf(side);
      const zones = names.map(zoneOf).filter((zone) => zone !== undefined);
      return when(new Set(zones).size !== zones.length, () => ({
        path: "databases",
        message: `Two of ${names.join(", ")} stand in one availability zone.`,
        fix: "Place principal, mirror and witness in zones of their own.",
      }));
    }),
  );
};

export const secondaryWitnessHasAMirror: Rule = ({ config: { databases } }) =>
  when(
    !databases.secondaryMirror && (databases.witnesses === "secondary" || databases.witnesses === "both"),
    () => ({
      path: "databases.witnesses",
      also: ["databases.secondaryMirror"],
      value: databases.witnesses,
      message: "A witness in the secondary data center has nothing to watch without a mirror there.",
      fix: "Set databases.secondaryMirror to true, or databases.witnesses to primary or none.",
    }),
  );

export const witnessRunsTheVersionOfItsPartners: Rule = ({ config: { machines } }) => {
  const [partners, witness] = [imageVersion(machines.sqlServer.image), imageVersion(machines.witness.image)];
  return when(partners !== undefined && witness !== undefined && partners !== witness, () => ({
    path: "machines.witness.image",
    also: ["machines.sqlServer.image"],
    value: machines.witness.image,
    message: `The witness would run SQL Server ${witness}, its partners ${partners}; all three parties of a session need the same version.`,
    fix: "Choose an image of the same version for both.",
  }));
};

export const alertsComeAfterTheInterval: Rule = ({ config: { databases } }) => {
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
};

export const backupsOutliveTheAlerts: Rule = ({ config: { databases } }) => {
  const { retentionMinutes, backupAlertMinutes, restoreAlertMinutes } = databases.logShipping;
  const alert = Math.max(backupAlertMinutes, restoreAlertMinutes);
  return when(retentionMinutes <= alert, () => ({
    path: "databases.logShipping.retentionMinutes",
    also: ["databases.logShipping.backupAlertMinutes", "databases.logShipping.restoreAlertMinutes"],
    value: retentionMinutes,
    message: `Backups would be deleted before an alert (after ${alert} minutes) says that they were not restored.`,
    fix: `Use more than ${alert}; SQL Server's own default is 4320 (three days).`,
  }));
};

export const backupShareSurvivesThePrimary: Rule = ({ config: { databases }, plan }) =>
  when(databases.backupShare === "primary", () => ({
    path: "databases.backupShare",
    value: "primary",
    message: `When the primary data center is lost, ${plan.databaseSets[0]?.logShipping.worstCaseDataLoss.because}: up to ${plan.databaseSets[0]?.logShipping.worstCaseDataLoss.minutes} minutes.`,
    fix: "Use secondary, unless this loss is what you want to rehearse.",
  }));

export const complianceHasItsOwnInstances: Rule = ({ config: { databases } }) =>
  when(databases.compliance === "shared", () => ({
    path: "databases.compliance",
    value: "shared",
    message:
      "Compliance would share the instances of mgc; Microsoft recommends standalone instances for high availability.",
    fix: "Use dedicated, or accept that one instance's failure moves both databases.",
  }));

/** An availability set of this lab has two fault domains, the number that every region offers. */
export const threePartiesHaveThreeFaultDomains: Rule = ({ config, plan }) =>
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
    }));
