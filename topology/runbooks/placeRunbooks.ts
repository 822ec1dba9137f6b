import type { Plan } from "../model";
import { again, type Draft, labOf } from "./draft";
import { cli, windows } from "./labNames";

/* What is done about shares, the directory and the link. */

export function shares(plan: Plan): readonly Draft[] {
  const lab = labOf(plan);
  const named = {
    "chat-file-store": "file-store-lost",
    "log-shipping-copy": "copy-share-lost",
  } as const;
  const seen = new Set<string>();
  return plan.shares.flatMap(({ purpose, host, unc }): readonly Draft[] => {
    if (purpose !== "chat-file-store" && purpose !== "log-shipping-copy") return [];
    if (seen.has(purpose)) return [];
    seen.add(purpose);
    const step = `${host}-${purpose}`;
    return [
      {
        name: named[purpose],
        title: `bring ${unc} back`,
        when:
          purpose === "chat-file-store"
            ? "files cannot be sent: the share's machine or its disk is gone; rooms go on"
            : "copies of log backups find no place: the share or its folder is gone",
        minutes: 20,
        commands: [
          again(host, lab.groupOf(host)),
          cli("Pulumi CLI", {
            title: "make the share again, empty",
            command: `pulumi up --replace '**::${step}'`,
            expect: "Pulumi shows this guest step as replaced, asks, and ends without an error",
            waitMinutes: 20,
            open:
              purpose === "chat-file-store"
                ? "No source says what Persistent Chat does with links to files that are gone."
                : "",
          }),
        ],
      },
    ];
  });
}

export function controller(plan: Plan): Draft {
  const lab = labOf(plan);
  const controllers = plan.machines.filter(({ kind }) => kind === "domainController");
  const [first, second] = controllers.map(({ name }) => name);
  const left = second ?? "";
  return {
    name: "directory-controller-lost",
    title: `seize the roles of the directory on ${left}`,
    when: `${first} is lost for good; one that only stopped is started, and nothing is seized`,
    minutes: 10,
    commands: [
      windows(lab, left, {
        title: "see who holds the roles",
        command: "netdom query fsmo",
        expect: `five lines; those that name ${first} are to be moved`,
      }),
      windows(lab, left, {
        title: "seize them",
        command: `Move-ADDirectoryServerOperationMasterRole -Identity ${left} -OperationMasterRole "SchemaMaster","DomainNamingMaster","PDCEmulator","RIDMaster","InfrastructureMaster" -Force -Confirm:$false`,
        expect: `netdom query fsmo names ${left} five times`,
        waitMinutes: 10,
        repeatable: true,
        otherwise: `It is refused while ${first} answers: then nothing must be seized.`,
      }),
      windows(lab, first ?? "", {
        title: `promote the new ${first} by hand, once pulumi up has made its machine`,
        command: `Install-ADDSDomainController -DomainName ${plan.domain.fqdn} -InstallDns -Credential (Get-Credential -UserName "${lab.admin}" -Message "${plan.domain.fqdn}")`,
        expect: "it asks for passwords, and the machine restarts as a controller",
        waitMinutes: 30,
        repeatable: false,
        otherwise: `Leave ${first} out: the lab goes on with ${left}.`,
        open: `The lab's own step refuses to make a second forest beside ${left}, and fails on ${first} until the lab is made anew.`,
      }),
    ],
  };
}

export function link(plan: Plan): Draft {
  const { primary, secondary } = plan.dataCenters;
  return {
    name: "link-cut",
    title: "mend the peering between the data centers",
    when: "databases go on and no log is shipped; active servers far from the database have lost it",
    minutes: 10,
    commands: [primary, secondary].flatMap(({ resourceGroup, virtualNetwork, peering }) => [
      cli("Azure CLI", {
        title: `see the peering from ${virtualNetwork}`,
        command: `az network vnet peering show --resource-group ${resourceGroup} --vnet-name ${virtualNetwork} --name ${peering} --query peeringState --output tsv`,
        expect: "Connected",
        otherwise: "Disconnected, or not found: pulumi refresh, then pulumi up.",
      }),
    ]),
  };
}
