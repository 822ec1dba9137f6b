import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyRepository, labInAfter } from "../../support/repository";

/** Answers as Azure does for the machines and disks that it is asked about: each costs 0.5 an hour, or 7.3 a month. */
const azure = `
globalThis.fetch = async (url) => {
  const filter = decodeURIComponent(url);
  const armRegionName = /armRegionName eq '(\\w+)'/.exec(filter)[1];
  const sizes = [...filter.matchAll(/armSkuName eq '(\\w+)'/g)].map(([, size]) => size);
  const Items = filter.includes("Managed Disks")
    ? ["E3", "E4", "E6", "E10"].map((tier) => ({ armRegionName, meterName: tier + " LRS Disk", retailPrice: 7.3 }))
    : sizes.map((armSkuName) => ({ armRegionName, armSkuName, productName: "Dsv5 Series Windows", skuName: armSkuName, retailPrice: 0.5 }));
  return { ok: true, status: 200, json: async () => ({ Items, NextPageLink: null }) };
};`;
const noNetwork = `globalThis.fetch = async () => {
  throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND prices.azure.com") });
};`;

let folder: string;
beforeAll(() => {
  folder = copyRepository();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** `lab price --refresh` in a copy of this checkout, with a network of its own. */
function refresh(network: string) {
  const module = join(folder, "network.cjs");
  writeFileSync(module, network);
  return labInAfter(module, folder, "price", "--stack", "minimal", "--refresh");
}

/** What is told after the warnings about the stack. */
const toldLast = (stderr: string) => stderr.split("\n\n").at(-1);

const table = () => readFileSync(join(folder, "topology", "azure", "prices.json"), "utf8");

describe("lab price --refresh", () => {
  it("writes the table as it is formatted", () => {
    const before = table();
    refresh(
      `globalThis.fetch = async () => ({ ok: true, status: 200, json: async () => ({ Items: [], NextPageLink: null }) });`,
    );
    expect(table()).toBe(before);
  });

  it("leaves the prices as they were where Azure cannot be reached", () => {
    const before = table();
    const { status, stdout, stderr } = refresh(noNetwork);
    expect({ status, stdout, told: toldLast(stderr) }).toEqual({
      status: 1,
      stdout: "",
      told: "Azure's list prices could not be read: getaddrinfo ENOTFOUND prices.azure.com\nThe prices stay as they were.\n",
    });
    expect(table()).toBe(before);
  });

  it("keeps what Azure answers, and the lab is priced by it from then on", () => {
    const { status, stdout, stderr } = refresh(azure);
    expect({ status, stdout, told: toldLast(stderr) }).toEqual({
      status: 0,
      stdout: "",
      told: "10 prices written to topology/azure/prices.json.\n",
    });
    const { rows } = JSON.parse(table()) as { rows: readonly { region: string; what: string }[] };
    expect(rows.filter(({ what }) => what === "NAT gateway").length).toBe(1);
    const priced = labInAfter(join(folder, "network.cjs"), folder, "price", "--stack", "minimal", "--json");
    const { unknown, items } = JSON.parse(priced.stdout);
    expect(unknown).toBe(0);
    expect(items).toContainEqual({
      region: "swedencentral",
      what: "Standard_D2s_v5",
      count: 3,
      perHour: 1.5,
      onlyRunning: true,
    });
  });
});
