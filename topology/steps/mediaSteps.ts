import type { Config } from "../config/schema";
import type { Machine } from "../model";
import { isMember } from "./machineSteps";
import { makeStep, type PlannedStep, stepId } from "./step";

/** Where the media goes; the system disk is what every machine has. */
const Folder = "C:\\SfbMedia";

/**
 * Skype for Business' own setup, as far as it goes without a topology, which only Microsoft's wizard can make. It begins after the join:
 * the restart of the join would break a download that is under way. On a machine one comes after the other, since Windows installs
 * one package at a time.
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
  const { identity: Identity, update, urlRewrite } = media;
  const from = ({ url, sha256 }: { url: string; sha256: string }) => ({
    Url: url,
    Sha256: sha256,
    Identity,
    Folder,
  });
  const last = update === undefined ? "core-components" : "core-update";
  return takers.flatMap((machine) => {
    const after = (name: string) => [stepId(machine.name, name)];
    const rewrites = machine.kind === "frontEnd" && urlRewrite !== undefined;
    return [
      makeStep(machine, "media", "Get-Media.ps1", from(media), [isMember(machine.name)]),
      ...(rewrites
        ? [makeStep(machine, "url-rewrite", "Install-UrlRewrite.ps1", from(urlRewrite), after("media"))]
        : []),
      makeStep(
        machine,
        "core-components",
        "Install-CoreComponents.ps1",
        { Folder },
        after(rewrites ? "url-rewrite" : "media"),
      ),
      ...(update === undefined
        ? []
        : [
            makeStep(
              machine,
              "core-update",
              "Install-CoreUpdate.ps1",
              from(update),
              after("core-components"),
            ),
          ]),
      makeStep(machine, "local-store", "Install-LocalStore.ps1", { Folder }, after(last)),
      ...(machine === first
        ? [
            makeStep(
              machine,
              "directory-preparation",
              "Initialize-SkypeDirectory.ps1",
              { DomainName: domain, AdminUser: adminUser },
              after(last),
            ),
          ]
        : []),
    ];
  });
}
