import type { Config } from "../config/schema";
import type { Flow, Machine, MachineKind } from "../model";
import { sourcesOf } from "../parts/securityRules";
import { makeStep, type PlannedStep, stepId } from "./step";

/*
 * What every machine goes through before it has a function: disks, firewall, DNS client, Windows features, domain. The join ends with a
 * restart, so whatever precedes it must be finished: a script that is running when its machine restarts is lost. The restart is only asked
 * for when Azure has its answer; one step for each machine sees that it is over.
 */

/** Features of Persistent Chat servers. Message Queuing is documented, the others were seen in public installation scripts. */
const chatFeatures = [
  "MSMQ-Server",
  "MSMQ-Directory",
  "NET-Framework-Core",
  "RSAT-ADDS",
  "Windows-Identity-Foundation",
  "NET-WCF-HTTP-Activation45",
  "Web-Asp-Net45",
];

/** Features of Front End servers: https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/requirements-for-your-environment/server-requirements */
const frontEndFeatures = [
  "NET-Framework-Core",
  "RSAT-ADDS",
  "Windows-Identity-Foundation",
  "Web-Server",
  "Web-Static-Content",
  "Web-Default-Doc",
  "Web-Http-Errors",
  "Web-Dir-Browsing",
  "Web-Asp-Net",
  "Web-Net-Ext",
  "Web-ISAPI-Ext",
  "Web-ISAPI-Filter",
  "Web-Http-Logging",
  "Web-Log-Libraries",
  "Web-Request-Monitor",
  "Web-Http-Tracing",
  "Web-Basic-Auth",
  "Web-Windows-Auth",
  "Web-Client-Auth",
  "Web-Filtering",
  "Web-Stat-Compression",
  "Web-Dyn-Compression",
  "NET-WCF-HTTP-Activation45",
  "Web-Asp-Net45",
  "Web-Mgmt-Tools",
  "Web-Scripting-Tools",
  "Web-Mgmt-Compat",
  "Server-Media-Foundation",
  "BITS",
];

const features: Partial<Record<MachineKind, readonly string[]>> = {
  persistentChat: chatFeatures,
  frontEnd: frontEndFeatures,
};

/** Steps that need nothing but their own machine. */
export function baseSteps(
  machine: Machine,
  domain: string,
  flows: readonly Flow[],
  addressOf: (machine: string) => string,
): readonly PlannedStep[] {
  const rules = flows
    .filter((flow) => flow.to.includes(machine.name))
    .map((flow) =>
      [flow.name, flow.protocol, flow.ports.join("+"), sourcesOf(flow, addressOf).join("+")].join(":"),
    );
  const disks = machine.dataDisks.map((disk) => `${disk.lun}:${disk.letter}:${disk.label}:${disk.sizeGiB}`);
  return [
    ...(disks.length > 0
      ? [makeStep(machine, "data-disks", "Initialize-DataDisks.ps1", { Disks: disks.join(",") })]
      : []),
    ...(rules.length > 0
      ? [makeStep(machine, "firewall", "Set-Firewall.ps1", { Rules: rules.join(",") })]
      : []),
    ...(machine.kind === "domainController"
      ? []
      : [
          makeStep(machine, "dns-client", "Set-DnsClient.ps1", {
            DomainName: domain,
            Servers: machine.dnsServers.join(","),
          }),
        ]),
  ];
}

/**
 * Windows features, some of which Windows Update delivers: members ask the domain controllers for names, so the internet has none for
 * them before the forest is ready.
 */
export function prerequisiteSteps(
  machine: Machine,
  forestReady: string,
  media: Config["media"],
): readonly PlannedStep[] {
  const wanted = features[machine.kind];
  if (wanted === undefined) return [];
  return [
    makeStep(
      machine,
      "prerequisites",
      "Install-Prerequisites.ps1",
      {
        Features: wanted.join(","),
        // Cumulative update 9 supports 4.8: https://github.com/MicrosoftDocs/OfficeDocs-SkypeForBusiness/pull/4919
        Framework48: media?.update === undefined ? "blocked" : "allowed",
      },
      [forestReady],
    ),
  ];
}

/** Joins the domain once there is one and everything before the restart is done. */
export function joinStep(
  machine: Machine,
  domain: string,
  adminUser: string,
  base: readonly PlannedStep[],
  forestReady: string,
): PlannedStep {
  const after = [...base.map(({ id }) => id), forestReady];
  return makeStep(machine, "join", "Join-Domain.ps1", { DomainName: domain, AdminUser: adminUser }, after);
}

/** Waits until a machine is back from its join and known by name. What uses it, and all its own steps, come after this one. */
export function memberStep(machine: Machine, domain: string, controllers: readonly Machine[]): PlannedStep {
  return makeStep(
    machine,
    "member",
    "Confirm-Membership.ps1",
    {
      DomainName: domain,
      Address: machine.address,
      Controllers: controllers.map(({ address }) => address).join(","),
    },
    [stepId(machine.name, "join")],
  );
}

/** The step after which a machine is a member of the domain, and known by name. */
export function isMember(machine: string): string {
  return stepId(machine, "member");
}
