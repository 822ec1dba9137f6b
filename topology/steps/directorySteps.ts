import type { DataCenter, DataCenterId, Machine } from "../model";
import { folderOn } from "../parts/machines";
import { certificateAuthorityName, netbiosName } from "../parts/names";
import { makeStep, type PlannedStep, stepId } from "./step";

/** Sites replicate every quarter of an hour at least, and at once through change notification. */
const replicationMinutes = 15;

export interface DirectoryContext {
  readonly domain: string;
  readonly adminUser: string;
  readonly dataCenters: Readonly<Record<DataCenterId, DataCenter>>;
  readonly controllers: Readonly<Record<DataCenterId, Machine>>;
}

/** The step after which the domain answers. */
export function forestReady(controller: Machine): string {
  return stepId(controller.name, "forest-ready");
}

/** The step after which the second controller answers. */
export function replicaReady(controller: Machine): string {
  return stepId(controller.name, "replica-ready");
}

/**
 * One forest over two sites. The critical path of the whole lab begins here: forest, its readiness, then every join. The second
 * controller comes after its site, and nothing but the final verification waits for it.
 */
export function directorySteps(
  { domain, adminUser, dataCenters, controllers }: DirectoryContext,
  base: (machine: Machine) => readonly PlannedStep[],
): readonly PlannedStep[] {
  const { primary: first, secondary: second } = controllers;
  const own = (machine: Machine) => base(machine).map(({ id }) => id);
  const sites = [dataCenters.primary, dataCenters.secondary].map(
    ({ site, addressSpace }) => `${site}:${addressSpace}`,
  );
  const DatabasePath = folderOn("domainController", "Directory", "NTDS");
  const DomainName = domain;
  return [
    makeStep(
      first,
      "forest",
      "Install-Forest.ps1",
      { DomainName, NetbiosName: netbiosName(domain), OtherController: second.address, DatabasePath },
      own(first),
    ),
    makeStep(first, "forest-ready", "Confirm-DomainController.ps1", { DomainName }, [
      stepId(first.name, "forest"),
    ]),
    makeStep(
      first,
      "sites",
      "Set-DirectorySites.ps1",
      { DomainName, Sites: sites.join(","), ReplicationMinutes: String(replicationMinutes) },
      [forestReady(first)],
    ),
    makeStep(
      first,
      "certificate-authority",
      "Install-CertificateAuthority.ps1",
      { DomainName, CommonName: certificateAuthorityName(domain), AdminUser: adminUser },
      [stepId(first.name, "sites")],
    ),
    makeStep(
      second,
      "replica",
      "Install-ReplicaDomainController.ps1",
      {
        DomainName,
        SiteName: dataCenters.secondary.site,
        SourceDomainController: first.fqdn,
        SourceAddress: first.address,
        DatabasePath,
        AdminUser: adminUser,
      },
      [...own(second), stepId(first.name, "sites")],
    ),
    makeStep(second, "replica-ready", "Confirm-DomainController.ps1", { DomainName }, [
      stepId(second.name, "replica"),
    ]),
  ];
}
