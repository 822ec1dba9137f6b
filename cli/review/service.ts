import { tokens } from "../../simulator/arm/resourceTypes";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { familyOf, parseSize } from "../../topology/azure/sizes";
import { diskThing, machineThings, type Thing } from "../../topology/views/cost";

/*
 * What a lab's service can do, read off the resources of a program: from the tags of its machines and the parameters of its guest steps,
 * which stay what they are while the code around them changes. So a lab can be compared with one that an older checkout makes.
 */

/** One property of the service in words. */
export interface Fact {
  /** What it is about, such as `mgc in the primary data center`. */
  readonly what: string;
  readonly is: string;
  /** The same in few words, for a line about the whole lab. */
  readonly short: string;
  /** How good it is, where one state is better than another; more is better. */
  readonly worth?: number;
}

const sides = ["primary", "secondary"] as const;

interface Tagged {
  readonly name: string;
  readonly dataCenter: string;
  readonly roles: readonly string[];
  readonly active: string | undefined;
}

/** What a lab's service can do, in a fixed order. */
export function serviceOf(resources: readonly RegisteredResource[]): readonly Fact[] {
  const machines = resources.filter(({ type }) => type === tokens.machine).map(tagged);
  const withRole = (role: string) => machines.find(({ roles }) => roles.includes(role))?.name;
  const databases = ["mgc", "mgccomp"].filter((database) => withRole(`${database}-primary`) !== undefined);
  return [
    ...databases.flatMap((database) => [
      primarySide(database, withRole),
      secondarySide(database, withRole),
      ...dataLoss(database, resources, machines),
    ]),
    ...chatServers(machines),
    ...fileStore(resources, machines),
    protection(resources),
  ];
}

function tagged({ inputs }: RegisteredResource): Tagged {
  const tags = (inputs.tags ?? {}) as Readonly<Record<string, string>>;
  return {
    name: String(inputs.vmName),
    dataCenter: tags.dataCenter ?? "",
    roles: (tags.role ?? "").split(","),
    active: tags.active,
  };
}

type Holder = (role: string) => string | undefined;

function primarySide(database: string, holder: Holder): Fact {
  const [server, mirror, witness] = ["primary", "mirror", "witness"].map((role) =>
    holder(`${database}-${role}`),
  );
  const failover =
    witness === undefined ? "no witness: failover by hand" : `witness ${witness}: automatic failover`;
  return {
    what: `${database} in the primary data center`,
    is: mirror === undefined ? `${server}, no mirror` : `${server} mirrored to ${mirror}, ${failover}`,
    short:
      mirror === undefined ? "no mirror" : witness === undefined ? "failover by hand" : "automatic failover",
    worth: mirror === undefined ? 0 : witness === undefined ? 1 : 2,
  };
}

function secondarySide(database: string, holder: Holder): Fact {
  const [server, mirror, witness] = ["secondary", "secondary-mirror", "secondary-witness"].map((role) =>
    holder(`${database}-${role}`),
  );
  return {
    what: `${database} in the secondary data center`,
    is:
      mirror === undefined
        ? `${server}, alone after a disaster`
        : `${server}, mirror ${mirror} ready, ${witness === undefined ? "no witness" : `witness ${witness}`}`,
    short:
      mirror === undefined
        ? "no mirror"
        : witness === undefined
          ? "mirror without witness"
          : "mirror and witness",
    worth: mirror === undefined ? 0 : witness === undefined ? 1 : 2,
  };
}

/** The worst case is what was not shipped yet, twice that where the share with the backups is lost too [inferred]. */
function dataLoss(
  database: string,
  resources: readonly RegisteredResource[],
  machines: readonly Tagged[],
): readonly Fact[] {
  const step = resources.find(
    ({ type, inputs }) =>
      type === tokens.runCommand && inputs.runCommandName === `${database}-log-shipping-primary`,
  );
  const given = parametersOf(step);
  const interval = Number(given.IntervalMinutes);
  const host = /^\\\\([^.\\]+)/.exec(given.BackupShare ?? "")?.[1]?.toUpperCase();
  const place = machines.find(({ name }) => name === host)?.dataCenter;
  if (!Number.isFinite(interval) || place === undefined) return [];
  const minutes = place === "secondary" ? interval : 2 * interval;
  return [
    {
      what: `worst-case data loss of ${database}`,
      is: `${minutes} min, the backup share in the ${place} data center`,
      short: `${minutes} min`,
      worth: -minutes,
    },
  ];
}

function chatServers(machines: readonly Tagged[]): readonly Fact[] {
  const servers = machines.filter(({ active }) => active !== undefined);
  const active = servers.filter((one) => one.active === "true").length;
  return sides.map((side) => {
    const here = servers.filter(({ dataCenter }) => dataCenter === side);
    const activeHere = here.filter((one) => one.active === "true").length;
    return {
      what: `Persistent Chat in the ${side} data center`,
      is: `${activeHere} active, ${here.length - activeHere} idle; alone it carries ${Math.min(here.length, active)} of ${active} active`,
      short: `${activeHere} active, ${here.length - activeHere} idle`,
      worth: Math.min(here.length, active) - active + here.length / 100,
    };
  });
}

function fileStore(resources: readonly RegisteredResource[], machines: readonly Tagged[]): readonly Fact[] {
  const step = resources.find(
    ({ type, inputs }) => type === tokens.runCommand && inputs.runCommandName === "chat-file-store",
  );
  const place = machines.find(({ name }) => name === step?.inputs.vmName)?.dataCenter;
  return place === undefined
    ? []
    : [
        {
          what: "file store",
          is: `lost with the ${place} data center`,
          short: place,
          worth: place === "secondary" ? 1 : 0,
        },
      ];
}

function protection(resources: readonly RegisteredResource[]): Fact {
  const kept = resources.filter(({ type, protect }) => type === tokens.machine && protect).length;
  return { what: "machines protected from deletion", is: String(kept), short: String(kept), worth: kept };
}

function parametersOf(step: RegisteredResource | undefined): Readonly<Record<string, string>> {
  const list = (step?.inputs.parameters ?? []) as readonly { name: string; value: string }[];
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

/** vCPUs by region and family. */
export function coresOf(resources: readonly RegisteredResource[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { inputs } of resources.filter(({ type }) => type === tokens.machine)) {
    const size = String((inputs.hardwareProfile as { vmSize?: string } | undefined)?.vmSize);
    const key = `${String(inputs.location)} ${familyOf(size)}`;
    found.set(key, (found.get(key) ?? 0) + (parseSize(size)?.vCpus ?? 0));
  }
  return found;
}

/** Everything of a program that costs money. */
export function thingsIn(resources: readonly RegisteredResource[]): readonly Thing[] {
  const at = (inputs: RegisteredResource["inputs"]) => String(inputs.location);
  const names: Readonly<Record<string, string>> = {
    [tokens.natGateway]: "NAT gateway",
    [tokens.publicIp]: "Standard public IPv4",
    [tokens.bastion]: "Bastion Basic",
  };
  return resources.flatMap(({ type, inputs }): readonly Thing[] => {
    if (type === tokens.disk) return [diskThing(at(inputs), Number(inputs.diskSizeGB))];
    if (type === tokens.machine) return thingsOfMachine(at(inputs), inputs);
    const what = names[type];
    return what === undefined ? [] : [{ region: at(inputs), what, onlyRunning: false }];
  });
}

function thingsOfMachine(region: string, inputs: RegisteredResource["inputs"]): readonly Thing[] {
  const { vmSize = "" } = (inputs.hardwareProfile ?? {}) as { vmSize?: string };
  const { osDisk, imageReference } = (inputs.storageProfile ?? {}) as {
    osDisk?: { diskSizeGB?: number };
    imageReference?: { sku?: string };
  };
  return [
    ...machineThings(region, vmSize, imageReference?.sku ?? ""),
    diskThing(region, Number(osDisk?.diskSizeGB)),
  ];
}
