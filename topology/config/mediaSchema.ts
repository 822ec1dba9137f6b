import { z } from "zod";
import { anyCase, inResourceGroup } from "../azure/resourceIds";

const managedIdentityId = new RegExp(
  `^${inResourceGroup("Microsoft.ManagedIdentity")}${anyCase("/userAssignedIdentities/")}[\\w-]+$`,
);

/** What a user may write about the installation media of Skype for Business. */
export const media = z.strictObject({
  url: z
    .string()
    .regex(/^https:\/\/[a-z0-9]{3,24}\.blob\.core\.windows\.net(?:\/(?!\.\.?\/)[A-Za-z0-9._-]+)+(?<=\.iso)$/)
    .meta({
      description: "Blob with the ISO image of Skype for Business Server 2015, which is yours to bring.",
      allowed:
        "an https address of an .iso blob in an Azure storage account, without a SAS (the identity reads it)",
    }),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .meta({ description: "SHA-256 of the image.", allowed: "64 hexadecimal digits" }),
  identity: z.string().regex(managedIdentityId).meta({
    description:
      "User-assigned managed identity with the role Storage Blob Data Reader on the blob; Front End and Persistent Chat machines get it.",
    allowed:
      "the resource id of a user-assigned managed identity (/subscriptions/.../providers/Microsoft.ManagedIdentity/userAssignedIdentities/...)",
  }),
});
