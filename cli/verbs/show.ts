import type { DatabaseSet, DataCenterId, Plan, Step } from "../../topology/model";
import { siteOfPlan } from "../../topology/resilience/ofPlan";
import { activeServers } from "../../topology/resilience/site";
import { worstLoss } from "../../topology/resilience/survival";
import { quotaNeeds } from "../../topology/views/quota";
import { loadGoodStack } from "../stack/load";
import type { Arguments } from "../terminal/arguments";
import { columns, out } from "../terminal/terminal";

/** Shows the plan of a stack. */
export function show(args: Arguments): number {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  out.write(args.json ? `${JSON.stringify(loaded.plan, null, 2)}\n` : showText(loaded.plan, out.edge));
  return 0;
}

/** The plan as text, at most so many columns wide. */
export function showText(plan: Plan, edge: number): string {
  const section = (title: string, rows: readonly (readonly string[])[]) =>
    rows.length === 0 ? "" : `${out.paint("bold", title)}\n${columns(rows, edge)}\n`;
  const names = (machines: readonly string[]) =>
    machines.length === plan.machines.length ? "every machine" : machines.join(", ");
  const site = siteOfPlan(plan);
  const active = activeServers(site, plan.site);
  const isAway = plan.site === "secondary";
  return [
    section(
      "Data centers",
      Object.values(plan.dataCenters).map((one) => [
        one.id,
        one.region,
        one.addressSpace,
        one.faultIsolation,
        one.bastion ?? "no Bastion host",
      ]),
    ),
    section(
      "Machines",
      plan.machines.map((one) => [
        one.name,
        one.address,
        one.placement.kind === "zone" ? `zone ${one.placement.zone}` : one.placement.set,
        one.size,
        one.active === undefined ? "" : active.includes(one.name) ? "active" : "idle",
        one.roles.join(", "),
      ]),
    ),
    section(
      "Quota",
      quotaNeeds(plan).map(({ region, family, vCpus }) => [region, family, `${vCpus} vCPUs`]),
    ),
    section("Persistent Chat pool", [
      ["name", plan.pool.fqdn],
      ["served from", `the ${plan.site} data center${isAway ? ", until runbook fail-back is done" : ""}`],
      ["active", active.join(", ")],
      ["idle", plan.pool.servers.filter((name) => !active.includes(name)).join(", ")],
      ["next hop", plan.pool.nextHop ?? "none"],
      ["file store", plan.pool.fileStore],
    ]),
    section(
      "Front End pools",
      plan.frontEndPools.map(({ fqdn, servers, backEnd, fileStore }) => [
        fqdn,
        servers.join(", "),
        `back end ${backEnd}`,
        `file store ${fileStore}`,
      ]),
    ),
    ...plan.databaseSets.map((set) =>
      section(`Database ${set.database}`, databaseRows(set, plan.site, worstLoss(site, set.database))),
    ),
    section(
      "Shares",
      plan.shares.map((one) => [one.unc, one.purpose, `read/write: ${one.readWrite.join(", ")}`]),
    ),
    section(
      "Flows",
      plan.flows.map(({ name, from, to, protocol, ports, purpose }) => [
        name,
        `${"prefix" in from ? from.prefix : names(from)} -> ${names(to)}, ${protocol} ${ports.join(", ")}: ${purpose}`,
      ]),
    ),
    section(
      "Guest steps",
      plan.steps.map((step, index) => [String(index + 1), step.machine, step.name, waits(step)]),
    ),
  ]
    .join("")
    .trimEnd()
    .concat("\n");
}

function databaseRows(
  set: DatabaseSet,
  servedFrom: DataCenterId,
  lossMinutes: number,
): readonly (readonly string[])[] {
  const { primary, secondary, logShipping } = set;
  if (servedFrom === "secondary")
    return [
      [
        "mirroring",
        secondary.mirror === undefined
          ? `none: ${secondary.server} alone`
          : `${secondary.server} -> ${secondary.mirror}, witness ${secondary.witness ?? "none: failover by hand"}`,
      ],
      ["log shipping", `none, until it is back on ${primary.server}`],
      ["worst-case loss", "everything, with the secondary data center; lab survival tells the rest"],
    ];
  const { intervalMinutes, backupShare } = logShipping;
  return [
    [
      "mirroring",
      `${primary.server} -> ${primary.mirror}, witness ${primary.witness ?? "none: failover by hand"}`,
    ],
    ["log shipping", `every ${intervalMinutes} min over ${backupShare} to ${secondary.server}`],
    ["standby mirror", `${secondary.mirror ?? "none"}, witness ${secondary.witness ?? "none"}`],
    ["worst-case loss", `${lossMinutes} min, with the primary data center; lab survival tells the rest`],
  ];
}

function waits({ after, waits: isWaiting }: Step): string {
  return [
    ...(isWaiting ? ["waits until the service is back"] : []),
    ...(after.length === 0 ? [] : [`after ${after.join(", ")}`]),
  ].join("; ");
}
