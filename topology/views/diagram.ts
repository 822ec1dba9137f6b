import { roundTripMs } from "../azure/regions";
import type { DatabaseSet, DataCenterId, Machine, Plan } from "../model";
import { siteOfPlan } from "../resilience/ofPlan";
import { activeServers } from "../resilience/site";

/*
 * The plan as a picture: the figure of Microsoft's plan with the names of this lab. What is drawn, without how.
 */

/** One machine in a box. */
export interface Cell {
  readonly machine: string;
  readonly is: string;
  /** How it is painted: what works now, what stands ready, what only votes or helps. */
  readonly state: "working" | "ready" | "helper";
}

/** Machines of one data center that belong together. */
export interface Box {
  /** Unique in the picture, such as `primary-mgc`. */
  readonly id: string;
  readonly row: string;
  readonly title: string;
  readonly cells: readonly Cell[];
  /** What else is to be said of it, a line each. */
  readonly notes: readonly string[];
}

export interface Side {
  readonly id: DataCenterId;
  readonly title: string;
  /** From the top to the bottom. */
  readonly boxes: readonly Box[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly both: boolean;
  /** Whether it carries copies of data, not the service itself. */
  readonly copies: boolean;
}

export interface Diagram {
  readonly title: string;
  /** The link between the data centers. */
  readonly subtitle: string;
  readonly sides: readonly Side[];
  readonly arrows: readonly Arrow[];
}

const ids = ["primary", "secondary"] as const;

/** The picture of a plan. */
export function diagram(plan: Plan): Diagram {
  const [primary, secondary] = ids.map((id) => plan.dataCenters[id].region) as [string, string];
  const ms = roundTripMs(primary, secondary);
  const link =
    plan.link === "high-bandwidth-low-latency"
      ? "high bandwidth, low latency"
      : "low bandwidth, high latency";
  const sides = ids.map((id): Side => {
    const { region } = plan.dataCenters[id];
    return { id, title: `${id} data center (${region})`, boxes: boxesOf(plan, id) };
  });
  const drawn = new Set(sides.flatMap(({ boxes }) => boxes.map((box) => box.id)));
  return {
    title: `${plan.pool.fqdn}: one Persistent Chat pool over two data centers`,
    subtitle: `${plan.site === "secondary" ? "served from the secondary data center; " : ""}link with ${link}${ms === undefined ? "" : `, ${ms} ms a round trip`}`,
    sides,
    arrows: arrowsOf(plan).filter(({ from, to }) => drawn.has(from) && drawn.has(to)),
  };
}

function boxesOf(plan: Plan, side: DataCenterId): readonly Box[] {
  const here = plan.machines.filter(({ dataCenter }) => dataCenter === side);
  const ofKind = (kind: Machine["kind"]) => here.filter((machine) => machine.kind === kind);
  const box = (row: string, title: string, cells: readonly Cell[], notes: readonly string[] = []): Box => ({
    id: `${side}-${row}`,
    row,
    title,
    cells,
    notes,
  });
  const active = activeServers(siteOfPlan(plan), plan.site);
  const frontEnds = plan.frontEndPools.find(({ dataCenter }) => dataCenter === side);
  const bastion = plan.dataCenters[side].bastion;
  const seen = new Set<string>();
  const databases = plan.databaseSets.flatMap((set) => {
    const cells = databaseCells(set, side, plan.site).filter(({ machine }) => !seen.has(machine));
    for (const { machine } of cells) seen.add(machine);
    // An instance that two databases share is drawn once, and a witness too.
    if (!cells.some(({ machine }) => machine === set[side].server)) return [];
    const sharing = plan.databaseSets.filter((other) => other[side].server === set[side].server);
    return [
      box(
        set.database,
        sharing.map(({ database }) => database).join(", "),
        cells,
        databaseNotes(set, side, plan.site, cells),
      ),
    ];
  });
  return [
    ...(frontEnds === undefined
      ? []
      : [
          box("front-ends", `Front End pool ${frontEnds.name}`, [
            ...frontEnds.servers.map((machine): Cell => ({ machine, is: "Front End", state: "working" })),
            { machine: frontEnds.backEnd, is: "back end", state: "helper" },
          ]),
        ]),
    box(
      "chat",
      `Persistent Chat pool ${plan.pool.name}`,
      ofKind("persistentChat").map(({ name }): Cell => {
        const isActive = active.includes(name);
        return { machine: name, is: isActive ? "active" : "idle", state: isActive ? "working" : "ready" };
      }),
    ),
    ...databases,
    box(
      "site",
      "Directory and files",
      [
        ...ofKind("domainController").map(({ name }): Cell => {
          return { machine: name, is: "domain controller", state: "helper" };
        }),
        ...ofKind("fileServer").map(
          ({ name }): Cell => ({ machine: name, is: "file server", state: "helper" }),
        ),
      ],
      [
        ...plan.shares
          .filter(({ host }) => ofKind("fileServer").some(({ name }) => name === host))
          .map(({ id, purpose }) => `${id}: ${purposes[purpose]}`),
        ...(bastion === undefined ? [] : [`Bastion ${bastion}`]),
      ],
    ),
  ];
}

const purposes = {
  "log-shipping-backup": "log backups",
  "log-shipping-copy": "copies of log backups",
  "chat-file-store": "files of the chat pool",
  "front-end-file-store": "files of the Front End pool",
} as const;

/** What the servers of a data center are that does not serve. */
const standIns = {
  primary: { server: "principal after the way back", mirror: "its mirror after the way back" },
  secondary: { server: "log-shipping secondary", mirror: "its mirror after a failover" },
} as const;

function databaseCells(set: DatabaseSet, side: DataCenterId, servedFrom: DataCenterId): readonly Cell[] {
  const { server, mirror, witness } = set[side];
  const serves = side === servedFrom;
  return [
    {
      machine: server,
      is: serves ? "principal" : standIns[side].server,
      state: serves ? "working" : "ready",
    },
    ...(mirror === undefined
      ? []
      : [
          {
            machine: mirror,
            is: serves ? "mirror" : standIns[side].mirror,
            state: "ready",
          } as const,
        ]),
    ...(witness === undefined ? [] : [{ machine: witness, is: "witness", state: "helper" } as const]),
  ];
}

function databaseNotes(
  set: DatabaseSet,
  side: DataCenterId,
  servedFrom: DataCenterId,
  cells: readonly Cell[],
): readonly string[] {
  const { mirror, witness } = set[side];
  if (mirror === undefined)
    return [side === servedFrom ? "no mirror: alone" : "no mirror: alone after a failover"];
  const elsewhere = cells.some(({ machine }) => machine === witness) ? "" : ` (${witness})`;
  const failover = witness === undefined ? "failover by hand, no witness" : `automatic failover${elsewhere}`;
  if (side === servedFrom) return [`mirrored: ${failover}`];
  return [side === "primary" ? "mirrored again after the way back" : `mirroring prepared: ${failover}`];
}

/** Arrows between all boxes that there may be; those of instances that two databases share lead nowhere, and are left out with their boxes. */
function arrowsOf(plan: Plan): readonly Arrow[] {
  const { site } = plan;
  return [
    {
      from: `${site}-front-ends`,
      to: `${site}-chat`,
      label: site === "primary" ? "next hop" : "users after a failover",
      both: false,
      copies: false,
    },
    { from: "primary-chat", to: "secondary-chat", label: "one pool", both: true, copies: false },
    { from: `${site}-chat`, to: `${site}-mgc`, label: "rooms and messages", both: false, copies: false },
    // Nothing is shipped back.
    ...(site === "secondary" ? [] : plan.databaseSets).map((set): Arrow => {
      const { intervalMinutes, backupShare } = set.logShipping;
      return {
        from: `primary-${set.database}`,
        to: `secondary-${set.database}`,
        label: `log shipping every ${intervalMinutes} min over ${backupShare}`,
        both: false,
        copies: true,
      };
    }),
  ];
}
