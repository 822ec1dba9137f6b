import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../../topology/model";
import { costOf, thingsOf } from "../../topology/views/cost";
import { root } from "../terminal/paths";

/*
 * Azure's public list prices, which ask for no login: https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices
 */

const address = "https://prices.azure.com/api/retail/prices";

export interface PriceRow {
  readonly region: string;
  readonly what: string;
  readonly perHour?: number;
  readonly perMonth?: number;
  readonly date: string;
  readonly source: string;
}

interface RetailItem {
  readonly armRegionName: string;
  readonly armSkuName: string;
  readonly productName: string;
  readonly skuName: string;
  readonly meterName: string;
  readonly retailPrice: number;
}

interface Answer {
  readonly Items: readonly RetailItem[];
  readonly NextPageLink: string | null;
}

export type Fetch = (
  url: string,
) => Promise<{ readonly ok: boolean; readonly status: number; json(): Promise<unknown> }>;

/** Reads the prices of a lab's machines and disks. Throws an error in one sentence where Azure does not answer. */
export async function retailPrices(
  plan: Plan,
  today: string,
  get: Fetch = fetch,
): Promise<readonly PriceRow[]> {
  const wanted = costOf(thingsOf(plan)).items;
  const regions = [...new Set(wanted.map(({ region }) => region))];
  const rows: PriceRow[] = [];
  for (const region of regions) {
    const here = wanted.filter((one) => one.region === region).map(({ what }) => what);
    const sizes = [...new Set(here.filter((what) => /^Standard_/.test(what)))];
    const machines = await all(
      `serviceName eq 'Virtual Machines' and ${inRegion(region)} and (${sizes.map((size) => `armSkuName eq '${size}'`).join(" or ")})`,
      get,
    );
    for (const { productName, skuName, armSkuName, retailPrice } of machines)
      if (/ Windows$/.test(productName) && !/Spot|Low Priority/.test(skuName))
        rows.push(row(region, armSkuName, today, "Windows", { perHour: retailPrice }));
    const disks = await all(
      `serviceName eq 'Storage' and ${inRegion(region)} and productName eq 'Standard SSD Managed Disks'`,
      get,
    );
    for (const { meterName, retailPrice } of disks) {
      const tier = /^(E[0-9]+) LRS Disk$/.exec(meterName)?.[1];
      if (tier !== undefined)
        rows.push(
          row(region, `Standard SSD ${tier}`, today, "LRS, without operations", { perMonth: retailPrice }),
        );
    }
  }
  return rows;
}

function row(
  region: string,
  what: string,
  date: string,
  kind: string,
  price: Pick<PriceRow, "perHour" | "perMonth">,
): PriceRow {
  return { region, what, ...price, date, source: `Azure Retail Prices, pay as you go, ${kind}` };
}

const inRegion = (region: string) => `priceType eq 'Consumption' and armRegionName eq '${region}'`;

async function all(filter: string, get: Fetch): Promise<readonly RetailItem[]> {
  const items: RetailItem[] = [];
  let next: string | null = `${address}?$filter=${encodeURIComponent(filter)}`;
  while (next !== null) {
    const response = await get(next).catch((error: unknown) => {
      const { cause, message } = error as { cause?: { message?: string }; message: string };
      throw new Error(`Azure's list prices could not be read: ${cause?.message ?? message}`);
    });
    if (!response.ok) throw new Error(`Azure's list prices could not be read: HTTP ${response.status}`);
    const answer = (await response.json()) as Answer;
    items.push(...answer.Items);
    next = answer.NextPageLink;
  }
  return items;
}

/** The table with rows in the place of those for the same things in the same regions. */
export function withRows(old: readonly PriceRow[], rows: readonly PriceRow[]): readonly PriceRow[] {
  const isNew = (region: string, what: string) =>
    rows.some((one) => one.region === region && one.what === what);
  const kept = old.flatMap((one) => {
    const regions = one.region.split(" ").filter((region) => !isNew(region, one.what));
    return regions.length === 0 ? [] : [{ ...one, region: regions.join(" ") }];
  });
  return [...rows, ...kept];
}

const file = join(root, "topology", "azure", "prices.json");

/** Writes the table anew. */
export function savePrices(rows: readonly PriceRow[]): void {
  const table = JSON.parse(readFileSync(file, "utf8")) as { currency: string; rows: readonly PriceRow[] };
  writeFileSync(file, `${JSON.stringify({ ...table, rows: withRows(table.rows, rows) }, null, 2)}\n`);
}
