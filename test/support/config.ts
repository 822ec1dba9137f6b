import { planLab } from "../../topology/planLab";

/** The smallest valid configuration: everything else has a default. */
export const smallest = {
  dataCenters: { primary: { region: "northeurope" }, secondary: { region: "swedencentral" } },
} as const;

/** An image of somebody's own, of which nobody knows what is in it. */
export const galleryImage =
  "/subscriptions/0/resourceGroups/images/providers/Microsoft.Compute/galleries/own/images/windows/versions/1.0.0";

/** Installation media, as somebody would configure them. */
export const media = {
  url: "https://media.blob.core.windows.net/isos/SfB-2015.iso",
  sha256: "0123456789abcdef".repeat(4),
  identity:
    "/subscriptions/0/resourceGroups/media/providers/Microsoft.ManagedIdentity/userAssignedIdentities/lab-media",
  update: {
    url: "https://media.blob.core.windows.net/isos/SkypeServerUpdateInstaller.exe",
    sha256: "123456789abcdef0".repeat(4),
  },
  urlRewrite: {
    url: "https://media.blob.core.windows.net/isos/rewrite_amd64_en-US.msi",
    sha256: "23456789abcdef01".repeat(4),
  },
} as const;

/** The plan of the smallest configuration with some changes; throws when that has problems other than warnings. */
export function planOf(changes: Readonly<Record<string, unknown>> = {}) {
  const { plan, problems } = planLab({ ...smallest, ...changes });
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(`not a valid configuration: ${JSON.stringify(errors)}`);
  return plan;
}
