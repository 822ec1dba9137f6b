import type { SecretName } from "../model";

type Minutes = readonly [low: number, typical: number, high: number];

/** What the plan knows of a guest script. */
export interface ScriptCard {
  /** The parameters that its `param()` block declares, all of them strings. */
  readonly parameters: readonly string[];
  /** Secrets that reach it base64-encoded, by parameter. */
  readonly secrets: Readonly<Record<string, SecretName>>;
  /**
   * Minutes of work inside the machine: low, typical, high. Estimates from public logs of similar labs; nobody has timed these scripts yet.
   */
  readonly work: Minutes;
  /** Minutes from its answer until the machine is back, of a script that ends with a restart; estimates too. */
  readonly restart?: Minutes;
  /** Minutes after which each of the script's waits gives up, added up. */
  readonly waits: number;
}

/**
 * Every guest script. The plan's steps are typed by this table, so a missing parameter does not compile; a test holds the table against the
 * scripts themselves.
 *
 * Lists are comma-separated. Fields of a list's item are separated by `:` and values of a field by `+`, so that no value needs quotes
 * on the command line that Azure's agent makes of it.
 */
export const scripts = {
  /** Disks: `lun:letter:label:GiB`. */
  "Initialize-DataDisks.ps1": { parameters: ["Disks"], secrets: {}, work: [0.2, 0.5, 1], waits: 15 },
  /** Rules: `name:protocol:port+port:source+source`; protocol is TCP, UDP or Any. */
  "Set-Firewall.ps1": { parameters: ["Rules"], secrets: {}, work: [0.2, 0.3, 1], waits: 0 },
  /** Servers: the addresses that the network interface must have got from Azure. */
  "Set-DnsClient.ps1": {
    parameters: ["DomainName", "Servers"],
    secrets: {},
    work: [0.1, 0.2, 0.5],
    waits: 5,
  },
  "Install-Forest.ps1": {
    parameters: ["DomainName", "NetbiosName", "OtherController", "DatabasePath"],
    secrets: { AdminPasswordBase64: "adminPassword" },
    work: [5, 7, 20],
    restart: [1, 2, 5],
    waits: 0,
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
    work: [5, 7, 12],
    restart: [1, 2, 4],
    waits: 35,
  },
  "Confirm-DomainController.ps1": { parameters: ["DomainName"], secrets: {}, work: [2, 3, 5], waits: 70 },
  /** Sites: `site:range`, the site of the machine that runs it first. */
  "Set-DirectorySites.ps1": {
    parameters: ["DomainName", "Sites", "ReplicationMinutes"],
    secrets: {},
    work: [0.5, 1, 2],
    waits: 0,
  },
  "Install-CertificateAuthority.ps1": {
    parameters: ["DomainName", "CommonName", "AdminUser"],
    secrets: { AdminPasswordBase64: "adminPassword" },
    work: [2, 4, 8],
    waits: 5,
  },
  /** Features: names for `Install-WindowsFeature`. */
  /** Framework48: `allowed` or `blocked`, for .NET Framework 4.8. */
  "Install-Prerequisites.ps1": {
    parameters: ["Features", "Framework48"],
    secrets: {},
    work: [5, 10, 20],
    waits: 0,
  },
  "Join-Domain.ps1": {
    parameters: ["DomainName", "AdminUser"],
    secrets: { AdminPasswordBase64: "adminPassword" },
    work: [1.5, 2, 4],
    restart: [1, 2, 4],
    waits: 50,
  },
  /** Address: its own. Controllers: addresses of the domain controllers. */
  "Confirm-Membership.ps1": {
    parameters: ["DomainName", "Address", "Controllers"],
    secrets: {},
    work: [0.3, 0.7, 2],
    waits: 75,
  },
  /** Folder: where the image and its content go. Identity: resource id of the managed identity that may read the blob. */
  "Get-Media.ps1": {
    parameters: ["Url", "Sha256", "Identity", "Folder"],
    secrets: {},
    work: [2, 5, 15],
    waits: 5,
  },
  "Install-UrlRewrite.ps1": {
    parameters: ["Url", "Sha256", "Identity", "Folder"],
    secrets: {},
    work: [0.5, 1, 3],
    waits: 3,
  },
  "Install-CoreComponents.ps1": { parameters: ["Folder"], secrets: {}, work: [2, 4, 8], waits: 21 },
  "Install-CoreUpdate.ps1": {
    parameters: ["Url", "Sha256", "Identity", "Folder"],
    secrets: {},
    work: [3, 5, 15],
    waits: 3,
  },
  "Initialize-SkypeDirectory.ps1": {
    parameters: ["DomainName", "AdminUser"],
    secrets: { AdminPasswordBase64: "adminPassword" },
    work: [3, 6, 15],
    waits: 40,
  },
  "Install-LocalStore.ps1": { parameters: ["Folder"], secrets: {}, work: [4, 8, 15], waits: 15 },
  /** ReadWrite and ReadOnly: computer accounts such as `LAB\A-SQL01$`, or `none`. Folders: names below Path, or `none`. */
  "New-Share.ps1": {
    parameters: ["ShareName", "Path", "Folders", "ReadWrite", "ReadOnly"],
    secrets: {},
    work: [0.3, 0.5, 2],
    waits: 15,
  },
  /** DataPath and LogPath: default folders of new databases, or `none` to leave them. */
  "Set-SqlInstance.ps1": {
    parameters: ["NetbiosName", "DataPath", "LogPath", "Port"],
    secrets: {},
    work: [1, 2, 4],
    waits: 50,
  },
  /** Role: PARTNER or WITNESS. Accounts: computer accounts of the other parties. Administrators: those that back this instance up. */
  "New-MirroringEndpoint.ps1": {
    parameters: ["Role", "Port", "Accounts", "Administrators"],
    secrets: {},
    work: [0.3, 0.5, 1],
    waits: 15,
  },
  /** Partner: name in the domain of the other partner of the session. ServedFrom, here and below: primary, or secondary, and it waits. */
  "New-PlaceholderDatabase.ps1": {
    parameters: ["Database", "DataPath", "LogPath", "Partner", "ServedFrom"],
    secrets: {},
    work: [0.3, 0.5, 1],
    waits: 10,
  },
  /** Folder: UNC path below the backup share. Address (its own), Partner and Witness: `TCP://host.domain:port`; Witness may be `none`. */
  "Set-Mirroring.ps1": {
    parameters: ["Database", "Folder", "Address", "Partner", "Witness", "ServedFrom"],
    secrets: {},
    work: [0.3, 1, 4],
    waits: 78,
  },
  "Set-Heartbeat.ps1": { parameters: ["Database"], secrets: {}, work: [0.1, 0.2, 0.5], waits: 0 },
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
      "ServedFrom",
    ],
    secrets: {},
    work: [0.5, 1.5, 4],
    waits: 20,
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
      "ServedFrom",
    ],
    secrets: {},
    work: [0.5, 2, 5],
    waits: 31,
  },
  /** Databases: `name:role`, role PRINCIPAL, MIRROR, RESTORING or ONLINE (alone), or `none`. Witness and Endpoint: the state they must have, or `none`. */
  "Confirm-SqlServer.ps1": {
    parameters: ["DomainName", "NetbiosName", "Databases", "Witness", "Endpoint", "Shares"],
    secrets: {},
    work: [0.1, 0.2, 1],
    waits: 15,
  },
  /** Machines: names of the data center's members. OtherController: name of the other data center's controller, or `none`: that may be lost. */
  "Confirm-DataCenter.ps1": {
    parameters: ["DataCenter", "DomainName", "SiteName", "OtherController", "Machines"],
    secrets: {},
    work: [0.1, 0.2, 1],
    waits: 30,
  },
} as const satisfies Readonly<Record<string, ScriptCard>>;

/** File name of a guest script. */
export type ScriptName = keyof typeof scripts;

/** The values that a script's parameters take. */
export type ScriptParameters<S extends ScriptName> = Readonly<
  Record<(typeof scripts)[S]["parameters"][number], string>
>;
