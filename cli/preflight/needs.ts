import { resourceTypes, tokens } from "../../simulator/arm/resourceTypes";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { familyOf, parseSize } from "../../topology/azure/sizes";
import type { DataCenterId, Image, Machine, Plan } from "../../topology/model";

/*
 * What a lab needs of a subscription: of its plan and of the resources that its program registers.
 */

/** What a machine needs. */
export interface MachineNeed {
  readonly name: string;
  readonly dataCenter: DataCenterId;
  readonly region: string;
  readonly size: string;
  /** Absent for a machine in an availability set. */
  readonly zone?: string;
  /** The key of the configuration with its size. */
  readonly sizeKey: string;
}

/** An image, and where machines are made of it. */
export interface ImageNeed {
  readonly image: Image;
  readonly region: string;
}

export interface Needs {
  readonly lab: string;
  readonly regions: readonly string[];
  readonly machines: readonly MachineNeed[];
  /** Zones of each data center in the order in which they are used. */
  readonly zones: Readonly<Record<DataCenterId, readonly number[]>>;
  readonly images: readonly ImageNeed[];
  /** Keys of the configuration with each image, by its name. */
  readonly imageKeys: Readonly<Record<string, readonly string[]>>;
  /** Types of ARM's, such as `Microsoft.Network/natGateways`, with the regions in which the lab has some. */
  readonly types: readonly { readonly type: string; readonly region: string; readonly count: number }[];
  readonly groups: readonly { readonly name: string; readonly region: string }[];
  /** Actions that deploying it takes. */
  readonly actions: readonly string[];
}

/**
 * What using a type in another resource takes besides: https://learn.microsoft.com/azure/role-based-access-control/permissions/networking
 */
const uses: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.Network/virtualNetworks/subnets": ["Microsoft.Network/virtualNetworks/subnets/join/action"],
  "Microsoft.Network/virtualNetworks/virtualNetworkPeerings": [
    "Microsoft.Network/virtualNetworks/peer/action",
  ],
  "Microsoft.Network/networkSecurityGroups": ["Microsoft.Network/networkSecurityGroups/join/action"],
  "Microsoft.Network/natGateways": ["Microsoft.Network/natGateways/join/action"],
  "Microsoft.Network/publicIPAddresses": ["Microsoft.Network/publicIPAddresses/join/action"],
  "Microsoft.Network/networkInterfaces": ["Microsoft.Network/networkInterfaces/join/action"],
};

/** Names an image as the Azure CLI does, `publisher:offer:sku:version`, or a gallery's by its id. */
export const imageName = (image: Image): string =>
  "galleryImageId" in image
    ? image.galleryImageId
    : [image.publisher, image.offer, image.sku, image.version].join(":");

export const imageKey = ({ image, region }: ImageNeed): string => `${imageName(image)} in ${region}`;

/** @param zones of each data center, as the stack file orders them */
export function needsOf(plan: Plan, resources: readonly RegisteredResource[], zones: Needs["zones"]): Needs {
  const custom = resources.filter((one) => one.custom);
  const images = new Map<string, ImageNeed>();
  for (const { image, dataCenter } of plan.machines) {
    const need = { image, region: plan.dataCenters[dataCenter].region };
    images.set(imageKey(need), need);
  }
  const types = new Map<string, { type: string; region: string; count: number }>();
  for (const { type: token, inputs } of custom) {
    const type = resourceTypes[token]?.armType ?? "";
    const region = String(inputs.location ?? "");
    const found = types.get(`${type} ${region}`) ?? { type, region, count: 0 };
    found.count += 1;
    types.set(`${type} ${region}`, found);
  }
  const all = [...types.values()];
  return {
    lab: plan.lab,
    regions: [...new Set(Object.values(plan.dataCenters).map(({ region }) => region))],
    machines: plan.machines.map((machine) => machineNeed(machine, plan)),
    zones,
    images: [...images.values()],
    imageKeys: Object.fromEntries(
      [...images.values()].map(({ image }) => [
        imageName(image),
        [
          ...new Set(
            plan.machines
              .filter((machine) => imageName(machine.image) === imageName(image))
              .map(({ kind }) => `machines.${kind}.image`),
          ),
        ],
      ]),
    ),
    // A child resource is in the region of its parent.
    types: all.filter(({ type, region }) => region !== "" && type.split("/").length === 2),
    groups: custom
      .filter(({ type }) => type === tokens.group)
      .map(({ inputs }) => ({ name: String(inputs.resourceGroupName), region: String(inputs.location) })),
    actions: [...new Set(all.flatMap(({ type }) => [`${type}/write`, ...(uses[type] ?? [])]))].sort(),
  };
}

function machineNeed({ name, dataCenter, size, placement, kind }: Machine, plan: Plan): MachineNeed {
  return {
    name,
    dataCenter,
    region: plan.dataCenters[dataCenter].region,
    size,
    ...(placement.kind === "zone" ? { zone: String(placement.zone) } : {}),
    sizeKey: `machines.${kind}.size`,
  };
}

/** vCPUs of some sizes, by the family that they count against. */
export function coresByFamily(sizes: readonly string[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const size of sizes)
    sums.set(familyOf(size), (sums.get(familyOf(size)) ?? 0) + (parseSize(size)?.vCpus ?? 0));
  return sums;
}
