import { z } from "zod";
import { anyCase, inResourceGroup } from "../azure/resourceIds";

const managedIdentityId = new RegExp(
  `^${inResourceGroup("Microsoft.ManagedIdentity")}${anyCase("/userAssignedIdentities/")}[\\w-]+$`,
);

/** A file in a blob, and what its content must be. */
const blob = (extension: string, what: string) => ({
  url: z
    .string()
    .regex(
      new RegExp(
        `^https://[a-z0-9]{3,24}\\.blob\\.core\\.windows\\.net(?:/(?!\\.\\.?/)[A-Za-z0-9._-]+)+(?<=\\.${extension})$`,
      ),
    )
    .meta({
      description: `Blob with ${what}, which is yours to bring.`,
      allowed: `an https address of an .${extension} blob in an Azure storage account, without a SAS (the identity reads it)`,
    }),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .meta({ description: "Its SHA-256.", allowed: "64 hexadecimal digits" }),
});

/** What a user may write about the installation media of Skype for Business. */
export const media = z.strictObject({
  ...blob("iso", "the ISO image of Skype for Business Server 2015"),
  identity: z.string().regex(managedIdentityId).meta({
    description:
      "User-assigned managed identity with the role Storage Blob Data Reader on the blobs; Front End and Persistent Chat machines get it.",
    allowed:
      "the resource id of a user-assigned managed identity (/subscriptions/.../providers/Microsoft.ManagedIdentity/userAssignedIdentities/...)",
  }),
  update: z
    .strictObject(
      blob("exe", "the installer of a cumulative update, SkypeServerUpdateInstaller.exe, 9 or later"),
    )
    .optional()
    .meta({
      description:
        "Cumulative update of Skype for Business Server 2015. Windows Server 2019 and .NET Framework 4.8 need number 9 or later; the last is 13 (6.0.9319.881, KB3061064, August 2025). Without it .NET 4.8 is kept off the machines.",
    }),
  urlRewrite: z
    .strictObject(blob("msi", "the installer of IIS URL Rewrite 2.1 (rewrite_amd64_en-US.msi)"))
    .optional()
    .meta({
      description:
        "URL Rewrite module of Internet Information Services, without which web services of Front Ends fail on Windows Server 2016 and later.",
    }),
});
