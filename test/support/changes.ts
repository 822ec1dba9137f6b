/** One change of a stack file, as somebody would make it. */
export interface StackChange {
  readonly title: string;
  /** Path below the project's namespace -> value. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What a reader has to know besides. */
  readonly note?: string;
  /** Azure takes it on no lab that stands: its code, and why. */
  readonly refused?: { readonly code: string; readonly why: string; readonly instead?: string };
  /** Azure does not take the way back: its code, and why. */
  readonly oneWay?: { readonly code: string; readonly why: string };
}

const restarts = "each of these machines restarts";

/** Changes of the stack `minimal` whose effects docs/changes.md publishes. */
export const stackChanges: readonly StackChange[] = [
  {
    title: "Another size of chat machines",
    values: { "machines.persistentChat.size": "Standard_D4s_v5" },
    note: restarts,
  },
  {
    title: "Another family of sizes for database machines",
    values: { "machines.sqlServer.size": "Standard_E2s_v5" },
    note: restarts,
  },
  {
    title: "A size with a temporary disk for chat machines",
    values: { "machines.persistentChat.size": "Standard_D2ds_v5" },
    refused: {
      code: "OperationNotAllowed",
      why: "Windows machines do not change between sizes with and without a temporary disk",
      instead: "Replace the machines with it: `pulumi up --replace <urn of the machine>`.",
    },
  },
  {
    title: "Another image of chat machines",
    values: { "machines.persistentChat.image": "windows-server-2016" },
  },
  {
    title: "Another image of database machines",
    values: { "machines.sqlServer.image": "sql-server-2019-standard" },
  },
  {
    title: "Larger data disks of database machines",
    values: { "machines.sqlServer.dataDiskGiB": 32 },
    note: "the step `data-disks` extends the volumes",
    oneWay: { code: "OperationNotAllowed", why: "disks only grow" },
  },
  {
    title: "Larger system disks of database machines",
    values: { "machines.sqlServer.osDiskGiB": 256 },
    note: "a system disk grows with another machine only",
  },
  { title: "Another administrator", values: { adminUser: "boss" } },
  {
    title: "Availability sets instead of zones in the primary",
    values: { "dataCenters.primary.faultIsolation": "availability-sets" },
    refused: { code: "OperationNotAllowed", why: "a disk never moves to another zone" },
  },
  {
    title: "Other zones in the primary",
    values: { "dataCenters.primary.zones": [2, 3, 1] },
    refused: { code: "OperationNotAllowed", why: "a disk never moves to another zone" },
  },
  { title: "Another region of the secondary", values: { "dataCenters.secondary.region": "westeurope" } },
  {
    title: "Another address space of the secondary",
    values: { "dataCenters.secondary.addressSpace": "10.9.0.0/16" },
    refused: { code: "InUseSubnetCannotBeDeleted", why: "machines stand in its subnets" },
  },
  { title: "Two more chat servers", values: { "pool.servers": 4 } },
  { title: "Two more chat servers, in the primary", values: { "pool.servers": 4, "pool.split": [3, 1] } },
  { title: "Another active server", values: { "pool.active": [2] } },
  { title: "The other link profile", values: { link: "low-bandwidth-high-latency" } },
  { title: "A witness for the primary", values: { "databases.witnesses": "primary" } },
  { title: "A mirror for the secondary", values: { "databases.secondaryMirror": true } },
  { title: "Compliance on the instances of mgc", values: { "databases.compliance": "shared" } },
  { title: "Compliance on instances of its own", values: { "databases.compliance": "dedicated" } },
  { title: "The backup share in the primary", values: { "databases.backupShare": "primary" } },
  { title: "Logs shipped every 5 minutes", values: { "databases.logShipping.intervalMinutes": 5 } },
  { title: "A Front End pool on each side", values: { "frontEnds.servers": 3 } },
  { title: "A tag", values: { tags: { owner: "me" } } },
  { title: "Another time of the daily stop", values: { autoShutdown: { time: "2200" } } },
  { title: "No daily stop", values: { autoShutdown: { enabled: false } } },
  { title: "No Bastion host", values: { bastion: "none" } },
  { title: "Data no longer protected", values: { protectData: false } },
  {
    title: "Served from the secondary data center, after a failover",
    values: { site: "secondary" },
    note: "what makes databases in the primary waits, whether its machines are up or not",
  },
];

/** A configuration with a change made in a copy of it; `null` takes a key out. */
export function withChange(
  config: Readonly<Record<string, unknown>>,
  { values }: Pick<StackChange, "values">,
): Record<string, unknown> {
  const changed = structuredClone(config) as Record<string, unknown>;
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let group = changed;
    for (const key of keys) {
      group[key] ??= {};
      group = group[key] as Record<string, unknown>;
    }
    if (value === null) delete group[last];
    else group[last] = value;
  }
  return changed;
}
