import { ComputeManagementClient } from "@azure/arm-compute";
import { ResourceManagementClient } from "@azure/arm-resources";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { plainRegion } from "../../topology/azure/regions";
import type { Image } from "../../topology/model";
import type { Access } from "../azure/access";
import { all, httpStatusOf, unlessGone } from "../azure/reading";
import { answered } from "./answered";
import { agreement, galleryImage, networkUsages, permissionList, refusal, sizeOf } from "./bodies";
import type {
  Found,
  Group,
  ImageOffer,
  OwnMachine,
  OwnResource,
  Permission,
  Provider,
  RegionOffer,
  Usage,
} from "./found";
import { type ImageNeed, imageKey, type Needs } from "./needs";

/*
 * Asks an Azure what a subscription may have. Everything is read; nothing is created or changed.
 */

/** Asks one subscription. The same question is asked once, however often its answer is needed. */
export class Asker {
  private readonly compute: ComputeManagementClient;
  private readonly resources: ResourceManagementClient;
  private readonly regions = new Map<string, Promise<RegionOffer>>();

  constructor(private readonly access: Access) {
    const { credential, subscription, options } = access;
    this.compute = new ComputeManagementClient(credential, subscription, options);
    this.resources = new ResourceManagementClient(credential, subscription, options);
  }

  /** All that a lab needs to know. */
  async ask(needs: Needs): Promise<Found> {
    const namespaces = [...new Set(needs.actions.map((action) => action.split("/")[0] ?? ""))];
    const [regions, providers, images, groups, machines, resources, permissions] = await Promise.all([
      this.regionsOf(needs.regions),
      byKey(namespaces, String, (namespace) => answered((signal) => this.provider(namespace, signal))),
      this.imagesOf(needs.images),
      byKey(
        needs.groups,
        ({ name }) => name,
        ({ name }) => answered((signal) => this.group(name, signal)),
      ),
      answered((signal) => this.machines(needs, signal)),
      answered((signal) => this.own(needs, signal)),
      answered((signal) => this.permissions(signal)),
    ]);
    return { regions, providers, images, groups, machines, resources, permissions };
  }

  /** What the subscription may have in some regions. */
  regionsOf(regions: readonly string[]): Promise<Found["regions"]> {
    return byKey(regions, String, (region) => this.region(region));
  }

  imagesOf(needs: readonly ImageNeed[]): Promise<Found["images"]> {
    return byKey(needs, imageKey, ({ image, region }) =>
      answered((signal) => this.image(image, region, signal)),
    );
  }

  private region(region: string): Promise<RegionOffer> {
    const asked = this.regions.get(region) ?? this.askRegion(region);
    this.regions.set(region, asked);
    return asked;
  }

  private async askRegion(region: string): Promise<RegionOffer> {
    const [sizes, cores, network] = await Promise.all([
      answered(async (signal) => {
        const filter = `location eq '${region}'`;
        const skus = await all(this.compute.resourceSkus.list({ filter, abortSignal: signal }));
        return skus
          .filter(({ resourceType }) => resourceType === "virtualMachines")
          .map((sku) => sizeOf(sku, region));
      }),
      answered(async (signal) =>
        (await all(this.compute.usage.list(region, { abortSignal: signal }))).map(
          ({ name, currentValue, limit }): Usage => ({
            name: name?.value ?? "",
            current: currentValue,
            limit,
          }),
        ),
      ),
      answered(async (signal) =>
        networkUsages
          .parse(
            await this.get(`/providers/Microsoft.Network/locations/${region}/usages`, "2024-05-01", signal),
          )
          .value.map(({ name, currentValue, limit }) => ({ name: name.value, current: currentValue, limit })),
      ),
    ]);
    return { sizes, cores, network };
  }

  private async provider(namespace: string, abortSignal: AbortSignal): Promise<Provider> {
    const { registrationState, resourceTypes = [] } = await this.resources.providers.get(namespace, {
      abortSignal,
    });
    return {
      state: registrationState ?? "unknown",
      regions: Object.fromEntries(
        resourceTypes.map(({ resourceType = "", locations = [] }) => [
          `${namespace}/${resourceType}`.toLowerCase(),
          locations.map(plainRegion),
        ]),
      ),
    };
  }

  private async image(
    image: Image,
    region: string,
    abortSignal: AbortSignal,
  ): Promise<ImageOffer | undefined> {
    if ("galleryImageId" in image) return this.galleryImage(image.galleryImageId, abortSignal);
    const { publisher, offer, sku, version } = image;
    const images = this.compute.virtualMachineImages;
    return unlessGone(async () => {
      const newest = { top: 1, orderby: "name desc", abortSignal };
      const wanted =
        version === "latest" ? (await images.list(region, publisher, offer, sku, newest))[0]?.name : version;
      if (wanted === undefined) return undefined;
      const { plan } = await images.get(region, publisher, offer, sku, wanted, { abortSignal });
      if (plan === undefined) return { version: wanted };
      const terms = `/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/${plan.publisher}/offers/${plan.product}/plans/${plan.name}/agreements/current`;
      const accepted = await answered(
        async (signal) => agreement.parse(await this.get(terms, "2021-01-01", signal)).properties.accepted,
      );
      return { version: wanted, plan, accepted };
    });
  }

  /** An image of a gallery of one's own: whether it can be read. */
  private async galleryImage(id: string, signal: AbortSignal): Promise<ImageOffer | undefined> {
    try {
      const found = galleryImage.parse(await this.getUrl(id, "2024-03-03", signal));
      return { version: found.name };
    } catch (error) {
      const { code } = (error ?? {}) as { readonly code?: string };
      if (httpStatusOf(error) === 404 && code !== "InvalidResourceType") return undefined;
      throw error;
    }
  }

  private async group(name: string, abortSignal: AbortSignal): Promise<Group | undefined> {
    const found = await unlessGone(() => this.resources.resourceGroups.get(name, { abortSignal }));
    return found === undefined ? undefined : { location: plainRegion(found.location), lab: found.tags?.lab };
  }

  /** Machines in the lab's resource groups. */
  private async machines(needs: Needs, abortSignal: AbortSignal): Promise<readonly OwnMachine[]> {
    const found = await inGroups(needs, (name) => this.compute.virtualMachines.list(name, { abortSignal }));
    return found.map(({ name = "", location, hardwareProfile }) => ({
      name,
      region: plainRegion(location),
      size: hardwareProfile?.vmSize ?? "",
    }));
  }

  /** Resources in the lab's resource groups. */
  private async own(needs: Needs, abortSignal: AbortSignal): Promise<readonly OwnResource[]> {
    const { resources } = this.resources;
    const found = await inGroups(needs, (name) => resources.listByResourceGroup(name, { abortSignal }));
    return found.map(({ type = "", location = "" }) => ({
      type: type.toLowerCase(),
      region: plainRegion(location),
    }));
  }

  private async permissions(signal: AbortSignal): Promise<readonly Permission[]> {
    const path = "/providers/Microsoft.Authorization/permissions";
    return permissionList.parse(await this.get(path, "2022-04-01", signal)).value;
  }

  /** Something of the subscription that the SDKs of this project have no words for. */
  private get(path: string, version: string, signal: AbortSignal): Promise<unknown> {
    return this.getUrl(`/subscriptions/${this.access.subscription}${path}`, version, signal);
  }

  private async getUrl(path: string, version: string, abortSignal: AbortSignal): Promise<unknown> {
    const url = `${this.access.options.endpoint}${path}?api-version=${version}`;
    const headers = createHttpHeaders({ Accept: "application/json" });
    const response = await this.resources.sendRequest(
      createPipelineRequest({ url, method: "GET", headers, abortSignal }),
    );
    const body: unknown = JSON.parse(response.bodyAsText || "{}");
    if (response.status === 200) return body;
    const { error } = refusal.parse(body);
    throw Object.assign(new Error(error?.message ?? ""), { statusCode: response.status, code: error?.code });
  }
}

/** A list of each of the lab's resource groups; empty where there is no such group. */
async function inGroups<T>(
  { groups }: Needs,
  list: (group: string) => AsyncIterable<T>,
): Promise<readonly T[]> {
  const found = await Promise.all(groups.map(({ name }) => unlessGone(() => all(list(name)))));
  return found.flatMap((items) => items ?? []);
}

/** Asks about several things at once; the answers by their keys. */
async function byKey<T, R>(
  things: readonly T[],
  keyOf: (thing: T) => string,
  ask: (thing: T) => Promise<R>,
): Promise<Readonly<Record<string, R>>> {
  const found = await Promise.all(things.map(async (thing) => [keyOf(thing), await ask(thing)] as const));
  return Object.fromEntries(found);
}
