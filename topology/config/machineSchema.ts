import { z } from "zod";
import { galleryImageId, sqlImages, windowsImages } from "../azure/images";
import type { MachineKind } from "../model";

/* What a user may write about the machines of each kind. */

const machine = (defaults: { size: string; image: string }, catalogue: Readonly<Record<string, unknown>>) =>
  z.strictObject({
    size: z
      .string()
      .regex(/^Standard_[A-Z]+[0-9]+(-[0-9]+)?[a-z]*(_[A-Za-z0-9]+)*$/)
      .default(defaults.size)
      .meta({ description: "Azure VM size.", allowed: "an Azure VM size such as Standard_D4s_v5" }),
    image: z
      .string()
      .refine((image) => Object.hasOwn(catalogue, image) || galleryImageId.test(image))
      .default(defaults.image)
      .meta({
        description:
          "Operating system image: a name of a supported marketplace image, or an image of your own gallery.",
        allowed: `one of ${Object.keys(catalogue).join(", ")}; or the resource id of a gallery image (/subscriptions/.../galleries/.../images/..., which is its newest version) or of one version (.../versions/1.2.3)`,
        anyOf: [{ enum: Object.keys(catalogue) }, { pattern: galleryImageId.source }],
      }),
    trustedLaunch: z.boolean().optional().meta({
      description:
        "Secure boot and virtual TPM. Default: on for marketplace images, off for a gallery image.",
    }),
    osDiskGiB: z.int().min(127).max(4095).default(128).meta({ description: "Size of the system disk." }),
  });

/** A kind of machine that has data disks. */
const withDataDisks = (kind: ReturnType<typeof machine>, defaultGiB: number) =>
  kind
    .extend({
      dataDiskGiB: z
        .int()
        .min(4)
        .max(32767)
        .default(defaultGiB)
        .meta({ description: "Size of each data disk." }),
    })
    .prefault({});

const windowsMachine = (size: string) => machine({ size, image: "windows-server-2019" }, windowsImages);
const sqlMachine = (size: string) => machine({ size, image: "sql-server-2019-developer" }, sqlImages);

export const machines = {
  domainController: withDataDisks(windowsMachine("Standard_D2s_v5"), 32).meta({
    description: "Domain controllers, one in each data center.",
  }),
  sqlServer: withDataDisks(sqlMachine("Standard_D4s_v5"), 64).meta({
    description: "SQL Server machines that hold mgc or mgccomp.",
  }),
  witness: sqlMachine("Standard_D2s_v5").prefault({}).meta({
    description: "SQL Server machines that are only a mirroring witness.",
  }),
  fileServer: withDataDisks(windowsMachine("Standard_D2s_v5"), 128).meta({
    description: "File servers with the shares.",
  }),
  frontEnd: windowsMachine("Standard_D4s_v5").prefault({}).meta({ description: "Front End servers." }),
  backEnd: withDataDisks(sqlMachine("Standard_D4s_v5"), 64).meta({
    description: "SQL Server machines of the Front End pools.",
  }),
  persistentChat: windowsMachine("Standard_D4s_v5")
    .prefault({})
    .meta({ description: "Persistent Chat servers." }),
} satisfies Record<MachineKind, unknown>;
