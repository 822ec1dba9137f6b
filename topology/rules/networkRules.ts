import {
  alternativesTo,
  hasZones,
  otherCloudOf,
  regions,
  restrictionOf,
  roundTripMs,
} from "../azure/regions";
import { halvesOf, overlap } from "../config/addressSpace";
import { closest } from "../config/closest";
import type { Config } from "../config/schema";
import type { DataCenterId } from "../model";
import { error, type Finding, warning, when } from "./rule";

const ids = ["primary", "secondary"] as const;

/** The seed's two data centers are two physical ones; one region would fail as a whole. */
export const dataCentersAreInDifferentRegions = error(({ config: { dataCenters } }) =>
  when(dataCenters.primary.region === dataCenters.secondary.region, () => ({
    path: "dataCenters.secondary.region",
    also: ["dataCenters.primary.region"],
    value: dataCenters.secondary.region,
    message: "Both data centers are in the same region, so a disaster there would take both.",
    fix: "Choose another region for one of them, for instance its neighbour.",
  })),
);

/** Findings for regions that the table lacks, of data centers that say how faults are kept apart there or do not. */
function unknownRegions(
  { dataCenters }: Config,
  saysFaultIsolation: boolean,
  fix: (id: DataCenterId, near: string | undefined) => string,
): readonly Finding[] {
  return ids
    .filter((id) => hasZones(dataCenters[id].region) === undefined)
    .filter((id) => otherCloudOf(dataCenters[id].region) === undefined)
    .filter((id) => (dataCenters[id].faultIsolation !== undefined) === saysFaultIsolation)
    .map((id) => ({
      path: `dataCenters.${id}.region`,
      value: dataCenters[id].region,
      message: "No Azure region of that name is known here.",
      fix: fix(id, closest(dataCenters[id].region, regions)),
    }));
}

/** Images, sizes, endpoints and the identity of the provider are those of the public cloud. */
export const regionsAreOfThePublicCloud = error(({ config: { dataCenters } }) =>
  ids
    .filter((id) => otherCloudOf(dataCenters[id].region) !== undefined)
    .map((id) => ({
      path: `dataCenters.${id}.region`,
      value: dataCenters[id].region,
      message: `It is a region of ${otherCloudOf(dataCenters[id].region)}, and the lab is for Azure's public cloud.`,
      fix: "Choose a region of the public cloud, such as northeurope.",
    })),
);

export const regionsAreKnown = error(({ config }) =>
  unknownRegions(
    config,
    false,
    (id, near) =>
      `${near === undefined ? "Correct it." : `Did you mean ${near}?`} If the region is new, also set dataCenters.${id}.faultIsolation.`,
  ),
);

/** A newer region may have zones that the table lacks; `faultIsolation` says so. */
export const unlistedRegionsAreMeant = warning(({ config }) =>
  unknownRegions(
    config,
    true,
    (_id, near) =>
      `${near === undefined ? "Correct it, or go" : `Did you mean ${near}? Go`} on if the region is new: az account list-locations --query "[].name" lists all.`,
  ),
);

/** A deployment would fail there before its first machine, however much quota is free. */
export const regionsTakeNewCustomers = warning(({ config: { dataCenters }, plan }) =>
  ids.flatMap((id) => {
    const { region } = dataCenters[id];
    const restriction = restrictionOf(region);
    if (restriction === undefined) return [];
    const other = dataCenters[id === "primary" ? "secondary" : "primary"].region;
    const wantsZones = plan.dataCenters[id].faultIsolation === "zones";
    const near = alternativesTo(region, other, wantsZones)
      .slice(0, 3)
      .map((one) => `${one} (${roundTripMs(one, other)} ms from ${other})`);
    return [
      {
        path: `dataCenters.${id}.region`,
        value: region,
        message: `Reported in ${restriction.since}: ${restriction.reported} (${restriction.source}).`,
        fix: `${near.length === 0 ? "Use another region" : `Use ${near.join(", ")}`}, or go on if check --azure says that your subscription may have the machines.`,
      },
    ];
  }),
);

export const zonesExistInTheRegion = error(({ config: { dataCenters } }) =>
  ids
    .filter((id) => dataCenters[id].faultIsolation === "zones" && hasZones(dataCenters[id].region) === false)
    .map((id) => ({
      path: `dataCenters.${id}.faultIsolation`,
      also: [`dataCenters.${id}.region`],
      value: "zones",
      message: `The region ${dataCenters[id].region} has no availability zones.`,
      fix: "Use availability-sets, or a region with zones.",
    })),
);

export const zonesAreUsed = warning(({ config: { dataCenters }, plan }) =>
  ids
    .filter(
      (id) =>
        plan.dataCenters[id].faultIsolation !== "zones" && dataCenters[id].zones.join() !== [1, 2, 3].join(),
    )
    .map((id) => ({
      path: `dataCenters.${id}.zones`,
      also: [`dataCenters.${id}.faultIsolation`],
      value: dataCenters[id].zones,
      message: "Machines of this data center stand in availability sets, so its zones mean nothing.",
      fix: `Leave zones out, or set dataCenters.${id}.faultIsolation to zones.`,
    })),
);

/** Peered networks cannot overlap, and a stretched pool needs no stretched VLAN. */
export const addressSpacesDoNotOverlap = error(({ config: { dataCenters } }) =>
  when(overlap(dataCenters.primary.addressSpace, dataCenters.secondary.addressSpace), () => {
    const [one, other] = [dataCenters.primary.addressSpace, dataCenters.secondary.addressSpace];
    const halves = halvesOf(one, other) ?? ["10.1.0.0/16", "10.2.0.0/16"];
    return {
      path: "dataCenters.secondary.addressSpace",
      also: ["dataCenters.primary.addressSpace"],
      value: other,
      message: `It overlaps the primary's ${one}. A stretched pool needs no stretched VLAN, and networks that overlap cannot be peered.`,
      fix: `Give each data center a range of its own, such as ${halves.join(" and ")}.`,
    };
  }),
);

/** [inferred] No page gives a bound for "low latency"; this one only starts a second look. */
const farMs = 50;

export const farRegionsUseTheLowBandwidthProfile = warning(({ config: { dataCenters, link } }) => {
  const ms = roundTripMs(dataCenters.primary.region, dataCenters.secondary.region);
  return when(link === "high-bandwidth-low-latency" && ms !== undefined && ms > farMs, () => ({
    path: "link",
    also: ["dataCenters.primary.region", "dataCenters.secondary.region"],
    value: link,
    message: `A round trip between ${dataCenters.primary.region} and ${dataCenters.secondary.region} takes about ${ms} ms, yet half of the active servers would reach their database over it.`,
    fix: "Consider low-bandwidth-high-latency, which keeps all active servers with the primary database, or closer regions. Microsoft gives no figure; 50 ms is this lab's guess.",
  }));
});

export const roundTripIsKnown = warning(({ config: { dataCenters, link } }) => {
  const [one, other] = [dataCenters.primary.region, dataCenters.secondary.region];
  const listed = hasZones(one) !== undefined && hasZones(other) !== undefined;
  return when(
    link === "high-bandwidth-low-latency" && listed && one !== other && roundTripMs(one, other) === undefined,
    () => ({
      path: "link",
      also: ["dataCenters.primary.region", "dataCenters.secondary.region"],
      value: link,
      message: `How long a round trip between ${one} and ${other} takes is not known here, and half of the active servers reach their database over it.`,
      fix: "Look it up: https://learn.microsoft.com/azure/networking/azure-network-latency. From about 50 ms on consider low-bandwidth-high-latency.",
    }),
  );
});

export const somebodyCanLogOn = warning(({ config }) =>
  when(config.bastion === "none", () => ({
    path: "bastion",
    value: "none",
    message:
      "Without a Bastion host there is no way to log on to the machines, which have no public address.",
    fix: "Use primary, secondary or both, unless you bring your own way in.",
  })),
);
