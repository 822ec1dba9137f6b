import type { Machine, Step } from "../model";
import { type ScriptName, type ScriptParameters, scripts } from "../scripts";

/**
 * Minutes of work inside the machine: low, typical, high. Estimates from public logs of similar labs (restart included where the script
 * ends with one); nobody has timed these scripts yet.
 */
const minutes: Readonly<Record<ScriptName, readonly [number, number, number]>> = {
  "Initialize-DataDisks.ps1": [0.2, 0.5, 1],
  "Set-Firewall.ps1": [0.2, 0.3, 1],
  "Set-DnsClient.ps1": [0.1, 0.2, 0.5],
  "Install-Forest.ps1": [6, 9, 25],
  "Install-ReplicaDomainController.ps1": [6, 9, 16],
  "Confirm-DomainController.ps1": [2, 3, 5],
  "Set-DirectorySites.ps1": [0.5, 1, 2],
  "Install-CertificateAuthority.ps1": [2, 4, 8],
  "Install-Prerequisites.ps1": [5, 10, 20],
  "Join-Domain.ps1": [3, 4, 7],
  "Get-Media.ps1": [2, 5, 15],
  "Install-CoreComponents.ps1": [2, 4, 8],
  "Initialize-SkypeDirectory.ps1": [3, 6, 15],
  "Install-LocalStore.ps1": [4, 8, 15],
  "New-Share.ps1": [0.3, 0.5, 2],
  "Set-SqlInstance.ps1": [1, 2, 4],
  "New-MirroringEndpoint.ps1": [0.3, 0.5, 1],
  "New-PlaceholderDatabase.ps1": [0.3, 0.5, 1],
  "Backup-Seed.ps1": [0.3, 0.5, 2],
  "Set-Mirror.ps1": [0.3, 0.5, 2],
  "Start-Mirroring.ps1": [0.5, 1, 2],
  "Set-LogShippingPrimary.ps1": [0.5, 1, 2],
  "Set-LogShippingSecondary.ps1": [0.5, 2, 4],
  "Switch-Principal.ps1": [0.3, 0.5, 1],
  "Confirm-SqlServer.ps1": [0.1, 0.2, 1],
  "Confirm-DataCenter.ps1": [0.1, 0.2, 1],
};

/** No step gives up sooner: a machine may still be restarting when its step begins. */
const shortestTimeoutMinutes = 30;

/** The identity of a step. */
export function stepId(machine: string, name: string): string {
  return `${machine}/${name}`;
}

/** A step of a machine. Whether it crosses data centers is known once all steps are. */
export function makeStep<S extends ScriptName>(
  machine: Machine,
  name: string,
  script: S,
  parameters: ScriptParameters<S>,
  after: readonly string[] = [],
): Step {
  const [low, typical, high] = minutes[script];
  return {
    id: stepId(machine.name, name),
    name,
    machine: machine.name,
    script,
    parameters,
    secrets: scripts[script].secrets,
    after: [...new Set(after)],
    crossesDataCenters: false,
    timeoutMinutes: Math.max(shortestTimeoutMinutes, 3 * high),
    expectedMinutes: { low, typical, high },
  };
}

/** A list as scripts take it. */
export function list(items: readonly string[]): string {
  return items.length === 0 ? "none" : items.join(",");
}
