/* What holds for any lab of old machines in Azure. */

import { at, list, text } from "../simulator/arm/inputs";
import { tokens } from "../simulator/arm/resourceTypes";
import { isDomainController, stopsDaily } from "./machines";
import { each, type Policy, type PolicyResource } from "./policy";

const rulesOf = ({ inputs }: PolicyResource) =>
  list(inputs, "securityRules").filter((rule) => text(rule, "direction") === "Inbound");

function sourcesOf(rule: unknown): readonly string[] {
  return [text(rule, "sourceAddressPrefix"), ...list(rule, "sourceAddressPrefixes").map(String)];
}

export const machinesHaveNoPublicAddress: Policy = {
  id: "machines-have-no-public-address",
  severity: "mandatory",
  why: "Operators come through Azure Bastion; a machine of this age must not be reachable from outside.",
  source: "https://learn.microsoft.com/azure/bastion/bastion-overview",
  find: each(tokens.nic, ({ inputs }) =>
    list(inputs, "ipConfigurations").some((one) => at(one, "publicIPAddress") !== undefined)
      ? "This network interface has a public address."
      : undefined,
  ),
};

export const nothingIsOpenToTheInternet: Policy = {
  id: "nothing-is-open-to-the-internet",
  severity: "mandatory",
  why: "The product is out of support, and its machines take no updates by themselves.",
  source: "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview",
  find: each(tokens.securityGroup, (group) => {
    const open = rulesOf(group).find(
      (rule) =>
        text(rule, "access") === "Allow" &&
        sourcesOf(rule).some((one) => /^(\*|Internet|0\.0\.0\.0\/0)$/i.test(one)),
    );
    return open === undefined ? undefined : `The rule ${text(open, "name")} lets the whole internet in.`;
  }),
};

export const theRestOfTheNetworkIsDenied: Policy = {
  id: "the-rest-of-the-network-is-denied",
  severity: "mandatory",
  why: "Azure's own rules let everything within the virtual networks pass; a lab that works only by that proves nothing about its ports.",
  source:
    "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules",
  find: each(tokens.securityGroup, (group) =>
    rulesOf(group).some(
      (rule) => text(rule, "access") === "Deny" && sourcesOf(rule).includes("VirtualNetwork"),
    )
      ? undefined
      : "No rule denies the rest of the virtual network.",
  ),
};

export const secretsAreProtected: Policy = {
  id: "secrets-are-protected",
  severity: "mandatory",
  why: "Parameters of a run command can be read by everybody who may read the machine; protected ones cannot.",
  source: "https://learn.microsoft.com/azure/virtual-machines/windows/run-command-managed",
  find: each(tokens.runCommand, ({ inputs }) => {
    const open = list(inputs, "parameters").find((one) =>
      /password|secret|token|key/i.test(text(one, "name")),
    );
    return open === undefined ? undefined : `The parameter ${text(open, "name")} is not a protected one.`;
  }),
};

export const machinesStartTrusted: Policy = {
  id: "machines-start-trusted",
  severity: "advisory",
  why: "Secure boot and a virtual TPM cost nothing where the image takes them.",
  source: "https://learn.microsoft.com/azure/virtual-machines/trusted-launch",
  find: each(tokens.machine, ({ inputs }) =>
    /gen2|gensecond/.test(text(inputs, "storageProfile.imageReference.sku")) &&
    text(inputs, "securityProfile.securityType") !== "TrustedLaunch"
      ? "Its image could start trusted, and it does not."
      : undefined,
  ),
};

export const disksHaveASize: Policy = {
  id: "disks-have-a-size",
  severity: "mandatory",
  why: "Azure refuses an empty disk without one, and what it costs is decided by it.",
  source: "https://learn.microsoft.com/azure/virtual-machines/disks-types",
  find: each(tokens.disk, ({ inputs }) => (Number(inputs.diskSizeGB) > 0 ? undefined : "It has no size.")),
};

export const machinesStopEveryDay: Policy = {
  id: "machines-stop-every-day",
  severity: "advisory",
  why: "A forgotten lab costs hundreds of dollars a day; only domain controllers do better to run on.",
  source: "https://learn.microsoft.com/azure/virtual-machines/auto-shutdown-vm",
  find: each(tokens.machine, (machine, all) =>
    isDomainController(machine) || stopsDaily(machine, all) ? undefined : "No daily stop is on for it.",
  ),
};

export const failedScriptsFailTheDeployment: Policy = {
  id: "failed-scripts-fail-the-deployment",
  severity: "mandatory",
  why: "Azure's default reports success although the script failed.",
  source: "https://learn.microsoft.com/azure/virtual-machines/windows/run-command-managed",
  find: each(tokens.runCommand, ({ inputs }) =>
    inputs.treatFailureAsDeploymentFailure === true ? undefined : "Its failure would go unnoticed.",
  ),
};

export const machinesSayWhatTheyAre: Policy = {
  id: "machines-say-what-they-are",
  severity: "mandatory",
  why: "Runbooks, drills and bills find machines by these tags.",
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources",
  find: each(tokens.machine, ({ inputs }) => {
    const missing = ["lab", "dataCenter", "role"].filter((tag) => text(inputs, `tags.${tag}`) === "");
    return missing.length === 0 ? undefined : `It has no tag ${missing.join(", ")}.`;
  }),
};
