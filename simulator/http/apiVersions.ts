import { tokenOf, tokens } from "../arm/resourceTypes";

/*
 * Versions of ARM's interfaces that are answered, the newest first: what azure-native 3.28 sends, what Azure CLI 2.91 sends, and what the
 * SDKs for JavaScript send that the tests use. A test of each would fail where one is missing.
 */

const network = [
  "2025-09-01",
  "2025-07-01",
  "2025-05-01",
  "2025-03-01",
  "2025-01-01",
  "2024-07-01",
  "2024-05-01",
  "2024-03-01",
  "2023-11-01",
  "2023-09-01",
  "2022-01-01",
  "2018-11-01",
];
const machines = [
  "2026-04-01",
  "2026-03-01",
  "2025-11-01",
  "2025-04-01",
  "2024-11-01",
  "2024-07-01",
  "2024-03-01",
  "2023-03-01",
  "2022-11-01",
];
const groups = [
  "2025-04-01",
  "2024-11-01",
  "2024-07-01",
  "2024-03-01",
  "2022-09-01",
  "2021-04-01",
  "2020-10-01",
  "2020-06-01",
  "2019-07-01",
];

/** Versions of the subscription, groups, providers and lists of resources. */
export const groupVersions = ["2022-12-01", "2022-09-01", "2020-01-01", "2016-06-01", ...groups];

const byToken: Readonly<Record<string, readonly string[]>> = {
  [tokens.group]: groups,
  [tokens.disk]: ["2025-01-02", "2024-03-02", "2023-10-02", "2023-04-02"],
  [tokens.availabilitySet]: machines,
  [tokens.machine]: machines,
  [tokens.runCommand]: machines,
  [tokens.schedule]: ["2018-09-15"],
};

/** Versions of a type of resource, or of what else a provider has: quotas, sizes, operations. */
export function versionsOf(namespace: string, kinds: readonly string[]): readonly string[] {
  const token = tokenOf([namespace, ...kinds].join("/"));
  const known = token === undefined ? undefined : byToken[token];
  if (known !== undefined) return known;
  switch (namespace.toLowerCase()) {
    case "microsoft.network":
      return network;
    case "microsoft.compute":
      return [...machines, "2021-07-01", "2019-04-01"];
    case "microsoft.authorization":
      return ["2022-04-01", "2018-07-01", "2015-07-01"];
    case "microsoft.marketplaceordering":
      return ["2021-01-01", "2015-06-01"];
    case "microsoft.devtestlab":
      return ["2018-09-15"];
    default:
      return groupVersions;
  }
}
