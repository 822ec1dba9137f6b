import type { Plan } from "../../topology/model";
import { type Cost, costOf, hoursOf, pricedRegions, thingsOf } from "../../topology/views/cost";
import { loadGoodStack } from "../stack/load";
import type { Arguments } from "../terminal/arguments";
import { columns, err, out, wrapped } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";
import { retailPrices, savePrices } from "./refreshPrices";

/** Tells what a stack's lab costs at list prices. */
export async function price(args: Arguments): Promise<number> {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  if (args.refresh) return refresh(loaded.plan);
  const { pricesOf } = args;
  if (pricesOf !== undefined && !pricedRegions.includes(pricesOf))
    throw new UsageError(`--prices-of takes ${pricedRegions.join(", ")}, not "${pricesOf}".`);
  const things = thingsOf(loaded.plan).map((thing) =>
    pricesOf === undefined ? thing : { ...thing, region: pricesOf },
  );
  const cost = costOf(things);
  const stay = stayOf(args, cost);
  out.write(
    args.json
      ? `${JSON.stringify(priceJson(loaded.stack, cost, stay), null, 2)}\n`
      : priceText(cost, out.edge, stay),
  );
  return 0;
}

/** Days with a lab, its machines running for some hours of each. */
interface Stay {
  readonly days: number;
  readonly hoursADay: number;
  /** USD of what has a price. */
  readonly usd: number;
}

function stayOf({ days, hoursADay = 24 }: Arguments, { running, stopped }: Cost): Stay | undefined {
  if (days === undefined) return undefined;
  const usd = days * (hoursADay * running + (24 - hoursADay) * stopped);
  return { days, hoursADay, usd: Math.round(usd * 100) / 100 };
}

/** Brings the table of prices up to date for the machines and disks of a lab, or leaves it as it is. */
async function refresh(plan: Plan): Promise<number> {
  try {
    const rows = await retailPrices(plan, new Date().toISOString().slice(0, 10));
    savePrices(rows);
    err.say(`${rows.length} prices written to topology/azure/prices.json.\n`);
    return 0;
  } catch (error) {
    err.say(`${error instanceof Error ? error.message : String(error)}\nThe prices stay as they were.\n`);
    return 1;
  }
}

/** USD by period, to the cent. */
function byPeriod(perHour: number) {
  return Object.fromEntries(
    Object.entries(hoursOf).map(([period, hours]) => [period, Math.round(perHour * hours * 100) / 100]),
  );
}

function priceJson(stack: string, { items, running, stopped, unknown, asOf }: Cost, stay: Stay | undefined) {
  return {
    stack,
    currency: "USD",
    asOf,
    running: byPeriod(running),
    stopped: byPeriod(stopped),
    ...(stay === undefined ? {} : { stay }),
    unknown,
    items,
  };
}

/** A lab's cost as text, at most so many columns wide. */
export function priceText(
  { items, running, stopped, unknown, asOf }: Cost,
  edge: number,
  stay?: Stay,
): string {
  const money = (perHour: number, hours: number) => (perHour * hours).toFixed(2);
  const rows = items.map(({ region, what, count, perHour, onlyRunning }) => [
    region,
    what,
    String(count),
    perHour === undefined ? "unknown" : money(perHour, hoursOf.hour),
    perHour === undefined ? "" : money(perHour, hoursOf.month),
    onlyRunning ? "while it runs" : "",
  ]);
  const totals = [
    ["", ...Object.keys(hoursOf).map((period) => `${period === "hour" ? "an" : "a"} ${period}`)],
    ["running", ...Object.values(hoursOf).map((hours) => money(running, hours))],
    ["stopped", ...Object.values(hoursOf).map((hours) => money(stopped, hours))],
  ];
  return [
    `${out.paint("bold", "List prices in USD")}\n`,
    columns([["region", "what", "count", "an hour", "a month", ""], ...rows], edge),
    `\n${out.paint("bold", "All that has a price")}\n`,
    columns(totals, edge),
    ...(stay === undefined ? [] : [wrapped(`\n${stayText(stay)}\n`, edge)]),
    unknown > 0
      ? wrapped(`\n${unknown} of these have no price here, and are not in the sums.\n`, edge)
      : "\n",
    wrapped(`Prices as of ${asOf} and later; without traffic and operations on disks.\n`, edge),
  ].join("");
}

function stayText({ days, hoursADay, usd }: Stay): string {
  const time = `${days} day${days === 1 ? "" : "s"}`;
  return `${time}, all machines running for ${hoursADay} hours of each: ${usd.toFixed(2)} USD`;
}
