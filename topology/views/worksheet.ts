import type { DatabaseSet, FrontEndPool, Machine, Plan } from "../model";
import { ports } from "../parts/flows";
import { find, named } from "../parts/invariants";
import { certificateAuthorityName } from "../parts/names";

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
    section("Persistent Chat pool", chatPool(plan), fileStoreRemark(plan)),
    section(
      "Servers of the Persistent Chat pool",
      plan.machines.filter(({ kind }) => kind === "persistentChat").map(server),
    ),
    ...plan.databaseSets.map((set) => section(`SQL Server stores of ${set.database}`, stores(plan, set))),
    section(
      "DNS",
      [
        ...plan.frontEndPools.flatMap((one) => addresses(plan, one.fqdn, one.servers)),
        ...addresses(plan, pool.fqdn, pool.servers),
      ],
      "A records to add by hand; each machine's own is there. Microsoft's pages do not mention one for the Persistent Chat pool [inferred].",
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

/** Without a paired pool the central management store dies with its data center, and a failover cannot write to it. */
function pairing({ frontEndPools }: Plan): readonly string[] {
  const [first, second] = frontEndPools;
  if (first === undefined || second === undefined) return [];
  return [
    [
      "## Pairing of the Front End pools",
      "",
      "The central management store stands on the first pool's back end and is lost with its data center; failing Persistent Chat over writes to it. So the two pools are each other's backup (their rows above). After publishing, on a Front End of each pool:",
      "",
      "```powershell",
      "# Setup or Remove Skype for Business Server Components of the deployment wizard once more, then:",
      "Start-CsWindowsService -Name LYNCBACKUP",
      `Invoke-CsBackupServiceSync -PoolFqdn ${first.fqdn}`,
      `Invoke-CsBackupServiceSync -PoolFqdn ${second.fqdn}`,
      `Get-CsBackupServiceStatus -PoolFqdn ${first.fqdn}`,
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
    ["Enable compliance", compliance ? "yes" : "no"],
    ["Use backup SQL Server stores to enable disaster recovery", "yes"],
    ["File store", uncOf(plan, pool.fileStore)],
    ["Next hop", pool.nextHop === undefined ? "none" : named(frontEndPools, pool.nextHop).fqdn],
  ];
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
