import { ComputeManagementClient, type VirtualMachineRunCommand } from "@azure/arm-compute";
import { ResourceManagementClient } from "@azure/arm-resources";
import { armPathOf, armTypeOf, idOf } from "../../simulator/arm/ids";
import { resourceTypes, tokenOf, tokens } from "../../simulator/arm/resourceTypes";
import { versionsOf } from "../../simulator/http/apiVersions";
import type { Access } from "../azure/access";
import { all, unlessGone } from "../azure/reading";

/*
 * What stands in resource groups, as Azure tells it.
 */

/** A script that ran in a machine, or runs. */
export interface Run {
  readonly machine: string;
  /** The name of its run command, which is that of a guest step. */
  readonly name: string;
  /** As Azure calls it: `Succeeded`, `Failed`, `Running`, `Pending`, `TimedOut`, `Canceled`, `Unknown`. */
  readonly state: string;
  /** The last 4 KB of what it printed, and of its errors. */
  readonly output: string;
  readonly error: string;
  readonly ended: Date | undefined;
}

/** The daily stop of a machine. */
export interface Schedule {
  readonly machine: string;
  readonly isOn: boolean;
  /** Four digits: 1900. */
  readonly time: string;
  /** A time zone of Windows. */
  readonly timeZone: string;
}

export interface Standing {
  /** Every resource in them, and what stands below machines and networks. */
  readonly ids: readonly string[];
  /** Machines and what Azure calls their state: `running`, `starting`, `stopped`, `deallocating`, `deallocated`. */
  readonly machines: readonly { readonly name: string; readonly power: string }[];
  readonly runs: readonly Run[];
  readonly schedules: readonly Schedule[];
}

/** The SDK's clients of an Azure. */
interface Clients {
  readonly subscription: string;
  readonly resources: ResourceManagementClient;
  readonly compute: ComputeManagementClient;
}

export async function standingIn(access: Access, groups: readonly string[]): Promise<Standing> {
  const { subscription, credential, options } = access;
  const resources = new ResourceManagementClient(credential, subscription, options);
  const compute = new ComputeManagementClient(credential, subscription, options);
  const clients = { subscription, resources, compute };
  const found = await Promise.all(groups.map((group) => standingInGroup(clients, group)));
  return {
    ids: found.flatMap((one) => one.ids),
    machines: found.flatMap((one) => one.machines),
    runs: found.flatMap((one) => one.runs),
    schedules: found.flatMap((one) => one.schedules),
  };
}

const nothing: Standing = { ids: [], machines: [], runs: [], schedules: [] };

async function standingInGroup(
  { subscription, resources, compute }: Clients,
  group: string,
): Promise<Standing> {
  const ids = await unlessGone(async () =>
    (await all(resources.resources.listByResourceGroup(group))).map(({ id = "" }) => id),
  );
  if (ids === undefined) return nothing;
  const named = (token: string) =>
    ids
      .filter((id) => tokenOf(typeOfId(id)) === token)
      .map((id) => ({ id, name: id.split("/").at(-1) ?? "" }));
  const bodies = (token: string) =>
    Promise.all(
      named(token).map(({ id }) => unlessGone(() => resources.resources.getById(id, versionOf(id)))),
    );
  const [machines, runs, networks, schedules] = await Promise.all([
    Promise.all(named(tokens.machine).map(({ name }) => powerOf(compute, group, name))),
    Promise.all(named(tokens.machine).map(({ name }) => runsOf(compute, group, name))),
    bodies(tokens.network),
    bodies(tokens.schedule),
  ]);
  const below = Object.keys(resourceTypes[tokens.network]?.inBody ?? {});
  const inNetworks = networks.flatMap((network) =>
    below.flatMap((kind) =>
      ((network?.properties?.[kind] ?? []) as { readonly id: string }[]).map(({ id }) => id),
    ),
  );
  const resourceGroupName = group;
  const groupId = idOf(subscription, tokens.group, { resourceGroupName });
  const runIds = runs
    .flat()
    .map(({ machine: vmName, name: runCommandName }) =>
      idOf(subscription, tokens.runCommand, { resourceGroupName, vmName, runCommandName }),
    );
  return {
    ids: distinct([groupId, ...ids, ...inNetworks, ...runIds]),
    machines: machines.flatMap((one) => one ?? []),
    runs: runs.flat(),
    schedules: schedules.flatMap((one) => (one === undefined ? [] : scheduleOf(one.properties ?? {}))),
  };
}

/** ARM's ids do not differ by case. */
const distinct = (ids: readonly string[]): readonly string[] => [
  ...new Map(ids.map((id) => [id.toLowerCase(), id])).values(),
];

/** What Azure calls the state of a machine; nothing where it is not there. */
export async function powerOf(compute: ComputeManagementClient, group: string, name: string) {
  const view = await unlessGone(() => compute.virtualMachines.instanceView(group, name));
  if (view === undefined) return undefined;
  const [, power = "unknown"] =
    view.statuses?.flatMap(({ code = "" }) => /^PowerState\/(\w+)/.exec(code) ?? []) ?? [];
  return { name, power };
}

/** Every script of a machine. A list need not tell how each of them ended, though it is asked to: no page says that it does. */
async function runsOf(
  compute: ComputeManagementClient,
  group: string,
  machine: string,
): Promise<readonly Run[]> {
  const expand = "instanceView";
  const { virtualMachineRunCommands: commands } = compute;
  const listed =
    (await unlessGone(() => all(commands.listByVirtualMachine(group, machine, { expand })))) ?? [];
  const whole = await Promise.all(
    listed.map(async (one) =>
      one.instanceView === undefined
        ? await unlessGone(() => commands.getByVirtualMachine(group, machine, one.name ?? "", { expand }))
        : one,
    ),
  );
  return whole.flatMap((one) => (one === undefined ? [] : runOf(machine, one)));
}

const runOf = (
  machine: string,
  { name = "", instanceView, provisioningState }: VirtualMachineRunCommand,
): Run => ({
  machine,
  name,
  state: instanceView?.executionState ?? provisioningState ?? "Unknown",
  output: instanceView?.output ?? "",
  error: instanceView?.error ?? "",
  ended: instanceView?.endTime,
});

/** https://learn.microsoft.com/rest/api/dtl/global-schedules/get */
function scheduleOf(properties: Record<string, unknown>): Schedule {
  const { status, dailyRecurrence, timeZoneId, targetResourceId } = properties as {
    readonly status?: string;
    readonly dailyRecurrence?: { readonly time?: string };
    readonly timeZoneId?: string;
    readonly targetResourceId?: string;
  };
  return {
    machine: targetResourceId?.split("/").at(-1) ?? "",
    isOn: status === "Enabled",
    time: dailyRecurrence?.time ?? "",
    timeZone: timeZoneId ?? "",
  };
}

/** Says of an id whether Azure has it. */
export function askerOf({ subscription, credential, options }: Access): (id: string) => Promise<boolean> {
  const { resources } = new ResourceManagementClient(credential, subscription, options);
  return async (id) => (await unlessGone(() => resources.getById(id, versionOf(id)))) !== undefined;
}

/** What ARM calls the type of what has an id; empty where it is no id. */
export function typeOfId(id: string): string {
  const path = armPathOf(id);
  return path === undefined ? "" : armTypeOf(path);
}

/** The version of ARM's interface that a resource is read with. */
function versionOf(id: string): string {
  const [namespace = "", ...kinds] = typeOfId(id).split("/");
  const [newest = ""] = versionsOf(namespace, kinds);
  return newest;
}
