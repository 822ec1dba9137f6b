import { media } from "./config";

export type Changes = Readonly<Record<string, unknown>>;

interface Case {
  /** Added to the smallest configuration; where it is absent, that configuration itself must pass. */
  readonly good?: Changes;
  readonly bad: Changes;
  readonly path: string;
  readonly message: string;
}

export const region = (primary: string, secondary: string, more: Changes = {}) => ({
  dataCenters: { primary: { region: primary, ...more }, secondary: { region: secondary } },
});

const tags = (count: number) => ({
  tags: Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, "x"])),
});

/** For every rule a configuration that keeps it and one that breaks it, and what is found then. */
export const ruleCases: Readonly<Record<string, Case>> = {
  dataCentersAreInDifferentRegions: {
    bad: region("swedencentral", "swedencentral"),
    path: "dataCenters.secondary.region",
    message: "Both data centers are in the same region, so a disaster there would take both.",
  },
  regionsAreKnown: {
    good: region("newregion", "swedencentral", { faultIsolation: "zones" }),
    bad: region("northeurop", "swedencentral"),
    path: "dataCenters.primary.region",
    message: "No Azure region of that name is known here.",
  },
  unlistedRegionsAreMeant: {
    good: region("westeurope", "swedencentral", { faultIsolation: "zones" }),
    bad: region("westeurop", "swedencentral", { faultIsolation: "zones" }),
    path: "dataCenters.primary.region",
    message: "No Azure region of that name is known here.",
  },
  roundTripIsKnown: {
    good: { ...region("australiaeast", "austriaeast"), link: "low-bandwidth-high-latency" },
    bad: region("australiaeast", "austriaeast"),
    path: "link",
    message:
      "How long a round trip between australiaeast and austriaeast takes is not known here, and half of the active servers reach their database over it.",
  },
  regionsTakeNewCustomers: {
    good: region("northeurope", "swedencentral"),
    bad: region("northeurope", "uksouth"),
    path: "dataCenters.secondary.region",
    message:
      "Reported in 2026-05: new customers get no machines in its zones, whatever their quota (https://www.cisilion.com/news-blog/azure-uk-south-capacity-constraints/).",
  },
  splitAddsUp: {
    good: { pool: { servers: 8, split: [5, 3] } },
    bad: { pool: { split: [5, 3] } },
    path: "pool.split",
    message: "The split makes 8 servers, and the pool has 4.",
  },
  tagsAreNotReserved: {
    good: { tags: { owner: "x" } },
    bad: { tags: { "Azure-owner": "x" } },
    path: "tags.Azure-owner",
    message: "Azure keeps tag names that begin with microsoft, azure, windows to itself.",
  },
  tagsDifferByMoreThanCase: {
    good: { tags: { owner: "x", owner2: "x" } },
    bad: { tags: { owner: "x", Owner: "y" } },
    path: "tags.Owner",
    message: "It is the tag owner once more: Azure's tag names do not differ by case.",
  },
  tagsAreNoPropertiesOfObjects: {
    good: { tags: { string: "x" } },
    bad: { tags: { toString: "x" } },
    path: "tags.toString",
    message: "A Pulumi program cannot carry a tag of this name.",
  },
  timeZoneIsOfWindows: {
    good: { autoShutdown: { timeZone: "W. Europe Standard Time" } },
    bad: { autoShutdown: { timeZone: "Europe/Berlin" } },
    path: "autoShutdown.timeZone",
    message: "It is a name of the IANA's database, and Azure's daily stop takes ids of Windows.",
  },
  timeZoneIsKnown: {
    good: { autoShutdown: { timeZone: "W. Europe Standard Time" } },
    bad: { autoShutdown: { timeZone: "W. Europe Standart Time" } },
    path: "autoShutdown.timeZone",
    message: "No Windows time zone of that id is known here.",
  },
  domainNameIsFree: {
    good: { domain: "a-sql09.test" },
    bad: { domain: "a-sql01.test" },
    path: "domain",
    message: "The domain's NetBIOS name would be that of the machine A-SQL01.",
  },
  zonesExistInTheRegion: {
    good: region("westus", "swedencentral", { faultIsolation: "availability-sets" }),
    bad: region("westus", "swedencentral", { faultIsolation: "zones" }),
    path: "dataCenters.primary.faultIsolation",
    message: "The region westus has no availability zones.",
  },
  regionsAreOfThePublicCloud: {
    bad: region("northeurope", "usgovvirginia"),
    path: "dataCenters.secondary.region",
    message: "It is a region of Azure Government, and the lab is for Azure's public cloud.",
  },
  domainHidesNoPublicName: {
    good: { domain: "chat.internal" },
    bad: { domain: "contoso.onmicrosoft.com" },
    path: "domain",
    message:
      "It is a name of the public DNS, and the machines of the lab will find nothing that stands there.",
  },
  addressSpacesDoNotOverlap: {
    good: region("northeurope", "swedencentral", { addressSpace: "10.3.0.0/16" }),
    bad: region("northeurope", "swedencentral", { addressSpace: "10.0.0.0/8" }),
    path: "dataCenters.secondary.addressSpace",
    message:
      "It overlaps the primary's 10.0.0.0/8. A stretched pool needs no stretched VLAN, and networks that overlap cannot be peered.",
  },
  farRegionsUseTheLowBandwidthProfile: {
    good: { ...region("eastus", "northeurope"), link: "low-bandwidth-high-latency" },
    bad: region("eastus", "northeurope"),
    path: "link",
    message:
      "A round trip between eastus and northeurope takes about 71 ms, yet half of the active servers would reach their database over it.",
  },
  somebodyCanLogOn: {
    good: { bastion: "secondary" },
    bad: { bastion: "none" },
    path: "bastion",
    message:
      "Without a Bastion host there is no way to log on to the machines, which have no public address.",
  },
  activeServersAreInThePool: {
    good: { pool: { servers: 4, active: [1, 4] } },
    bad: { pool: { servers: 4, active: [1, 5] } },
    path: "pool.active",
    message: "Server 5 is not in the pool, which has 4.",
  },
  activeServersAreListedOnce: {
    good: { pool: { active: [1, 2] } },
    bad: { pool: { active: [1, 1] } },
    path: "pool.active",
    message: "A server is listed twice.",
  },
  activeServersAreNearTheDatabase: {
    good: { link: "low-bandwidth-high-latency", pool: { active: [1, 2] } },
    bad: { link: "low-bandwidth-high-latency", pool: { active: [1, 3] } },
    path: "pool.active",
    message:
      "Over a slow link all active servers stand with the primary database, but B-CHAT03 would be active in the secondary data center.",
  },
  eachDataCenterCarriesAllActiveServers: {
    good: { pool: { servers: 4, active: [1, 2] } },
    bad: { pool: { servers: 5, active: [1, 2, 3] } },
    path: "pool.servers",
    message:
      "The secondary data center has 2 of the pool's servers and could not take over all 3 active ones.",
  },
  poolNameIsFree: {
    good: { pool: { name: "rooms" } },
    bad: { pool: { name: "fepool-a" } },
    path: "pool.name",
    message: "A machine or a Front End pool has this name already.",
  },
  frontEndPoolsCanStart: {
    good: { frontEnds: { servers: 3 } },
    bad: { frontEnds: { servers: 2 } },
    path: "frontEnds.servers",
    message:
      "An Enterprise Edition pool of fewer than three Front Ends has no quorum to spare; pools of two are discouraged.",
  },
  poolHasANextHop: {
    good: { frontEnds: { servers: 1 } },
    bad: { frontEnds: { servers: 0 } },
    path: "frontEnds.servers",
    message:
      "Without Front Ends the pool has no next hop: databases can be drilled, but Skype for Business cannot be installed.",
  },
  mediaHasFrontEnds: {
    good: { media, frontEnds: { servers: 1 } },
    bad: { media, frontEnds: { servers: 0 } },
    path: "media",
    message: "The directory is prepared from a Front End, and there is none to install the media on.",
  },
  mediaBringTheUpdate: {
    good: { media, frontEnds: { servers: 1 } },
    bad: { media: { ...media, update: undefined }, frontEnds: { servers: 1 } },
    path: "media.update",
    message: "Skype for Business Server 2015 needs its cumulative update 9 or later on Windows Server 2019.",
  },
  mediaBringUrlRewrite: {
    good: { media, frontEnds: { servers: 1 } },
    bad: { media: { ...media, urlRewrite: undefined }, frontEnds: { servers: 1 } },
    path: "media.urlRewrite",
    message: "Front Ends need the IIS URL Rewrite module on Windows Server 2019.",
  },
  secondaryWitnessHasAMirror: {
    good: { databases: { secondaryMirror: false, witnesses: "primary" } },
    bad: { databases: { secondaryMirror: false, witnesses: "both" } },
    path: "databases.witnesses",
    message: "A witness in the secondary data center has nothing to watch without a mirror there.",
  },
  witnessRunsTheVersionOfItsPartners: {
    good: { machines: { witness: { image: "sql-server-2019-standard" } } },
    bad: { machines: { witness: { image: "sql-server-2017-developer" } } },
    path: "machines.witness.image",
    message:
      "The witness would run SQL Server 2017, its partners 2019; all three parties of a session need the same version.",
  },
  alertsComeAfterTheInterval: {
    good: { databases: { logShipping: { intervalMinutes: 44 } } },
    bad: { databases: { logShipping: { intervalMinutes: 45 } } },
    path: "databases.logShipping.restoreAlertMinutes",
    message: "The jobs run every 45 minutes, so this alert would be raised between two normal runs.",
  },
  backupsOutliveTheAlerts: {
    good: { databases: { logShipping: { retentionMinutes: 61 } } },
    bad: { databases: { logShipping: { retentionMinutes: 60 } } },
    path: "databases.logShipping.retentionMinutes",
    message: "Backups would be deleted before an alert (after 60 minutes) says that they were not restored.",
  },
  backupShareSurvivesThePrimary: {
    good: { databases: { backupShare: "secondary" } },
    bad: { databases: { backupShare: "primary" } },
    path: "databases.backupShare",
    message:
      "When the primary data center is lost, the backups that were not copied yet are lost with their share: up to 30 minutes.",
  },
  theOnlyCopiesAreProtected: {
    good: { site: "secondary", protectData: true },
    bad: { site: "secondary", protectData: false },
    path: "protectData",
    message:
      "While the secondary data center serves, it has the only copies of the databases, and they would not be protected.",
  },
  theServingSecondaryHasAMirror: {
    good: { site: "secondary", databases: { secondaryMirror: true } },
    bad: { site: "secondary", databases: { secondaryMirror: false, witnesses: "primary" } },
    path: "site",
    message: "B-SQL01 alone would have all data until the service is back.",
  },
  theServingSecondaryHasTheShares: {
    good: { site: "secondary" },
    bad: { site: "secondary", databases: { backupShare: "primary" } },
    path: "databases.backupShare",
    message:
      "The backup share stands in the data center that may be lost: without it nothing is mirrored or brought back.",
  },
  complianceHasItsOwnInstances: {
    good: { databases: { compliance: "dedicated" } },
    bad: { databases: { compliance: "shared" } },
    path: "databases.compliance",
    message:
      "Compliance would share the instances of mgc; Microsoft recommends standalone instances for high availability.",
  },
  threePartiesHaveThreeFaultDomains: {
    good: { ...region("northeurope", "westus"), databases: { witnesses: "primary" } },
    bad: region("northeurope", "westus"),
    path: "dataCenters.secondary",
    message:
      "An availability set has two fault domains, so two of principal, mirror and witness share a rack, and a database stops when both are lost.",
  },
  tagsAreNotTheLabsOwn: {
    good: { tags: { owner: "me" } },
    bad: { tags: { Role: "mine" } },
    path: "tags.Role",
    message: "The lab sets this tag itself; Azure's tag names do not differ by case.",
  },
  tagsFit: {
    good: tags(46),
    bad: tags(47),
    path: "tags",
    message: "There are 47 tags; Azure allows 50 on a resource and the lab needs 4 of them.",
  },
  fileStoreSurvivesThePrimary: {
    good: { pool: { fileStore: "secondary" } },
    bad: { pool: { fileStore: "primary" } },
    path: "pool.fileStore",
    message:
      "When the primary data center is lost, so is the file store: uploaded files are gone, and the pool needs another store before files can be sent.",
  },
  zonesAreUsed: {
    good: region("northeurope", "swedencentral", { zones: [3, 1, 2] }),
    bad: region("westus", "swedencentral", { zones: [3, 1, 2] }),
    path: "dataCenters.primary.zones",
    message: "Machines of this data center stand in availability sets, so its zones mean nothing.",
  },
  sizesRunTheImages: {
    good: { machines: { frontEnd: { size: "Standard_D4as_v5" } } },
    bad: { machines: { frontEnd: { size: "Standard_D4ps_v5" } } },
    path: "machines.frontEnd.size",
    message: "This size has Arm processors; Windows Server and SQL Server of this lab are for x64.",
  },
  sizesStartGeneration2: {
    good: { machines: { frontEnd: { size: "Standard_DS2_v2" } } },
    bad: { machines: { frontEnd: { size: "Standard_D2_v2" } } },
    path: "machines.frontEnd.size",
    message:
      "This size starts machines of generation 1 only; the marketplace images of this lab are of generation 2.",
  },
  sizesCarrySqlServer: {
    good: { machines: { frontEnd: { size: "Standard_B1ls" }, sqlServer: { size: "Standard_B2ms" } } },
    bad: { machines: { sqlServer: { size: "Standard_B1ls" } } },
    path: "machines.sqlServer.size",
    message: "This size has too little memory for SQL Server, which wants 4 GiB and more.",
  },
  sizesAreKnown: {
    good: { machines: { frontEnd: { size: "Standard_E4-2ads_v5" } } },
    bad: { machines: { frontEnd: { size: "Standard_D2s_v99" } } },
    path: "machines.frontEnd.size",
    message: "No Azure VM size of this series and version is known here.",
  },
  sizesAttachDisksByScsi: {
    good: { machines: { sqlServer: { size: "Standard_E4bds_v5" } } },
    bad: { machines: { sqlServer: { size: "Standard_D4s_v6" } } },
    path: "machines.sqlServer.size",
    message:
      "Sizes of version 6 and later attach disks through NVMe, where Windows shows no LUN by which the lab could tell data disks apart.",
  },
  imagesStaySupported: {
    good: { machines: { frontEnd: { image: "windows-server-2019" } } },
    bad: { machines: { frontEnd: { image: "windows-server-2016" } } },
    path: "machines.frontEnd.image",
    message:
      "Microsoft supports Windows Server 2016 until 12 January 2027 (https://learn.microsoft.com/lifecycle/products/windows-server-2016). Azure removes its images by then.",
  },
};
