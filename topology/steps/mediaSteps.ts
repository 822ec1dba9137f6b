import type { Config } from "../config/schema";
import type { Machine } from "../model";
import { isMember } from "./machineSteps";
import { makeStep, type PlannedStep, stepId } from "./step";

/** Where the media goes; the system disk is what every machine has. */
const Folder = "C:\\SfbMedia";

/**
 * Skype for Business' own setup, as far as it goes without a topology, which only Microsoft's wizard can make. It begins after the join:
 * the restart of the join would break a download that is under way.
 */
export function mediaSteps(
  media: Config["media"],
  machines: readonly Machine[],
  domain: string,
  adminUser: string,
): readonly PlannedStep[] {
  const takers = machines.filter(({ identity }) => identity !== undefined);
  const first = takers.find(({ kind }) => kind === "frontEnd");
  if (media === undefined || first === undefined) return [];
  const { url: Url, sha256: Sha256, identity: Identity } = media;
  return [
    ...takers.flatMap((machine) => [
      makeStep(machine, "media", "Get-Media.ps1", { Url, Sha256, Identity, Folder }, [
        isMember(machine.name),
      ]),
      makeStep(machine, "core-components", "Install-CoreComponents.ps1", { Folder }, [
        stepId(machine.name, "media"),
      ]),
      makeStep(machine, "local-store", "Install-LocalStore.ps1", { Folder }, [
        stepId(machine.name, "core-components"),
      ]),
    ]),
    makeStep(
      first,
      "directory-preparation",
      "Initialize-SkypeDirectory.ps1",
      { DomainName: domain, AdminUser: adminUser },
      [stepId(first.name, "core-components")],
    ),
  ];
}
