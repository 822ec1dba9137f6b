import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shippedStacks } from "../../../cli/stack/stackFile";
import { root } from "../../../cli/terminal/paths";
import { type PriceRow, retailPrices, withRows } from "../../../cli/verbs/refreshPrices";
import { thingsOf } from "../../../topology/views/cost";
import { goodStack, lab, stackFile } from "../../support/cli";
import { planOf } from "../../support/config";

describe("a verb that answers a question of its own", () => {
  it("begins with the answer, not with a warning", async () => {
    const warned = stackFile(`${goodStack}  persistent-chat-lab:bastion: none\n`);
    expect((await lab("show", "--config-file", warned)).stderr).toContain("1 warning");
    for (const verb of ["price", "worksheet", "diagram"])
      expect((await lab(verb, "--config-file", warned)).stderr).not.toContain("warning");
  });
});

/** The stack file `minimal` with its secondary data center in a region that the table has no prices of. */
const unpriced = () => {
  const minimal = readFileSync(join(root, "stacks", "Pulumi.minimal.yaml"), "utf8");
  return stackFile(minimal.replace("region: swedencentral", "region: norwayeast"));
};

describe("lab price", () => {
  it.each(shippedStacks)("has a price for everything of the stack %s", async (stack) => {
    const { stdout } = await lab("price", "--stack", stack, "--json");
    expect(JSON.parse(stdout).unknown).toBe(0);
  });

  it("tells the sums of what has a price, running and stopped, and counts the rest", async () => {
    const { code, stdout } = await lab("price", "--config-file", unpriced(), "--json");
    const cost = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(cost).toMatchObject({ currency: "USD", asOf: "2024-07-01" });
    expect(cost.running.hour).toBeGreaterThan(cost.stopped.hour);
    const unknown = cost.items.filter(({ perHour }: { perHour?: number }) => perHour === undefined);
    expect(cost.unknown).toBe(unknown.reduce((sum: number, { count }: { count: number }) => sum + count, 0));
    expect(unknown.every(({ region }: { region: string }) => region === "norwayeast")).toBe(true);
    expect(unknown.length).toBeGreaterThan(0);
  });

  it("says in text what has no price, and how old the prices are", async () => {
    const { stdout } = await lab("price", "--config-file", unpriced());
    expect(stdout).toMatch(/norwayeast +Standard_D2s_v5 +3 +unknown +while it runs/);
    // Its domain controller runs on while the others are stopped.
    expect(stdout).toMatch(/norwayeast +Standard_D2s_v5 +1 +unknown\n/);
    expect(stdout).toContain("12 of these have no price here, and are not in the sums.\n");
    expect(stdout).toContain("Prices as of 2024-07-01 and later; without traffic and operations on disks.\n");
  });
});

describe("the licence of SQL Server", () => {
  const size = "Standard_E4s_v5";
  it.each([
    ["sql-server-2019-developer", 0],
    ["sql-server-2019-standard", 4],
    ["sql-server-2019-enterprise", 4],
  ])("is counted for machines of the image %s: %d", (image, count) => {
    const things = thingsOf(planOf({ machines: { sqlServer: { image, size } } }));
    expect(things.filter(({ what }) => what === `SQL Server licence for ${size}`).length).toBe(count);
  });
});

describe("lab price --days", () => {
  const week = ["price", "--stack", "minimal", "--prices-of", "northeurope", "--days", "7"];

  it("adds up so many days, with all machines running for some hours of each", async () => {
    const { stay, running, stopped } = JSON.parse(
      (await lab(...week, "--hours-a-day", "10", "--json")).stdout,
    );
    expect(stay).toEqual({ days: 7, hoursADay: 10, usd: 220.99 });
    expect(stay.usd).toBeGreaterThan(7 * stopped.day);
    expect(JSON.parse((await lab(...week, "--json")).stdout).stay).toEqual({
      days: 7,
      hoursADay: 24,
      usd: 338,
    });
    expect(7 * running.day).toBeCloseTo(338, 1);
    expect((await lab(...week, "--hours-a-day", "0")).stdout).toContain(
      "\n7 days, all machines running for 0 hours of each: 137.41 USD\n",
    );
  });

  it("takes hours that a day has, and says what it needs", async () => {
    const says = async (...words: string[]) => (await lab("price", ...words)).stderr.split("\n")[0];
    expect(await says("--days", "7", "--hours-a-day", "25")).toBe(
      '--hours-a-day takes a whole number from 0 to 24, not "25".',
    );
    expect(await says("--hours-a-day", "5")).toBe("--hours-a-day needs --days.");
    expect(await says("--days", "0")).toBe('--days takes a whole number from 1, not "0".');
  });
});

describe("lab price --prices-of", () => {
  it("takes one region's prices for all", async () => {
    const { code, stdout } = await lab(
      "price",
      "--stack",
      "figure-1",
      "--prices-of",
      "northeurope",
      "--json",
    );
    const { items, unknown } = JSON.parse(stdout);
    expect({ code, unknown }).toEqual({ code: 0, unknown: 0 });
    expect(new Set(items.map(({ region }: { region: string }) => region))).toEqual(new Set(["northeurope"]));
  });

  it("names the regions that have prices where the table has none", async () => {
    const { code, stderr } = await lab("price", "--prices-of", "norwayeast");
    expect(code).toBe(2);
    expect(stderr).toContain(
      '--prices-of takes belgiumcentral, eastus, francecentral, northeurope, swedencentral, westeurope, westus, westus3, not "norwayeast".',
    );
  });
});

describe("prices from Azure", () => {
  const plan = planOf({ frontEnds: { servers: 0 }, pool: { servers: 2 } });
  const item = (changes: object) => ({
    armRegionName: "swedencentral",
    armSkuName: "Standard_D4s_v5",
    productName: "Virtual Machines Dsv5 Series Windows",
    skuName: "Standard_D4s_v5",
    meterName: "D4s v5",
    retailPrice: 0.4,
    ...changes,
  });

  it("are those of Windows machines and of disks, by region, from every page", async () => {
    const asked: string[] = [];
    const rows = await retailPrices(plan, "2026-11-25", async (url) => {
      const decoded = decodeURIComponent(url);
      asked.push(decoded);
      const isDisk = decoded.includes("Standard SSD Managed Disks");
      const first = !decoded.includes("page=2");
      const items = isDisk
        ? [
            item({ meterName: "E10 LRS Disk", retailPrice: 9.6 }),
            item({ meterName: "E10 ZRS Disk", retailPrice: 14 }),
          ]
        : first
          ? [
              item({}),
              item({ skuName: "D4s v5 Spot", retailPrice: 0.1 }),
              item({ productName: "Virtual Machines Dsv5 Series", retailPrice: 0.2 }),
            ]
          : [item({ armSkuName: "Standard_D2s_v5", retailPrice: 0.2 })];
      const NextPageLink = !isDisk && first && decoded.includes("swedencentral") ? `${url}&page=2` : null;
      return { ok: true, status: 200, json: async () => ({ Items: items, NextPageLink }) };
    });
    expect(
      rows
        .filter(({ region }) => region === "swedencentral")
        .map(({ what, perHour, perMonth }) => [what, perHour ?? perMonth]),
    ).toEqual([
      ["Standard_D4s_v5", 0.4],
      ["Standard_D2s_v5", 0.2],
      ["Standard SSD E10", 9.6],
    ]);
    expect(asked[0]).toBe(
      "https://prices.azure.com/api/retail/prices?$filter=serviceName eq 'Virtual Machines' and priceType eq 'Consumption' and armRegionName eq 'northeurope' and (armSkuName eq 'Standard_D2s_v5' or armSkuName eq 'Standard_D4s_v5')",
    );
  });

  it("are not taken from an answer that is none", async () => {
    const answer = async () => ({ ok: false, status: 503, json: async () => ({}) });
    await expect(retailPrices(plan, "2026-11-25", answer)).rejects.toThrow(
      "Azure's list prices could not be read: HTTP 503",
    );
    const broken = async () => {
      throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND prices.azure.com") });
    };
    await expect(retailPrices(plan, "2026-11-25", broken)).rejects.toThrow(
      "Azure's list prices could not be read: getaddrinfo ENOTFOUND prices.azure.com",
    );
  });

  it("take the place of older ones for the same thing in the same region only", () => {
    const old: readonly PriceRow[] = [{ region: "a b", what: "E10", perMonth: 1, date: "2026", source: "s" }];
    const now: readonly PriceRow[] = [{ region: "b", what: "E10", perMonth: 2, date: "2027", source: "t" }];
    expect(withRows(old, now)).toEqual([...now, { ...old[0], region: "a" }]);
  });
});
