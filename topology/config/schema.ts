import { z } from "zod";
import { domainAccounts, reservedAdminNames } from "../azure/adminNames";
import { anyCase } from "../azure/resourceIds";
import { timeZones } from "../azure/timeZones";
import { dataCenter } from "./dataCenterSchema";
import { machines } from "./machineSchema";
import { media } from "./mediaSchema";

/*
 * The configuration of a stack: shape, types, limits of single values and defaults. What two values together may not be is a rule over
 * the plan (rules/), because zod stops looking at combinations as soon as one value is wrong, and a user wants every problem at once.
 *
 * `description` is what the reference and editors show; `allowed` says in words what a pattern allows.
 */

const dataCenterId = z.enum(["primary", "secondary"]);
const sides = z.enum(["none", "primary", "secondary", "both"]);

/** NetBIOS limits a computer name to 15 characters, DNS to letters, digits and hyphens. */
const hostLabel = /^[a-z](?:[a-z0-9-]{0,13}[a-z0-9])?$/;

const takenAccounts = [...reservedAdminNames, ...domainAccounts];

export const configSchema = z.strictObject({
  lab: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,7}$/)
    .default("pchatlab")
    .meta({
      description:
        "Short name of the lab; resource groups, networks and tags carry it. Two labs in one subscription need two names.",
      allowed: "2 to 8 lower-case letters and digits, a letter first",
    }),
  domain: z
    .string()
    .max(64)
    .regex(/^[a-z](?:[a-z0-9-]{0,13}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/)
    .regex(/[a-z][^.]*$/)
    .default("lab.test")
    .meta({
      description: "Active Directory domain that the lab creates; its first label is the NetBIOS name.",
      allowed:
        "a DNS name of at least two labels in lower case, the first of at most 15 characters, the last not all digits (single-label domains are not supported)",
    }),
  adminUser: z
    .string()
    .min(1)
    .max(20)
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/)
    .refine((name) => !takenAccounts.includes(name.toLowerCase()))
    .default("labadmin")
    .meta({
      description: "Administrator of every machine and of the domain.",
      not: { pattern: `^(?:${takenAccounts.map(anyCase).join("|")})$` },
      allowed:
        "up to 20 letters, digits and underscores, a letter first; not a name that Azure or Active Directory reserves, such as admin or krbtgt",
    }),
  dataCenters: z
    .strictObject({
      primary: dataCenter("10.1.0.0/16").meta({ description: "The data center with the primary databases." }),
      secondary: dataCenter("10.2.0.0/16").meta({ description: "The data center that takes over." }),
    })
    .meta({ description: "The two data centers." }),
  link: z
    .enum(["high-bandwidth-low-latency", "low-bandwidth-high-latency"])
    .default("high-bandwidth-low-latency")
    .meta({
      description:
        "How the data centers are connected. High bandwidth: active servers in both (Figure 1 of Microsoft's plan). Low bandwidth: all active servers in the primary (Figure 2).",
    }),
  site: dataCenterId.default("primary").meta({
    description:
      "Data center from which Persistent Chat is served. After a failover to the secondary one, set it to secondary before the next deployment: what makes databases in the primary then waits, and the last steps expect other roles, until the service is back.",
  }),
  pool: z
    .strictObject({
      name: z.string().regex(hostLabel).default("pchat").meta({
        description: "Name of the Persistent Chat pool; with the domain it is the pool's FQDN.",
        allowed: "up to 15 lower-case letters, digits and hyphens, a letter first",
      }),
      servers: z.int().min(2).max(8).default(4).meta({
        description:
          "Servers in the stretched pool. The first half stands in the primary data center, the rest in the secondary one, unless split says otherwise.",
      }),
      split: z
        .tuple([z.int().min(1).max(7), z.int().min(1).max(7)])
        .optional()
        .meta({
          description:
            "How many of the servers stand in the primary and in the secondary data center. Default: half and half, of an odd number one more in the primary.",
          allowed: "two whole numbers from 1 to 7 that add up to pool.servers, such as [5, 3]",
        }),
      active: z.array(z.int().min(1).max(8)).min(1).max(4).optional().meta({
        description:
          "Which servers are active, by their position in the pool. Default: as many as one data center can carry alone (at most 4), lowest positions first, placed as the link profile says.",
        allowed: "a list of 1 to 4 positions, such as [1, 2, 5, 6]",
      }),
      fileStore: dataCenterId.default("secondary").meta({
        description:
          "Data center whose file server holds the pool's file store. In the primary, its loss takes uploaded files with it, and the pool that takes over has no file store.",
      }),
    })
    .prefault({})
    .meta({ description: "The stretched Persistent Chat pool." }),
  databases: z
    .strictObject({
      witnesses: sides.optional().meta({
        description:
          "Data centers with a mirroring witness; only with a witness is the failover to the mirror automatic. One machine serves both databases. Default: every data center with a mirror.",
      }),
      secondaryMirror: z.boolean().default(true).meta({
        description: "Whether the log-shipping secondary has a mirror standing ready.",
      }),
      compliance: z.enum(["off", "shared", "dedicated"]).default("off").meta({
        description:
          "Compliance database mgccomp: none, on the instances of mgc, or on instances of its own (what Microsoft recommends).",
      }),
      backupShare: dataCenterId.default("secondary").meta({
        description:
          "Data center whose file server holds the log-shipping backup share. In the primary, its loss takes the backups that were not copied yet with it.",
      }),
      logShipping: z
        .strictObject({
          intervalMinutes: z.int().min(1).max(60).default(15).meta({
            description: "Minutes between two runs of the backup, copy and restore jobs.",
          }),
          retentionMinutes: z.int().min(60).max(43200).default(20160).meta({
            description:
              "Minutes that backup files and their copies are kept: longer than the lab is ever off, or the secondary needs a new copy.",
          }),
          backupAlertMinutes: z.int().min(2).max(14400).default(60).meta({
            description: "Minutes without a backup before SQL Server raises an alert.",
          }),
          restoreAlertMinutes: z.int().min(2).max(14400).default(45).meta({
            description: "Minutes without a restore before SQL Server raises an alert.",
          }),
        })
        .prefault({})
        .meta({
          description:
            "Log shipping from the primary to the secondary data center. Microsoft's procedure leaves these values open.",
        }),
    })
    .prefault({})
    .meta({ description: "The databases of Persistent Chat." }),
  frontEnds: z
    .strictObject({
      servers: z.int().min(0).max(12).default(3).meta({
        description:
          "Servers in the Front End pool of each data center, beside a back end of its own. 0 leaves Front Ends out: databases can be drilled, but Skype for Business cannot be installed.",
      }),
    })
    .prefault({})
    .meta({ description: "The Enterprise Edition Front End pools, one in each data center." }),
  media: media.optional().meta({
    description:
      "Installation media of Skype for Business. With it the lab also prepares the directory and installs the core components and local management stores; without it, it ends at the Windows features.",
  }),
  machines: z
    .strictObject(machines)
    .prefault({})
    .meta({ description: "Sizes, images and disks by kind of machine." }),
  autoShutdown: z
    .strictObject({
      enabled: z.boolean().default(true).meta({ description: "Whether Azure stops machines once a day." }),
      controllers: z.boolean().default(false).meta({
        description:
          "Whether the domain controllers stop as well. Azure takes a stop for a restore from backup: both at once may each wait for the other's SYSVOL the next morning (docs/guest.md).",
      }),
      time: z
        .union([
          z.string().regex(/^([01][0-9]|2[0-3])[0-5][0-9]$/),
          // What `pulumi config set --path autoShutdown.time 700` writes.
          z
            .int()
            .refine((time) => time >= 0 && time < 2400 && time % 100 < 60)
            .meta({
              anyOf: Array.from({ length: 24 }, (_, hour) => ({
                minimum: hour * 100,
                maximum: hour * 100 + 59,
              })),
            })
            .transform((time) => String(time).padStart(4, "0")),
        ])
        .prefault("1905")
        .meta({
          description: "Local time of the stop; not on a minute at which logs are backed up.",
          allowed: 'hours and minutes, such as "1900"',
        }),
      timeZone: z
        .string()
        .min(1)
        .max(64)
        // Names of the IANA's database have a slash and underscores; a rule says what Windows calls them.
        .regex(/^[A-Za-z0-9 .+\-()/_]+$/)
        .default("UTC")
        .meta({
          description: "Windows time zone id.",
          allowed: "a Windows time zone id such as UTC or W. Europe Standard Time",
          anyOf: [{ enum: timeZones }, {}],
        }),
    })
    .prefault({})
    .meta({
      description: "Daily stop of the machines, against forgotten labs. It only stops, it never starts.",
    }),
  bastion: sides.default("primary").meta({
    description:
      "Data centers with an Azure Bastion host of the SKU Basic; one reaches the machines of both. No machine has a public address. The free SKU Developer is not offered: it reaches no peered network, and so only one data center.",
  }),
  protectData: z.boolean().default(true).meta({
    description:
      "Whether machines with a directory, databases or files, and their data disks, refuse to be replaced or destroyed. Set it to false, and deploy that, before `pulumi destroy`.",
  }),
  tags: z
    .record(
      z.string().regex(/^[^<>%&\\?/\p{Cc}\p{Cs}]{1,512}$/u),
      z.union([
        z.string().regex(/^[^\p{Cc}\p{Cs}]{0,256}$/u),
        z.number().transform(String),
        z.boolean().transform(String),
      ]),
    )
    .prefault({})
    .meta({
      description: "Tags for every resource that can have some.",
      allowed:
        "names and values of text; names without < > % & \\ ? /, values of at most 256 characters, no control characters and no halves of characters",
    }),
});

/** A complete configuration, defaults filled in. The password is no part of it: see password.ts. */
export type Config = z.output<typeof configSchema>;
