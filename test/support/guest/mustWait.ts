import type { Plan, Step } from "../../../topology/model";
import type { ScriptName } from "../../../topology/steps/scripts";

/** Where what a step waits for runs: on its own machine, elsewhere in its data center, in the other one, in the primary one, or anywhere. */
type Where = "own" | "near" | "far" | "primary" | "anywhere";

/**
 * What must wait for what by the nature of Windows, Active Directory and SQL Server, by script, and why. Stated here a second time, so that
 * a needless wait in the plan shows: a wait that is not here is one.
 */
export const mustWait: readonly (readonly [
  step: ScriptName,
  after: ScriptName,
  where: Where,
  why: string,
])[] = [
  ["Install-Forest.ps1", "Initialize-DataDisks.ps1", "own", "the directory's files go to the data disk"],
  ["Install-Forest.ps1", "Set-Firewall.ps1", "own", "a script that runs when its machine restarts is lost"],
  [
    "Confirm-DomainController.ps1",
    "Install-Forest.ps1",
    "own",
    "it waits for the boot that ends the promotion",
  ],
  ["Set-DirectorySites.ps1", "Confirm-DomainController.ps1", "own", "there must be a directory"],
  [
    "Install-CertificateAuthority.ps1",
    "Set-DirectorySites.ps1",
    "own",
    "both write to the configuration of the forest",
  ],
  [
    "Install-ReplicaDomainController.ps1",
    "Initialize-DataDisks.ps1",
    "own",
    "the directory's files go to the data disk",
  ],
  [
    "Install-ReplicaDomainController.ps1",
    "Set-Firewall.ps1",
    "own",
    "a script that runs when its machine restarts is lost",
  ],
  ["Install-ReplicaDomainController.ps1", "Set-DirectorySites.ps1", "far", "it is promoted into its site"],
  [
    "Confirm-DomainController.ps1",
    "Install-ReplicaDomainController.ps1",
    "own",
    "it waits for the boot that ends the promotion",
  ],
  [
    "Install-Prerequisites.ps1",
    "Confirm-DomainController.ps1",
    "primary",
    "Windows Update has no name for a member before there is a forest",
  ],
  [
    "Join-Domain.ps1",
    "Initialize-DataDisks.ps1",
    "own",
    "a script that runs when its machine restarts is lost",
  ],
  ["Join-Domain.ps1", "Set-Firewall.ps1", "own", "a script that runs when its machine restarts is lost"],
  ["Join-Domain.ps1", "Set-DnsClient.ps1", "own", "the domain is found through DNS"],
  [
    "Join-Domain.ps1",
    "Install-Prerequisites.ps1",
    "own",
    "a script that runs when its machine restarts is lost",
  ],
  ["Join-Domain.ps1", "Confirm-DomainController.ps1", "primary", "there must be a domain to join"],
  [
    "Confirm-Membership.ps1",
    "Join-Domain.ps1",
    "own",
    "it sees the end of the restart that the join asks for",
  ],
  [
    "New-Share.ps1",
    "Confirm-Membership.ps1",
    "anywhere",
    "it names computer accounts, which must be known where its machine asks",
  ],
  ["Get-Media.ps1", "Confirm-Membership.ps1", "own", "the restart of the join would break a download"],
  ["Install-CoreComponents.ps1", "Get-Media.ps1", "own", "they are on the media"],
  ["Install-UrlRewrite.ps1", "Get-Media.ps1", "own", "Windows installs one package at a time"],
  ["Install-CoreComponents.ps1", "Install-UrlRewrite.ps1", "own", "Windows installs one package at a time"],
  ["Install-CoreUpdate.ps1", "Install-CoreComponents.ps1", "own", "it brings them up to date"],
  ["Install-LocalStore.ps1", "Install-CoreComponents.ps1", "own", "the core components install it"],
  ["Install-LocalStore.ps1", "Install-CoreUpdate.ps1", "own", "the update mends what installs it"],
  ["Initialize-SkypeDirectory.ps1", "Install-CoreUpdate.ps1", "own", "the update changes its cmdlets' files"],
  [
    "Initialize-SkypeDirectory.ps1",
    "Install-CoreComponents.ps1",
    "own",
    "the core components bring its cmdlets",
  ],
  [
    "Set-SqlInstance.ps1",
    "Confirm-Membership.ps1",
    "own",
    "the domain's administrators get into SQL Server, and its restart must be over",
  ],
  ["New-MirroringEndpoint.ps1", "Set-SqlInstance.ps1", "own", "SQL Server must let SYSTEM in"],
  [
    "New-MirroringEndpoint.ps1",
    "Confirm-Membership.ps1",
    "anywhere",
    "it makes logins for computer accounts of other machines",
  ],
  [
    "New-PlaceholderDatabase.ps1",
    "Set-SqlInstance.ps1",
    "own",
    "SQL Server must let SYSTEM in, and know its folders",
  ],
  [
    "New-PlaceholderDatabase.ps1",
    "New-MirroringEndpoint.ps1",
    "near",
    "it asks the partner whether that serves the database already",
  ],
  ["Set-Mirroring.ps1", "New-PlaceholderDatabase.ps1", "near", "there must be a database to mirror"],
  ["Set-Mirroring.ps1", "New-MirroringEndpoint.ps1", "own", "partners talk through endpoints"],
  ["Set-Mirroring.ps1", "New-MirroringEndpoint.ps1", "near", "partners and witness talk through endpoints"],
  ["Set-Mirroring.ps1", "New-Share.ps1", "anywhere", "the backup for the mirror goes over the backup share"],
  ["Set-Mirroring.ps1", "Set-Mirroring.ps1", "near", "the mirror names its partner first"],
  ["Set-Heartbeat.ps1", "Set-Mirroring.ps1", "own", "its table must reach the mirror"],
  [
    "Set-LogShippingPrimary.ps1",
    "Set-Mirroring.ps1",
    "own",
    "a log backup before the pairing would be missing on the mirror",
  ],
  [
    "Set-LogShippingSecondary.ps1",
    "Set-LogShippingPrimary.ps1",
    "far",
    "the primary comes first in Microsoft's procedure",
  ],
  ["Set-LogShippingSecondary.ps1", "Set-SqlInstance.ps1", "own", "SQL Server must let SYSTEM in"],
  ["Set-LogShippingSecondary.ps1", "New-Share.ps1", "own", "its jobs copy to the copy share"],
  [
    "Set-LogShippingPrimary.ps1",
    "Set-LogShippingSecondary.ps1",
    "far",
    "the mirror becomes the second primary last",
  ],
  ["Confirm-SqlServer.ps1", "Set-SqlInstance.ps1", "own", "it tells what holds in the end"],
  ["Confirm-SqlServer.ps1", "New-MirroringEndpoint.ps1", "own", "it tells what holds in the end"],
  ["Confirm-SqlServer.ps1", "Set-LogShippingSecondary.ps1", "own", "it tells what holds in the end"],
  ["Confirm-SqlServer.ps1", "Set-Heartbeat.ps1", "own", "it tells what holds in the end"],
  ["Confirm-SqlServer.ps1", "Set-Heartbeat.ps1", "near", "partners change places on the way"],
  ["Confirm-SqlServer.ps1", "Set-LogShippingPrimary.ps1", "own", "it tells what holds in the end"],
  ["Confirm-SqlServer.ps1", "Set-LogShippingPrimary.ps1", "near", "partners change places on the way"],
  ["Confirm-SqlServer.ps1", "New-Share.ps1", "anywhere", "it looks at the shares that its machine may use"],
  ["Confirm-DataCenter.ps1", "Install-CertificateAuthority.ps1", "own", "it tells what holds in the end"],
  ["Confirm-DataCenter.ps1", "Confirm-Membership.ps1", "near", "it tells what holds in the end"],
  ["Confirm-DataCenter.ps1", "New-Share.ps1", "near", "it tells what holds in the end"],
  ["Confirm-DataCenter.ps1", "Confirm-SqlServer.ps1", "near", "it tells what holds in the end"],
  ["Confirm-DataCenter.ps1", "Install-LocalStore.ps1", "near", "it tells what holds in the end"],
  ["Confirm-DataCenter.ps1", "Initialize-SkypeDirectory.ps1", "near", "it tells what holds in the end"],
  [
    "Confirm-DataCenter.ps1",
    "Confirm-DomainController.ps1",
    "anywhere",
    "replication may fail until both controllers answer",
  ],
];

/** A wait in a plan, by the allowedBy that allow it; none allows a needless one. */
export interface Wait {
  readonly step: string;
  readonly after: string;
  readonly allowedBy: readonly number[];
}

/** Every wait of a plan. */
export function waitsOf({ steps, machines }: Plan): readonly Wait[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const placeOf = new Map(machines.map(({ name, dataCenter }) => [name, dataCenter]));
  const fits = (where: Where, step: Step, other: Step) => {
    if (where === "anywhere") return true;
    if (where === "primary") return placeOf.get(other.machine) === "primary";
    if (where === "own") return step.machine === other.machine;
    const near = placeOf.get(step.machine) === placeOf.get(other.machine);
    return where === "near" ? near && step.machine !== other.machine : !near;
  };
  return steps.flatMap((step) =>
    step.after.map((id) => {
      const other = byId.get(id);
      if (other === undefined) throw new Error(`${step.id} waits for ${id}, which is no step`);
      const allowedBy = mustWait.flatMap(([script, after, where], index) =>
        script === step.script && after === other.script && fits(where, step, other) ? [index] : [],
      );
      return { step: step.id, after: id, allowedBy };
    }),
  );
}
