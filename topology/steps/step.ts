import type { Machine, Step } from "../model";
import { type ScriptName, type ScriptParameters, scripts } from "./scripts";

interface Times {
  /**
   * Minutes of work inside the machine: low, typical, high. Estimates from public logs of similar labs (restart included where the script
   * ends with one); nobody has timed these scripts yet.
   */
  readonly work: readonly [low: number, typical: number, high: number];
  /** Minutes after which each of the script's waits gives up, added up; a test holds them against the script. */
  readonly waits: number;
}

const times: Readonly<Record<ScriptName, Times>> = {
  "Initialize-DataDisks.ps1": { work: [0.2, 0.5, 1], waits: 15 },
  "Set-Firewall.ps1": { work: [0.2, 0.3, 1], waits: 0 },
  "Set-DnsClient.ps1": { work: [0.1, 0.2, 0.5], waits: 5 },
  "Install-Forest.ps1": { work: [6, 9, 25], waits: 0 },
  "Install-ReplicaDomainController.ps1": { work: [6, 9, 16], waits: 30 },
  "Confirm-DomainController.ps1": { work: [2, 3, 5], waits: 70 },
  "Set-DirectorySites.ps1": { work: [0.5, 1, 2], waits: 0 },
  "Install-CertificateAuthority.ps1": { work: [2, 4, 8], waits: 5 },
  "Install-Prerequisites.ps1": { work: [5, 10, 20], waits: 0 },
  "Join-Domain.ps1": { work: [3, 4, 7], waits: 35 },
  "Get-Media.ps1": { work: [2, 5, 15], waits: 30 },
  "Install-CoreComponents.ps1": { work: [2, 4, 8], waits: 0 },
  "Initialize-SkypeDirectory.ps1": { work: [3, 6, 15], waits: 40 },
  "Install-LocalStore.ps1": { work: [4, 8, 15], waits: 5 },
  "New-Share.ps1": { work: [0.3, 0.5, 2], waits: 60 },
  "Set-SqlInstance.ps1": { work: [1, 2, 4], waits: 70 },
  "New-MirroringEndpoint.ps1": { work: [0.3, 0.5, 1], waits: 15 },
  "New-PlaceholderDatabase.ps1": { work: [0.3, 0.5, 1], waits: 10 },
  "Set-Mirroring.ps1": { work: [0.3, 1, 4], waits: 75 },
  "Set-Heartbeat.ps1": { work: [0.1, 0.2, 0.5], waits: 0 },
  "Set-LogShippingPrimary.ps1": { work: [0.5, 1.5, 4], waits: 20 },
  "Set-LogShippingSecondary.ps1": { work: [0.5, 2, 5], waits: 20 },
  "Confirm-SqlServer.ps1": { work: [0.1, 0.2, 1], waits: 5 },
  "Confirm-DataCenter.ps1": { work: [0.1, 0.2, 1], waits: 15 },
};

/** No step gives up sooner: a machine may still be restarting when its step begins. */
const shortestTimeoutMinutes = 30;

/** Azure's own ceiling on top of the script's: machine agents may still be restarting when a step begins. */
const graceMinutes = 30;

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
  const {
    work: [low, typical, high],
    waits,
  } = times[script];
  const timeoutMinutes = Math.max(shortestTimeoutMinutes, waits + 3 * high);
  return {
    id: stepId(machine.name, name),
    name,
    machine: machine.name,
    script,
    parameters,
    secrets: scripts[script].secrets,
    after: [...new Set(after)],
    crossesDataCenters: false,
    timeoutMinutes,
    deadlineMinutes: timeoutMinutes + graceMinutes,
    expectedMinutes: { low, typical, high },
  };
}

/** A list as scripts take it. */
export function list(items: readonly string[]): string {
  return items.length === 0 ? "none" : items.join(",");
}
