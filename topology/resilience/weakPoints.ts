import type { SurvivalRow } from "./row";
import { activeServers, bothSides, type Site } from "./site";

/* What a designer of a lab wants to know of its table: where it is thin, and which key of the stack's configuration mends that. */

export interface WeakPoint {
  readonly severity: "high" | "medium" | "low";
  readonly what: string;
  readonly because: string;
  /** Key and value that remove it; empty where no key does. */
  readonly key: string;
}

/** The weak points of a site, the worst first. */
export function weakPointsOf(
  site: Site,
  rows: readonly SurvivalRow[],
  pairs: readonly SurvivalRow[],
): readonly WeakPoint[] {
  const order = ["high", "medium", "low"];
  return [
    ...(site.servedFrom === "secondary" ? awayPoints(site) : []),
    ...sessionPoints(site),
    ...sharePoints(site, rows, pairs),
    ...serverPoints(site),
    ...thirdFailure(site),
  ].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
}

/** Until the way back there is no second data center. */
function awayPoints({ databases }: Site): readonly WeakPoint[] {
  return [
    {
      severity: "high",
      what: "the secondary data center alone serves, and nothing is shipped from it",
      because: `its loss is the loss of ${databases.map(({ name }) => name).join(" and ")}`,
      key: "site: primary, once runbook fail-back is done",
    },
  ];
}

function sessionPoints(site: Site): readonly WeakPoint[] {
  const [chat] = site.databases;
  if (chat === undefined) return [];
  const shared = site.databases.filter(
    (other) => other !== chat && other.sessions.primary.server === chat.sessions.primary.server,
  );
  return [
    ...(chat.sessions.primary.witness === undefined
      ? [
          {
            severity: "high" as const,
            what: "no witness in the primary data center",
            because: `when ${chat.sessions.primary.server} is lost a person must bring ${chat.name} up on its mirror`,
            key: "databases.witnesses: primary",
          },
        ]
      : []),
    ...(chat.sessions.secondary.mirror === undefined
      ? [
          {
            severity: "medium" as const,
            what: "no mirror in the secondary data center",
            because: `after a disaster ${chat.sessions.secondary.server} holds the only copy of ${chat.name}`,
            key: "databases.secondaryMirror: true",
          },
        ]
      : chat.sessions.secondary.witness === undefined
        ? [
            {
              severity: "low" as const,
              what: "no witness in the secondary data center",
              because: "after a disaster a lost server needs a person",
              key: "databases.witnesses: both",
            },
          ]
        : []),
    ...bothSides
      .filter((side) => {
        const { server, mirror, witness } = chat.sessions[side];
        return mirror !== undefined && witness !== undefined && site.zones[server] === undefined;
      })
      .map((side) => ({
        severity: "medium" as const,
        what: `no zones in the ${side} data center`,
        because: `an availability set has two fault domains, so a rack may hold two of principal, mirror and witness of ${chat.name}`,
        key: `dataCenters.${side}.faultIsolation: zones`,
      })),
    ...shared.map(({ name }) => ({
      severity: "low" as const,
      what: `${name} shares the instances of ${chat.name}`,
      because: "one lost instance moves both",
      key: "databases.compliance: dedicated",
    })),
  ];
}

function sharePoints(
  site: Site,
  rows: readonly SurvivalRow[],
  pairs: readonly SurvivalRow[],
): readonly WeakPoint[] {
  const { backupShare: backup, fileStore: files } = site;
  const isHome = site.servedFrom === "primary";
  const loss = rows.find(({ what }) => what.join() === "primary")?.lossMinutes;
  const both = pairs.find(
    ({ what }) => isHome && what.includes("primary") && backup !== undefined && what.includes(backup.host),
  )?.lossMinutes;
  return [
    ...(isHome && backup !== undefined && site.machines[backup.host] === "primary"
      ? [
          {
            severity: "high" as const,
            what: `${backup.id} is lost with the primary data center`,
            because: `backups that were not copied yet are lost with it: up to ${loss} minutes of messages`,
            key: "databases.backupShare: secondary",
          },
        ]
      : []),
    ...(both === undefined || both === null
      ? []
      : [
          {
            severity: "low" as const,
            what: `${backup?.host} and the primary data center together`,
            because: `backups that were not copied yet are lost: up to ${both} minutes of messages instead of ${loss}`,
            key: "",
          },
        ]),
    ...(files === undefined
      ? []
      : [
          {
            severity: "medium" as const,
            what: `${files.host} alone has the files that were sent`,
            because: "no second copy of the file store is kept; chat goes on without files",
            key: "",
          },
        ]),
    ...(files !== undefined && site.machines[files.host] === "primary"
      ? [
          {
            severity: "medium" as const,
            what: `${files.id} is lost with the primary data center`,
            because: "after a failover to the other one no files can be sent",
            key: "pool.fileStore: secondary",
          },
        ]
      : []),
  ];
}

function serverPoints(site: Site): readonly WeakPoint[] {
  const active = activeServers(site, site.servedFrom);
  const controllers = bothSides.flatMap((side) => {
    const here = site.controllers.filter((name) => site.machines[name] === side);
    return here.length === 1 ? here : [];
  });
  return [
    ...(active.length === 1
      ? [
          {
            severity: "medium" as const,
            what: `${active[0]} is the only active Persistent Chat server`,
            because: "when it is lost a person must make another one active",
            key: "pool.servers: 4",
          },
        ]
      : []),
    ...(site.frontEndPools.length === 0
      ? [
          {
            severity: "high" as const,
            what: "no Front Ends",
            because: "nobody reaches a room: only the databases can be failed over here",
            key: "frontEnds.servers: 3",
          },
        ]
      : []),
    ...site.frontEndPools
      .filter(({ servers }) => servers.length < 3)
      .map(({ side, servers }) => ({
        severity: "medium" as const,
        what: `${servers.length} Front End${servers.length === 1 ? "" : "s"} in the ${side} data center`,
        because: "Microsoft wants three, so that a pool starts and goes on when one is lost",
        key: "frontEnds.servers: 3",
      })),
    ...(controllers.length === 0
      ? []
      : [
          {
            severity: "low" as const,
            what: `one domain controller in each data center: ${controllers.join(", ")}`,
            because: "with both of them the directory is lost, and with it the whole lab",
            key: "",
          },
        ]),
  ];
}

/** The fewest machines whose disks hold everything that there is of a database. */
function thirdFailure(site: Site): readonly WeakPoint[] {
  return site.databases.map(({ name, sessions }) => {
    const { primary, secondary } = sessions;
    const holders = (
      site.servedFrom === "primary"
        ? [primary.server, primary.mirror, secondary.server]
        : [secondary.server, secondary.mirror]
    ).filter((host) => host !== undefined);
    return {
      severity: "low" as const,
      what: holders.length === 1 ? `${holders[0]} alone` : `${holders.join(", ")} together`,
      because: `${holders.length === 1 ? "it holds" : "they hold"} all that there is of ${name}: ${holders.length === 3 ? "the third failure" : holders.length === 1 ? "losing it" : "losing them"} is the end of it`,
      key: "",
    };
  });
}
