import table from "../azure/prices.json";
import type { Plan } from "../model";

/*
 * What a lab costs at list prices. A price that is not in the table is unknown, and said to be: none is guessed from a neighbour's.
 */

/** Hours of the periods that costs are told for. */
export const hoursOf = { hour: 1, day: 24, month: 730 } as const;

/** One kind of thing that costs money in one region. */
export interface CostItem {
  readonly region: string;
  /** What the price table calls it. */
  readonly what: string;
  readonly count: number;
  /** USD an hour for all of them; absent where the table has no price. */
  readonly perHour?: number;
  /** Whether it costs nothing while machines are stopped. */
  readonly onlyRunning: boolean;
}

export interface Cost {
  readonly items: readonly CostItem[];
  /** USD an hour of what has a price, while all machines run and while all are stopped that stop: domain controllers run on by default. */
  readonly running: number;
  readonly stopped: number;
  /** How many things have no price. */
  readonly unknown: number;
  /** Date of the oldest price that was used. */
  readonly asOf: string;
}

interface Price {
  readonly region: string;
  readonly what: string;
  readonly perHour?: number;
  readonly perMonth?: number;
  readonly date: string;
}

/** Sizes of managed disks by their tier: https://learn.microsoft.com/azure/virtual-machines/disks-types */
const diskTiers: readonly (readonly [gib: number, tier: string])[] = [
  [4, "E1"],
  [8, "E2"],
  [16, "E3"],
  [32, "E4"],
  [64, "E6"],
  [128, "E10"],
  [256, "E15"],
  [512, "E20"],
  [1024, "E30"],
  [2048, "E40"],
  [4096, "E50"],
  [8192, "E60"],
  [16384, "E70"],
  [32767, "E80"],
];

function tierOf(gib: number): string {
  return `Standard SSD ${diskTiers.find(([most]) => gib <= most)?.[1] ?? "E80"}`;
}

function priceOf(region: string, what: string): Price | undefined {
  const rows: readonly Price[] = table.rows;
  return rows.find(
    (row) => row.what === what && (row.region === "*" || row.region.split(" ").includes(region)),
  );
}

/** Regions that the table has prices for. */
export const pricedRegions: readonly string[] = [
  ...new Set(table.rows.flatMap(({ region }) => (region === "*" ? [] : region.split(" ")))),
].sort();

/** One thing that costs money. */
export interface Thing {
  readonly region: string;
  /** A size, `Standard SSD E10`, or what else the price table calls it. */
  readonly what: string;
  /** Whether it costs nothing while machines are stopped. */
  readonly onlyRunning: boolean;
}

/** A managed disk as the price table calls it. */
export function diskThing(region: string, gib: number): Thing {
  return { region, what: tierOf(gib), onlyRunning: false };
}

/** A machine without its disks; `stops` says whether it is off while the lab is. Developer edition is free; the others come with a licence that the table has no price for. */
export function machineThings(
  region: string,
  size: string,
  imageSku: string,
  stops: boolean,
): readonly Thing[] {
  const licensed = /^(standard|enterprise)/.test(imageSku);
  return [size, ...(licensed ? [`SQL Server licence for ${size}`] : [])].map((what) => ({
    region,
    what,
    onlyRunning: stops,
  }));
}

/** Everything of a lab that costs money, but traffic and operations on disks. */
export function thingsOf({ machines, dataCenters }: Plan): readonly Thing[] {
  const always = (region: string, ...names: string[]) =>
    names.map((what): Thing => ({ region, what, onlyRunning: false }));
  return [
    ...machines.flatMap(({ dataCenter, kind, size, image, osDiskGiB, dataDisks, stopsDaily }) => {
      const { region } = dataCenters[dataCenter];
      const stops = kind !== "domainController" || stopsDaily;
      return [
        ...machineThings(region, size, "sku" in image ? image.sku : "", stops),
        ...[osDiskGiB, ...dataDisks.map(({ sizeGiB }) => sizeGiB)].map((gib) => diskThing(region, gib)),
      ];
    }),
    ...Object.values(dataCenters).flatMap(({ region, bastion }) => [
      ...always(region, "NAT gateway", "Standard public IPv4"),
      ...(bastion === undefined ? [] : always(region, "Bastion Basic", "Standard public IPv4")),
    ]),
  ];
}

/** What a lab costs. */
export function costOf(things: readonly Thing[]): Cost {
  const counts = new Map<string, Thing & { count: number }>();
  for (const thing of things) {
    const key = `${thing.region} ${thing.what} ${thing.onlyRunning}`;
    const item = counts.get(key) ?? { ...thing, count: 0 };
    item.count += 1;
    counts.set(key, item);
  }
  const dates: string[] = [];
  const items = [...counts.values()].map((item): CostItem => {
    const price = priceOf(item.region, item.what);
    const each =
      price?.perHour ?? (price?.perMonth === undefined ? undefined : price.perMonth / hoursOf.month);
    if (price !== undefined) dates.push(price.date);
    return { ...item, ...(each === undefined ? {} : { perHour: each * item.count }) };
  });
  const sum = (some: readonly CostItem[]) => some.reduce((total, { perHour = 0 }) => total + perHour, 0);
  return {
    items,
    running: sum(items),
    stopped: sum(items.filter(({ onlyRunning }) => !onlyRunning)),
    unknown: items
      .filter(({ perHour }) => perHour === undefined)
      .reduce((total, { count }) => total + count, 0),
    asOf: dates.sort()[0] ?? "",
  };
}
