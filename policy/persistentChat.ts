/* What the plan for Persistent Chat asks of its machines and shares. */

import { list, text } from "../simulator/arm/inputs";
import { tokens } from "../simulator/arm/resourceTypes";
import { hasRole, holdsData, receivesLogs, rolesOf, servesDatabases, sessions } from "./machines";
import { each, type Policy, type PolicyResource } from "./policy";

const plan =
  "https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/persistent-chat-server/high-availability-and-disaster-recovery";

export const resourcesStandInTwoRegions: Policy = {
  id: "resources-stand-in-two-regions",
  severity: "mandatory",
  why: "The plan has two data centers; a resource in a third region fails with neither.",
  source: plan,
  find: (resources) => {
    const regions = new Set(
      resources.filter(({ type }) => type === tokens.group).map(({ inputs }) => text(inputs, "location")),
    );
    return resources
      .filter(({ inputs }) => text(inputs, "location") !== "" && !regions.has(text(inputs, "location")))
      .map(({ name, inputs }) => ({
        resource: name,
        message: `It stands in ${text(inputs, "location")}, where no data center is.`,
      }));
  },
};

export const mirroringPartiesStandApart: Policy = {
  id: "mirroring-parties-stand-apart",
  severity: "mandatory",
  why: "With two of principal, mirror and witness gone the database stops.",
  source:
    "https://learn.microsoft.com/sql/database-engine/database-mirroring/quorum-how-a-witness-affects-database-availability-database-mirroring",
  find: (resources) =>
    sessions.flatMap((roles) => {
      const parties = resources.filter((one) => hasRole(one, roles));
      const zones = parties.map(({ inputs }) => list(inputs, "zones").join()).filter((zone) => zone !== "");
      return new Set(zones).size === zones.length
        ? []
        : [
            {
              resource: parties[0]?.name ?? "",
              message: `Two of ${parties.map(({ name }) => name).join(", ")} stand in one zone.`,
            },
          ];
    }),
};

export const noAvailabilityGroups: Policy = {
  id: "no-availability-groups",
  severity: "mandatory",
  why: "Persistent Chat supports mirroring and log shipping; a load balancer is what a listener of an Availability Group needs.",
  source: plan,
  find: each("azure-native:network:LoadBalancer", () => "A load balancer has no place in this lab."),
};

export const chatServersAreNoFrontEnds: Policy = {
  id: "chat-servers-are-no-front-ends",
  severity: "mandatory",
  why: "Persistent Chat is not supported on an Enterprise Edition Front End.",
  source: plan,
  find: each(tokens.machine, (machine) =>
    ["persistent-chat", "front-end"].every((role) => rolesOf(machine).includes(role))
      ? "It is a Persistent Chat server and a Front End."
      : undefined,
  ),
};

export const dataIsProtected: Policy = {
  id: "data-is-protected",
  severity: "advisory",
  why: "Replacing one of these loses a directory, a database or files.",
  source: "https://www.pulumi.com/docs/iac/concepts/options/protect/",
  find: each(tokens.machine, (machine) =>
    holdsData(machine) && !machine.protect ? "It holds data and may be deleted." : undefined,
  ),
};

const parameterOf = ({ inputs }: PolicyResource, name: string): string =>
  text(
    list(inputs, "parameters").find((one) => text(one, "name") === name),
    "value",
  );

export const backupShareIsOpenToEveryDatabaseServer: Policy = {
  id: "backup-share-is-open-to-every-database-server",
  severity: "mandatory",
  why: "All SQL Servers in both data centers that run Persistent Chat databases must have read/write access to it.",
  source: plan,
  find: each(tokens.runCommand, (step, all) => {
    if (text(step.inputs, "runCommandName") !== "log-shipping-backup") return undefined;
    const open = parameterOf(step, "ReadWrite");
    const shut = all
      .filter(servesDatabases)
      .map(({ inputs }) => text(inputs, "vmName"))
      .filter((name) => !open.includes(`\\${name}$`));
    return shut.length === 0 ? undefined : `${shut.join(", ")} may not write to the backup share.`;
  }),
};

export const copyShareStandsOnTheSecondary: Policy = {
  id: "copy-share-stands-on-the-secondary",
  severity: "mandatory",
  why: "It is the destination folder on the secondary database server.",
  source: plan,
  find: each(tokens.runCommand, (step, all) => {
    if (text(step.inputs, "runCommandName") !== "log-shipping-copy") return undefined;
    const machine = text(step.inputs, "vmName");
    // A preview does not know the name of a machine that is still to be made; the step's own name begins with it.
    const isHost = (name: string) => (machine === "" ? step.name.startsWith(`${name}-`) : name === machine);
    const host = all.find((one) => one.type === tokens.machine && isHost(text(one.inputs, "vmName")));
    return host !== undefined && receivesLogs(host)
      ? undefined
      : "The copy share stands on no log-shipping secondary.";
  }),
};
