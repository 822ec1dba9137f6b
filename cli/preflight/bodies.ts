import type { ResourceSku } from "@azure/arm-compute";
import { z } from "zod";
import { plainRegion } from "../../topology/azure/regions";
import type { SizeOffer } from "./found";

/* What is read of Azure's answers. */

export const networkUsages = z.object({
  value: z.array(
    z.object({ name: z.object({ value: z.string() }), currentValue: z.number(), limit: z.number() }),
  ),
});
export const agreement = z.object({ properties: z.object({ accepted: z.boolean() }) });
export const galleryImage = z.object({ name: z.string() });
export const permissionList = z.object({
  value: z.array(
    z.object({
      actions: z.array(z.string()).default([]),
      notActions: z.array(z.string()).default([]),
    }),
  ),
});
export const refusal = z.object({
  error: z.object({ code: z.string().optional(), message: z.string().optional() }).optional(),
});

/** https://learn.microsoft.com/rest/api/compute/resource-skus/list */
export function sizeOf(sku: ResourceSku, region: string): SizeOffer {
  const { name = "", family = "", capabilities = [], locationInfo = [], restrictions = [] } = sku;
  const capability = (wanted: string) => capabilities.find((one) => one.name === wanted)?.value;
  const memory = capability("MemoryGB");
  const here = locationInfo.find(({ location = "" }) => plainRegion(location) === region);
  const whole = restrictions.find(({ type }) => type === "Location");
  return {
    name,
    family,
    vCpus: Number(capability("vCPUs") ?? 0),
    ...(memory === undefined ? {} : { memoryGiB: Number(memory) }),
    zones: [...(here?.zones ?? [])].sort(),
    ...(whole === undefined ? {} : { refused: whole.reasonCode ?? "restricted" }),
    refusedZones: [
      ...new Set(
        restrictions.flatMap(({ type, restrictionInfo }) =>
          type === "Zone" ? (restrictionInfo?.zones ?? []) : [],
        ),
      ),
    ].sort(),
  };
}
