import type { DatabaseSet, FrontEndPool, Machine, Plan } from "../model";
import { ports } from "../parts/flows";
import { find, named } from "../parts/invariants";
import { certificateAuthorityName } from "../parts/names";
import { siteOfPlan } from "../resilience/ofPlan";
import { activeServers } from "../resilience/site";

/*
 * What somebody types into Topology Builder. A topology with Persistent Chat can officially be made there only, so the plan's values are
 * laid out in the order in which its pages ask for them. Fields: https://learn.microsoft.com/skypeforbusiness/deploy/deploy-persistent-chat-server/add-persistent-chat-server
 * and, for the stores of disaster recovery, the help topics of Topology Builder.
 */

type Row = readonly [field: string, value: string];

/** The worksheet of a lab, as Markdown. */
export function worksheet(plan: Plan): string {
  const { lab, domain, pool, dataCenters } = plan;
  const sections = [
    `# Topology of ${lab}`,
    "Values for Topology Builder of Skype for Business Server 2015, page by page. Install the databases before you publish, and publish as a member of Domain Admins and RTCUniversalServerAdmins with full control of the file stores.",
    "Skype for Business Server 2015 needs its cumulative update 5 on Windows Server 2016, and 9 on Windows Server 2019 or with .NET Framework 4.8; the last is 13 (6.0.9319.881, KB3061064). Front Ends need the IIS URL Rewrite module. What the deployment wizard installs is older than the update: apply it once more on each machine before services start.",
    ...away(plan),
    section("Deployment", [
      ["Primary SIP domain", domain.fqdn],
      [
        "Central sites",
        Object.values(dataCenters)
          .map(({ site }) => site)
          .join(", "),
      ],
    ]),
    ...plan.frontEndPools.map((one) =>
      section(`Front End pool of ${dataCenters[one.dataCenter].site}`, frontEnd(plan, one)),
    ),
    ...(plan.frontEndPools.length === 0
      ? [
          "## Front End pools\n\nThis lab has none, so the Persistent Chat pool has no next hop and Skype for Business cannot be installed.",
        ]
      : []),
    ...pairing(plan),
    ...coldStart(plan),
    section("Persistent Chat pool", chatPool(plan), fileStoreRemark(plan)),
    section(
      "Servers of the Persistent Chat pool",
      plan.machines.filter(({ kind }) => kind === "persistentChat").map(server),
      activeServersRemark(plan),
    ),
    ...plan.databaseSets.map((set) => section(`SQL Server stores of ${set.database}`, stores(plan, set))),
    section(
      "DNS",
      [
        ...plan.frontEndPools.flatMap((one) => addresses(plan, one.fqdn, one.servers)),
        ...addresses(plan, pool.fqdn, pool.servers),
      ],
      "A records to add by hand: each pool's name, once for each of its servers (for the Persistent Chat pool: https://learn.microsoft.com/previous-versions/office/lync-server-2013/lync-server-2013-dns-requirements-for-persistent-chat-servers). Each machine's own is there.",
    ),
    section(
      "Certificates",
      [
        ["Authority", `${certificateAuthorityName(domain.fqdn)} on ${controller(plan)}`],
        ["Persistent Chat, subject", pool.fqdn],
        [
          "Persistent Chat, alternative names",
          [pool.fqdn, ...pool.servers.map((name) => fqdnOf(plan, name))].join(", "),
        ],
      ],
      "Names for Persistent Chat are not documented; these are what public installations use [inferred].",
    ),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** A failover changes no topology, only the pool's state and which servers are active. */
function away(plan: Plan): readonly string[] {
  if (plan.site === "primary") return [];
  const active = activeServers(siteOfPlan(plan), plan.site);
  return [
    section(
      "Where the service is",
      [
        ["Served from", "the secondary data center"],
        ["Pool state", "`FailedOver`"],
        ["Active servers", active.map((name) => fqdnOf(plan, name)).join(", ")],
      ],
      "The values below are those of the topology, which a failover does not change. Do not publish it before the service is back: `lab runbook fail-back` says how that is done.",
    ),
  ];
}

function section(title: string, rows: readonly Row[], remark?: string): string {
  const table = [
    "| field | value |",
    "| --- | --- |",
    ...rows.map(([field, value]) => `| ${field} | ${value} |`),
  ];
  return [`## ${title}`, "", ...(remark === undefined ? [] : [remark, ""]), ...table].join("\n");
}

const frontEnd = (plan: Plan, { fqdn, servers, backEnd, fileStore }: FrontEndPool): readonly Row[] => [
  ["Pool FQDN", fqdn],
  ["Kind", "Enterprise Edition"],
  ["Computers", servers.map((name) => fqdnOf(plan, name)).join(", ")],
  ["SQL Server store", `${fqdnOf(plan, backEnd)}, default instance`],
  ["File store", uncOf(plan, fileStore)],
  ["Associated backup pool", plan.frontEndPools.find((other) => other.fqdn !== fqdn)?.fqdn ?? "none"],
];

/** What the pool's one file store means for the loss of its data center. */
function fileStoreRemark({ pool, shares, machines }: Plan): string {
  const { host } = find(shares, pool.fileStore, ({ id }) => id === pool.fileStore);
  return named(machines, host).dataCenter === "primary"
    ? "The file store is lost with the primary data center: give the pool another one in Topology Builder after a disaster, or go without file transfer."
    : "The file store survives the loss of the primary data center. While the secondary one is lost, files cannot be sent.";
}

/**
 * Without a paired pool the central management store dies with its data center, and a failover cannot write to it. The order is that of
 * https://learn.microsoft.com/skypeforbusiness/deploy/deploy-high-availability-and-disaster-recovery/front-end-pools-for-disaster-recovery
 */
function pairing({ frontEndPools }: Plan): readonly string[] {
  const [first, second] = frontEndPools;
  if (first === undefined || second === undefined) return [];
  return [
    [
      "## Pairing of the Front End pools",
      "",
      "The central management store stands on the first pool's back end and is lost with its data center; failing Persistent Chat over writes to it. So the two pools are each other's backup (their rows above). Pair them in the first publish: then setup brings all that pairing needs. Where they are paired later, run Setup or Remove Skype for Business Server Components once more on every Front End, apply the cumulative update to each again, since that run leaves parts without it, and then:",
      "",
      "```powershell",
      "# On every Front End:",
      "Start-CsWindowsService -Name LYNCBACKUP",
      "# On one:",
      `Invoke-CsBackupServiceSync -PoolFqdn ${first.fqdn}`,
      `Invoke-CsBackupServiceSync -PoolFqdn ${second.fqdn}`,
      "```",
      "",
      "In both cases this tells whether they are each other's backup:",
      "",
      "```powershell",
      `Get-CsBackupServiceStatus -PoolFqdn ${first.fqdn}`,
      `Get-CsBackupServiceStatus -PoolFqdn ${second.fqdn}`,
      "```",
    ].join("\n"),
  ];
}

/** A pool of three loses its quorum with every stop of the lab. Source: https://learn.microsoft.com/powershell/module/skypeforbusiness/start-cspool */
function coldStart({ frontEndPools }: Plan): readonly string[] {
  const pools = frontEndPools.filter(({ servers }) => servers.length > 1);
  if (pools.length === 0) return [];
  return [
    [
      "## Starting the Front End pools",
      "",
      "The first start, and each one after the lab was stopped, is a cold start: a pool of two or three Front Ends starts when all of them are up, and `RTCSRV` stays at Starting until then. Start all of a pool together; where it still does not run after a quarter of an hour:",
      "",
      "```powershell",
      ...pools.map(
        ({ fqdn }) => `Reset-CsPoolRegistrarState -PoolFqdn ${fqdn} -ResetType QuorumLossRecovery`,
      ),
      "```",
    ].join("\n"),
  ];
}

function chatPool(plan: Plan): readonly Row[] {
  const { pool, databaseSets, frontEndPools } = plan;
  const compliance = databaseSets.some(({ database }) => database === "mgccomp");
  return [
    ["Pool FQDN", pool.fqdn],
    ["Kind", "Multiple computer pool (a single computer pool cannot be extended)"],
    ["Display name", pool.name],
    ["Port", ports.chat[0]],
    ["Use as default for", "the site, and all sites"],
    ["Enable compliance", compliance ? "yes" : "no"],
    ["Use backup SQL Server stores to enable disaster recovery", "yes"],
    ["File store", uncOf(plan, pool.fileStore)],
    ["Next hop", pool.nextHop === undefined ? "none" : named(frontEndPools, pool.nextHop).fqdn],
  ];
}

/** Sources: https://learn.microsoft.com/powershell/module/skypeforbusiness/set-cspersistentchatactiveserver, Topology Builder's help on "Persistent Chat machines". */
function activeServersRemark({ machines }: Plan): string {
  const servers = machines.filter(({ kind }) => kind === "persistentChat");
  const active = servers.filter((one) => one.active);
  const together = new Set(active.map(({ dataCenter }) => dataCenter)).size === 1;
  return [
    "Which servers are active is set under Machine state, and after publishing with `Set-CsPersistentChatActiveServer`.",
    ...(together && active.length * 2 === servers.length
      ? [
          "Its `-Swap` makes the idle servers active and the active ones idle: here all of one data center for all of the other.",
        ]
      : []),
  ].join(" ");
}

const server = ({ fqdn, dataCenter, active }: Machine): Row => [
  fqdn,
  `${active ? "active" : "idle"}, ${dataCenter} data center`,
];

function stores(plan: Plan, set: DatabaseSet): readonly Row[] {
  const { primary, secondary } = set;
  const store = (name: string | undefined) =>
    name === undefined ? "none" : `${fqdnOf(plan, name)}, default instance`;
  return [
    ["SQL Server store", store(primary.server)],
    [
      "This SQL instance is in mirroring relation",
      primary.mirror === undefined ? "no" : "yes, both stores and their witnesses",
    ],
    ["Mirror", `${store(primary.mirror)}, port ${ports.mirroringPartner[0]}`],
    [
      "Mirroring witness",
      primary.witness === undefined ? "none" : `${store(primary.witness)}, port ${ports.mirroringWitness[0]}`,
    ],
    ["Backup SQL Server store", store(secondary.server)],
    ["Mirror of the backup store", store(secondary.mirror)],
    ["Witness of the backup store", store(secondary.witness)],
    ["Log shipping, backup share", uncOf(plan, set.logShipping.backupShare, set.database)],
    ["Log shipping, copy share", uncOf(plan, set.logShipping.copyShare, set.database)],
  ];
}

const addresses = ({ machines }: Plan, fqdn: string, servers: readonly string[]): readonly Row[] =>
  machines.filter(({ name }) => servers.includes(name)).map(({ address }): Row => [fqdn, address]);

const fqdnOf = ({ machines }: Plan, name: string): string => named(machines, name).fqdn;

/** A share as code, in which Markdown leaves backslashes alone. */
const uncOf = ({ shares }: Plan, id: string, ...folders: readonly string[]): string =>
  `\`${[find(shares, id, (share) => share.id === id).unc, ...folders].join("\\")}\``;

const controller = ({ machines }: Plan): string =>
  find(machines, "domain controller", ({ kind }) => kind === "domainController").fqdn;
