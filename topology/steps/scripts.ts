import type { SecretName } from "../model";

/**
 * Every guest script with the parameters that its `param()` block declares, all of them strings, and the secrets that reach it
 * base64-encoded. The plan's steps are typed by this table, so a missing parameter does not compile; a test holds the table against
 * the scripts themselves.
 *
 * Lists are comma-separated. Fields of a list's item are separated by `:` and values of a field by `+`, so that no value needs quotes
 * on the command line that Azure's agent makes of it.
 */
export const scripts = {
  /** Disks: `lun:letter:label:GiB`. */
  "Initialize-DataDisks.ps1": { parameters: ["Disks"], secrets: {} },
  /** Rules: `name:protocol:port+port:source+source`; protocol is TCP, UDP or Any. */
  "Set-Firewall.ps1": { parameters: ["Rules"], secrets: {} },
  /** Servers: the addresses that the network interface must have got from Azure. */
  "Set-DnsClient.ps1": { parameters: ["DomainName", "Servers"], secrets: {} },
  "Install-Forest.ps1": {
    parameters: ["DomainName", "NetbiosName", "DatabasePath"],
    secrets: { AdminPasswordBase64: "adminPassword" },
  },
  "Install-ReplicaDomainController.ps1": {
    parameters: [
      "DomainName",
      "SiteName",
      "SourceDomainController",
      "SourceAddress",
      "DatabasePath",
      "AdminUser",
    ],
    secrets: { AdminPasswordBase64: "adminPassword" },
  },
  "Confirm-DomainController.ps1": { parameters: ["DomainName"], secrets: {} },
  /** Sites: `site:range`, the site of the machine that runs it first. */
  "Set-DirectorySites.ps1": { parameters: ["DomainName", "Sites", "ReplicationMinutes"], secrets: {} },
  "Install-CertificateAuthority.ps1": {
    parameters: ["DomainName", "CommonName", "AdminUser"],
    secrets: { AdminPasswordBase64: "adminPassword" },
  },
  /** Features: names for `Install-WindowsFeature`. */
  "Install-Prerequisites.ps1": { parameters: ["Features"], secrets: {} },
  "Join-Domain.ps1": {
    parameters: ["DomainName", "AdminUser"],
    secrets: { AdminPasswordBase64: "adminPassword" },
  },
  /** Folder: where the image and its content go. Identity: resource id of the managed identity that may read the blob. */
  "Get-Media.ps1": { parameters: ["Url", "Sha256", "Identity", "Folder"], secrets: {} },
  "Install-CoreComponents.ps1": { parameters: ["Folder"], secrets: {} },
  "Initialize-SkypeDirectory.ps1": {
    parameters: ["DomainName", "AdminUser"],
    secrets: { AdminPasswordBase64: "adminPassword" },
  },
  "Install-LocalStore.ps1": { parameters: ["Folder"], secrets: {} },
  /** ReadWrite and ReadOnly: computer accounts such as `LAB\A-SQL01$`, or `none`. Folders: names below Path, or `none`. */
  "New-Share.ps1": {
    parameters: ["DomainName", "ShareName", "Path", "Folders", "ReadWrite", "ReadOnly"],
    secrets: {},
  },
  /** DataPath and LogPath: default folders of new databases, or `none` to leave them. */
  "Set-SqlInstance.ps1": {
    parameters: ["DomainName", "NetbiosName", "DataPath", "LogPath", "Port"],
    secrets: {},
  },
  /** Role: PARTNER or WITNESS. Accounts: computer accounts of the other parties. Administrators: those that back this instance up. */
  "New-MirroringEndpoint.ps1": { parameters: ["Role", "Port", "Accounts", "Administrators"], secrets: {} },
  /** Partner: name in the domain of the other partner of the session. */
  "New-PlaceholderDatabase.ps1": {
    parameters: ["Database", "DataPath", "LogPath", "Partner"],
    secrets: {},
  },
  /** Folder: UNC path below the backup share. Address (its own), Partner and Witness: `TCP://host.domain:port`; Witness may be `none`. */
  "Set-Mirroring.ps1": {
    parameters: ["Database", "Folder", "Address", "Partner", "Witness"],
    secrets: {},
  },
  "Set-Heartbeat.ps1": { parameters: ["Database"], secrets: {} },
  /** Partner: name in the domain of the other partner. BackupShare: UNC path of the folder for this database. Secondary: computer name. */
  "Set-LogShippingPrimary.ps1": {
    parameters: [
      "Database",
      "Partner",
      "BackupShare",
      "Secondary",
      "IntervalMinutes",
      "RetentionMinutes",
      "BackupAlertMinutes",
    ],
    secrets: {},
  },
  /** CopyFolder: local folder behind the copy share. Primary: computer name. Partners: names in the domain of whoever may serve it. */
  "Set-LogShippingSecondary.ps1": {
    parameters: [
      "Database",
      "Primary",
      "Partners",
      "BackupShare",
      "CopyFolder",
      "IntervalMinutes",
      "RetentionMinutes",
      "RestoreAlertMinutes",
    ],
    secrets: {},
  },
  /** Databases: `name:role`, role PRINCIPAL, MIRROR or RESTORING, or `none`. Witness and Endpoint: the state they must have, or `none`. */
  "Confirm-SqlServer.ps1": {
    parameters: ["DomainName", "NetbiosName", "Databases", "Witness", "Endpoint", "Shares"],
    secrets: {},
  },
  /** Machines: names of the data center's members. */
  "Confirm-DataCenter.ps1": {
    parameters: ["DataCenter", "DomainName", "SiteName", "Machines"],
    secrets: {},
  },
} as const satisfies Record<
  string,
  { readonly parameters: readonly string[]; readonly secrets: Readonly<Record<string, SecretName>> }
>;

/** File name of a guest script. */
export type ScriptName = keyof typeof scripts;

/** The values that a script's parameters take. */
export type ScriptParameters<S extends ScriptName> = Readonly<
  Record<(typeof scripts)[S]["parameters"][number], string>
>;
