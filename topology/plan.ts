import type { Config } from "./config/schema";
import type { DataCenter, DataCenterId, Flow, Machine, Plan } from "./model";
import { subnetIn } from "./parts/addresses";
import { databaseMachines, databaseNames, planDatabaseSet } from "./parts/databases";
import { planFlows } from "./parts/flows";
import { named } from "./parts/invariants";
import { faultIsolation, type MachineSeed, planMachine } from "./parts/machines";
import {
  dataCenterName,
  machineName,
  netbiosName,
  partName,
  peeringName,
  publicAddressName,
} from "./parts/names";
import { planFrontEndPools, planPool, poolServers } from "./parts/pool";
import { securityRules, usedSubnets } from "./parts/securityRules";
import { fileServerSites, planShares, shareId } from "./parts/shares";
import { planSteps } from "./steps/steps";

const dataCenterIds = ["primary", "secondary"] as const;

/** The complete lab that a configuration describes. Total and deterministic; whether the lab makes sense is for the rules to say. */
export function plan(config: Config): Plan {
  const machines = dataCenterIds
    .flatMap((id) => machineSeeds(config, id))
    .map((seed) => planMachine(config, seed));
  const machine = (name: string) => named(machines, name);
  const shares = planShares(config, machines);
  const sets = databaseNames(config).map((database) =>
    planDatabaseSet(config, database, machines, shareId(shares, "log-shipping-backup"), (host) =>
      shareId(shares, "log-shipping-copy", host),
    ),
  );
  const flows = planFlows(machines, sets, shares, bastionPrefixes(config));
  const dataCenters = {
    primary: planDataCenter(config, "primary", machines, flows),
    secondary: planDataCenter(config, "secondary", machines, flows),
  };
  const controllers = {
    primary: machine(machineName("primary", "DC", 1)),
    secondary: machine(machineName("secondary", "DC", 1)),
  };
  const { domain, adminUser } = config;
  return {
    lab: config.lab,
    domain: { fqdn: domain, netbios: netbiosName(domain) },
    adminUser,
    link: config.link,
    site: config.site,
    dataCenters,
    machines,
    pool: planPool(config, machines, shareId(shares, "chat-file-store")),
    frontEndPools: planFrontEndPools(config, machines, (id) =>
      shareId(shares, "front-end-file-store", machineName(id, "FS", 1)),
    ),
    databaseSets: sets,
    shares,
    flows,
    steps: planSteps({
      site: config.site,
      media: config.media,
      domain,
      adminUser,
      dataCenters,
      controllers,
      machines,
      machine,
      flows,
      sets,
      shares,
    }),
    autoShutdown: { time: config.autoShutdown.time, timeZone: config.autoShutdown.timeZone },
    protectData: config.protectData,
    tags: { ...config.tags, lab: config.lab },
  };
}

/** The machines of a data center, in the order of their names' functions. */
function machineSeeds(config: Config, dataCenter: DataCenterId): readonly MachineSeed[] {
  const zoneOf = (index: number) => ((index % 3) + 1) as 1 | 2 | 3;
  const controller: MachineSeed = {
    kind: "domainController",
    dataCenter,
    ordinal: 1,
    roles: ["domain-controller"],
    zone: 1,
    group: "directory",
    configPath: `dataCenters.${dataCenter}`,
  };
  const fileServer: MachineSeed = {
    kind: "fileServer",
    dataCenter,
    ordinal: 1,
    roles: ["file-server"],
    zone: 3,
    group: "file",
    configPath: "databases.backupShare",
  };
  const chat = poolServers(config)
    .filter((server) => server.dataCenter === dataCenter)
    .map(
      ({ server, active }, index): MachineSeed => ({
        kind: "persistentChat",
        dataCenter,
        ordinal: server,
        roles: ["persistent-chat"],
        zone: zoneOf(index),
        group: "chat",
        configPath: "pool.servers",
        pool: { server, active },
      }),
    );
  const frontEnds = Array.from(
    { length: config.frontEnds.servers },
    (_, index): MachineSeed => ({
      kind: "frontEnd",
      dataCenter,
      ordinal: index + 1,
      roles: ["front-end"],
      zone: zoneOf(index),
      group: "front-end",
      configPath: "frontEnds.servers",
    }),
  );
  const backEnd: MachineSeed = {
    kind: "backEnd",
    dataCenter,
    ordinal: 1,
    roles: ["back-end"],
    zone: 1,
    group: "back-end",
    configPath: "frontEnds.servers",
  };
  return [
    controller,
    ...databaseMachines(config, dataCenter),
    ...(fileServerSites(config).includes(dataCenter) ? [fileServer] : []),
    ...(frontEnds.length > 0 ? [...frontEnds, backEnd] : []),
    ...chat,
  ];
}

function hasBastion(config: Config, dataCenter: DataCenterId): boolean {
  return config.bastion === "both" || config.bastion === dataCenter;
}

function bastionPrefixes(config: Config) {
  return dataCenterIds
    .filter((id) => hasBastion(config, id))
    .map((id) => ({
      name: partName(config.lab, id, "bastion"),
      prefix: subnetIn(config.dataCenters[id].addressSpace, "AzureBastionSubnet").prefix,
    }));
}

function planDataCenter(
  config: Config,
  id: DataCenterId,
  machines: readonly Machine[],
  flows: readonly Flow[],
): DataCenter {
  const { region, addressSpace } = config.dataCenters[id];
  const here = machines.filter(({ dataCenter }) => dataCenter === id);
  const subnets = usedSubnets(here).map((name) => ({
    ...subnetIn(addressSpace, name),
    securityGroup: {
      name: partName(config.lab, id, name),
      rules: securityRules(
        here.filter(({ subnet }) => subnet === name),
        flows,
        (machine) => named(machines, machine).address,
      ),
    },
  }));
  const sets = here.flatMap(({ placement }) =>
    placement.kind === "availability-set" ? [placement.set] : [],
  );
  const bastion = hasBastion(config, id);
  const name = dataCenterName(config.lab, id);
  const natGateway = partName(config.lab, id, "nat");
  const bastionHost = partName(config.lab, id, "bastion");
  return {
    id,
    region,
    site: name,
    resourceGroup: name,
    virtualNetwork: name,
    addressSpace,
    subnets: bastion ? [subnetIn(addressSpace, "AzureBastionSubnet"), ...subnets] : subnets,
    natGateway,
    natAddress: publicAddressName(natGateway),
    natIdleMinutes: 10,
    ...(bastion
      ? { bastion: bastionHost, bastionAddress: publicAddressName(bastionHost), bastionSku: "Basic" as const }
      : {}),
    peering: peeringName(id === "primary" ? "secondary" : "primary"),
    availabilitySets: [...new Set(sets)],
    // Two are in every region; some have a third.
    faultDomains: 2,
    updateDomains: 5,
    faultIsolation: faultIsolation(config, id),
  };
}
