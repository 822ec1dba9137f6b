import { roundTripMs } from "../azure/regions";
import type { DatabaseSet, DataCenterId, Machine, Plan } from "../model";

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
    subtitle: `link with ${link}${ms === undefined ? "" : `, ${ms} ms a round trip`}`,
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
  const frontEnds = plan.frontEndPools.find(({ dataCenter }) => dataCenter === side);
  const bastion = plan.dataCenters[side].bastion;
  const seen = new Set<string>();
  const databases = plan.databaseSets.flatMap((set) => {
    const cells = databaseCells(set, side).filter(({ machine }) => !seen.has(machine));
    for (const { machine } of cells) seen.add(machine);
    // An instance that two databases share is drawn once, and a witness too.
    if (!cells.some(({ machine }) => machine === set[side].server)) return [];
    const sharing = plan.databaseSets.filter((other) => other[side].server === set[side].server);
    return [
      box(
        set.database,
        sharing.map(({ database }) => database).join(", "),
        cells,
        databaseNotes(set, side, cells),
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
      ofKind("persistentChat").map(({ name, active }): Cell => {
        return { machine: name, is: active ? "active" : "idle", state: active ? "working" : "ready" };
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

function databaseCells(set: DatabaseSet, side: DataCenterId): readonly Cell[] {
  const { server, mirror, witness } = set[side];
  const isPrimary = side === "primary";
  return [
    {
      machine: server,
      is: isPrimary ? "principal" : "log-shipping secondary",
      state: isPrimary ? "working" : "ready",
    },
    ...(mirror === undefined
      ? []
      : [
          {
            machine: mirror,
            is: isPrimary ? "mirror" : "its mirror after a failover",
            state: "ready",
          } as const,
        ]),
    ...(witness === undefined ? [] : [{ machine: witness, is: "witness", state: "helper" } as const]),
  ];
}

function databaseNotes(set: DatabaseSet, side: DataCenterId, cells: readonly Cell[]): readonly string[] {
  const { mirror, witness } = set[side];
  if (mirror === undefined) return ["no mirror: alone after a failover"];
  const elsewhere = cells.some(({ machine }) => machine === witness) ? "" : ` (${witness})`;
  const failover = witness === undefined ? "failover by hand, no witness" : `automatic failover${elsewhere}`;
  return [side === "primary" ? `mirrored: ${failover}` : `mirroring prepared: ${failover}`];
}

/** Arrows between all boxes that there may be; those of instances that two databases share lead nowhere, and are left out with their boxes. */
function arrowsOf(plan: Plan): readonly Arrow[] {
  return [
    {
      from: "primary-front-ends",
      to: "primary-chat",
      label: "next hop",
      both: false,
      copies: false,
    },
    { from: "primary-chat", to: "secondary-chat", label: "one pool", both: true, copies: false },
    { from: "primary-chat", to: "primary-mgc", label: "rooms and messages", both: false, copies: false },
    ...plan.databaseSets.map((set): Arrow => {
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
