import { z } from "zod";
import { regions } from "../azure/regions";
import { addressSpacePattern, isAddressSpace } from "./addressSpace";

/** What a user may write about a data center. */
export const dataCenter = (addressSpace: string) =>
  z.strictObject({
    region: z
      .string()
      .regex(/^[a-z0-9]+$/)
      .meta({
        description: "Azure region of this data center.",
        allowed: "an Azure region such as northeurope, in lower case and without spaces",
        anyOf: [{ enum: regions }, {}],
      }),
    addressSpace: z.string().refine(isAddressSpace).default(addressSpace).meta({
      description:
        "IPv4 range of its virtual network. The subnets take its first 384 addresses. It cannot change while machines stand in it.",
      allowed: "a private IPv4 range from /8 to /23 that starts at its first address, such as 10.1.0.0/16",
      pattern: addressSpacePattern,
    }),
    faultIsolation: z.enum(["zones", "availability-sets"]).optional().meta({
      description:
        "What keeps principal, mirror and witness apart. Default: zones where the region has them, else availability sets. It cannot change while machines stand.",
    }),
    zones: z
      .array(z.int().min(1).max(3))
      .length(3)
      .refine((zones) => new Set(zones).size === 3)
      .default([1, 2, 3])
      .meta({
        description:
          "Availability zones, in the order in which they are used: domain controller and principal, mirror, witness and file server. Not every size is offered in every zone to every subscription. It cannot change while machines stand.",
        allowed: "the three zones in any order, such as [3, 1, 2]",
        uniqueItems: true,
      }),
  });
