import { longestComputerName } from "../azure/limits";
import type { DataCenterId } from "../model";
import { mustHold } from "./invariants";

/*
 * Every name that the lab forms, with the limit of whoever enforces it. Names state place and function, never a role that a failover
 * changes: after a failover `A-SQL01` is still `A-SQL01`, but no longer the principal.
 */

/** What a machine's name says about its function. */
export type FunctionCode = "DC" | "SQL" | "WIT" | "FS" | "FE" | "BE" | "CHAT";

const places = { primary: "A", secondary: "B" } as const satisfies Record<DataCenterId, string>;

/** Computer name, such as `B-CHAT05`. */
export function machineName(dataCenter: DataCenterId, code: FunctionCode, ordinal: number): string {
  const name = `${places[dataCenter]}-${code}${String(ordinal).padStart(2, "0")}`;
  mustHold(name.length <= longestComputerName, `${name} has more than ${longestComputerName} characters`);
  return name;
}

/** Name of a host in DNS. */
export function fqdn(host: string, domain: string): string {
  return `${host.toLowerCase()}.${domain}`;
}

/** Name of what a data center has once: resource group, virtual network and Active Directory site. */
export function dataCenterName(lab: string, dataCenter: DataCenterId): string {
  return `${lab}-${dataCenter}`;
}

/** Name of a part of a data center, such as `fig1-primary-nat`. */
export function partName(lab: string, dataCenter: DataCenterId, part: string): string {
  return `${lab}-${dataCenter}-${part}`;
}

/** Name of a public address, that of a NAT gateway or Bastion host. */
export function publicAddressName(user: string): string {
  return `${user}-ip`;
}

/** Name of the peering that leads to a data center's network. */
export function peeringName(to: DataCenterId): string {
  return `peering-to-${to}`;
}

/** Name of a machine's network interface. */
export function networkInterfaceName(machine: string): string {
  return `${machine}-nic`;
}

/** Name of a disk of a machine, such as `A-SQL01-data`. */
export function diskName(machine: string, label: string): string {
  return `${machine}-${label.toLowerCase()}`;
}

/** Name of a machine's daily stop: Azure looks the schedule up by it. */
export function shutdownScheduleName(machine: string): string {
  return `shutdown-computevm-${machine}`;
}

/** Name of the Front End pool of a data center; also the host part of its FQDN. */
export function frontEndPoolName(dataCenter: DataCenterId): string {
  return `fepool-${places[dataCenter].toLowerCase()}`;
}

/** NetBIOS name of a domain: its first label. */
export function netbiosName(domain: string): string {
  return (domain.split(".")[0] ?? domain).toUpperCase();
}

/** Name of the domain's enterprise certificate authority. */
export function certificateAuthorityName(domain: string): string {
  return `${netbiosName(domain)}-CA`;
}

/** Computer account of a machine, as SQL Server and shares know it. */
export function computerAccount(domain: string, machine: string): string {
  return `${netbiosName(domain)}\\${machine}$`;
}
