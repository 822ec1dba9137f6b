import { reservedAdminNames } from "../../../topology/azure/adminNames";
import { badRequest, conflict, notFound } from "../armError";
import { sameId } from "../ids";
import { at, list, same, text } from "../inputs";
import { tokens } from "../resourceTypes";
import { type ArmRule, type ArmRules, ofType } from "./rule";

const machine = (rule: ArmRule) => ofType(tokens.machine, rule);

const sizeIsOne: ArmRule = machine(({ inputs, id }) => {
  const size = text(inputs, "hardwareProfile.vmSize");
  return /^Standard_[A-Z]+[0-9]+/.test(size)
    ? undefined
    : badRequest("InvalidParameter", `The value ${size} provided for the VM size of ${id} is not valid.`);
});

/** What a size says in its name: https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions */
function sizeParts(inputs: unknown) {
  const [, series = "", features = "", version = "1"] =
    /^Standard_([A-Z]+)[0-9]+(?:-[0-9]+)?([a-z]*)(?:_[A-Z]\w*?)*(?:_v([0-9]+))?$/.exec(
      text(inputs, "hardwareProfile.vmSize"),
    ) ?? [];
  return { series, features, version: Number(version) };
}

const isMarketplaceWindows = (inputs: unknown) => text(inputs, "storageProfile.imageReference.sku") !== "";

const processorRunsTheImage: ArmRule = machine(({ inputs, id }) =>
  sizeParts(inputs).features.includes("p") && isMarketplaceWindows(inputs)
    ? badRequest(
        "BadRequest",
        `${id} cannot be created: its size ${text(inputs, "hardwareProfile.vmSize")} has Arm64 processors, its image is for x64.`,
        "inferred",
      )
    : undefined,
);

const sizeStartsTheGeneration: ArmRule = machine(({ inputs, id }) => {
  const { series, features, version } = sizeParts(inputs);
  const first = version <= 3 && !/^(B|M|N|L|.*S$)/.test(series) && !features.includes("s");
  return first && /gen2|-g2|gensecond/.test(text(inputs, "storageProfile.imageReference.sku"))
    ? badRequest(
        "BadRequest",
        `The VM size ${text(inputs, "hardwareProfile.vmSize")} of ${id} cannot boot Hypervisor Generation '2'.`,
        "inferred",
      )
    : undefined;
});

/** Whether a size comes with a temporary disk: from version 4 on by the letter d, and with AMD's processors in version 4. */
function hasTemporaryDisk(inputs: unknown): boolean {
  const { series, features, version } = sizeParts(inputs);
  if (series === "B") return version === 1;
  return version <= 3 || features.includes("d") || (version === 4 && features.includes("a"));
}

/** Windows only: https://learn.microsoft.com/azure/virtual-machines/sizes/resize-vm */
const temporaryDiskStays: ArmRule = machine(({ inputs, existing, id }) =>
  existing !== undefined && hasTemporaryDisk(existing.inputs) !== hasTemporaryDisk(inputs)
    ? conflict(
        "OperationNotAllowed",
        `Unable to resize the VM '${id}' since changing from resource disk to non-resource disk VM size and vice-versa is not allowed.`,
      )
    : undefined,
);

/** https://github.com/hashicorp/terraform-provider-azurerm/issues/539; a machine that is stopped tells no size, and then none is compared. */
const systemDiskKeepsItsSize: ArmRule = machine(({ inputs, existing, id }) => {
  const path = "storageProfile.osDisk.diskSizeGB";
  const [before, after] = [at(existing?.inputs, path), at(inputs, path)];
  return before !== undefined && after !== undefined && before !== after
    ? badRequest("ResizeDiskError", `Managed disk resize via Virtual Machine '${id}' is not allowed.`)
    : undefined;
});

const computerNameFits: ArmRule = machine(({ inputs, id }) => {
  const name = text(inputs, "osProfile.computerName");
  return name.length <= 15 && /^[A-Za-z0-9-]+$/.test(name) && !/^[0-9]+$/.test(name)
    ? undefined
    : badRequest(
        "InvalidParameter",
        `Windows computer name ${name} of ${id} cannot be more than 15 characters long, be entirely numeric, or contain other characters than letters, digits and hyphens.`,
      );
});

const administratorIsAllowed: ArmRule = machine(({ inputs, id }) => {
  const name = text(inputs, "osProfile.adminUsername");
  return name.length <= 20 && !name.endsWith(".") && !reservedAdminNames.includes(name.toLowerCase())
    ? undefined
    : badRequest("InvalidParameter", `The admin user name ${name} of ${id} is not allowed.`);
});

/** Whether Azure takes a password for an administrator's. */
export function isStrongPassword(password: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((one) => one.test(password)).length;
  return password.length >= 8 && password.length <= 123 && classes >= 3;
}

const passwordIsStrong: ArmRule = machine(({ inputs, id }) =>
  isStrongPassword(text(inputs, "osProfile.adminPassword"))
    ? undefined
    : badRequest(
        "InvalidParameter",
        `The admin password of ${id} must be 8 to 123 characters long and satisfy at least 3 of the complexity requirements.`,
      ),
);

/** Images that Azure has taken down. */
const imageExists: ArmRule = machine(({ inputs, id }) => {
  const [offer, sku] = [
    text(inputs, "storageProfile.imageReference.offer"),
    text(inputs, "storageProfile.imageReference.sku"),
  ];
  return /2012/.test(`${offer} ${sku}`)
    ? notFound("PlatformImageNotFound", `The platform image ${offer} ${sku} of ${id} is not available.`)
    : undefined;
});

const trustedLaunchHasGeneration2: ArmRule = machine(({ inputs, id }) => {
  const sku = text(inputs, "storageProfile.imageReference.sku");
  const trusted = text(inputs, "securityProfile.securityType") === "TrustedLaunch";
  return trusted && sku !== "" && !/gen2|-g2|gensecond|azure-edition/.test(sku)
    ? badRequest(
        "BadRequest",
        `${id} asks for trusted launch, which its image ${sku} of generation 1 does not support.`,
      )
    : undefined;
});

const placementIsOne: ArmRule = machine(({ inputs, id }) =>
  list(inputs, "zones").length > 0 && inputs.availabilitySet !== undefined
    ? badRequest("InvalidParameter", `${id} cannot be in an availability zone and in an availability set.`)
    : undefined,
);

const availabilitySetIsAligned: ArmRule = ofType(tokens.availabilitySet, ({ inputs, id }) =>
  text(inputs, "sku.name") === "Aligned"
    ? undefined
    : badRequest(
        "InvalidParameter",
        `Availability set ${id} must be Aligned: machines with managed disks join no other.`,
      ),
);

const attachments = (inputs: unknown) =>
  list(inputs, "storageProfile.dataDisks").map((disk) => ({
    lun: at(disk, "lun"),
    id: text(disk, "managedDisk.id"),
  }));

const disksStandInTheSameZone: ArmRule = machine(({ inputs, id, find }) => {
  const other = attachments(inputs)
    .map((attachment) => find(attachment.id))
    .find((disk) => disk !== undefined && !same(list(disk.inputs, "zones"), list(inputs, "zones")));
  return other === undefined
    ? undefined
    : badRequest(
        "BadRequest",
        `Disk ${other.id} in zone ${list(other.inputs, "zones").join() || "none"} cannot be attached to ${id} in zone ${list(inputs, "zones").join() || "none"}.`,
      );
});

const lunsAreUnique: ArmRule = machine(({ inputs, id }) => {
  const luns = attachments(inputs).map(({ lun }) => lun);
  return new Set(luns).size === luns.length
    ? undefined
    : badRequest("InvalidParameter", `Two data disks of ${id} have the same LUN: ${luns.join(", ")}.`);
});

const attached = (inputs: unknown) => [
  ...attachments(inputs).map((disk) => disk.id),
  ...list(inputs, "networkProfile.networkInterfaces").map((nic) => text(nic, "id")),
];

const disksAndInterfacesAreFree: ArmRule = machine(({ inputs, id, all }) => {
  const own = attached(inputs).map((one) => one.toLowerCase());
  for (const other of all(tokens.machine)) {
    if (sameId(other.id, id)) continue;
    const taken = attached(other.inputs).find((one) => own.includes(one.toLowerCase()));
    if (taken !== undefined)
      return conflict(
        /\/disks\//i.test(taken) ? "AttachDiskWhileBeingDetached" : "NicInUse",
        `${taken} is used by ${other.id} and cannot be attached to ${id}.`,
        "inferred",
      );
  }
  return undefined;
});

const patchModeFitsUpdates: ArmRule = machine(({ inputs, id }) =>
  text(inputs, "osProfile.windowsConfiguration.patchSettings.patchMode") === "Manual" &&
  at(inputs, "osProfile.windowsConfiguration.enableAutomaticUpdates") === true
    ? badRequest("InvalidParameter", `${id} cannot have patch mode Manual with automatic updates enabled.`)
    : undefined,
);

/** https://learn.microsoft.com/azure/virtual-machines/windows/expand-disks: a disk grows only. */
const disksDoNotShrink: ArmRule = ofType(tokens.disk, ({ inputs, existing, id }) => {
  const [before, after] = [Number(at(existing?.inputs, "diskSizeGB") ?? 0), Number(inputs.diskSizeGB)];
  return after < before
    ? conflict(
        "OperationNotAllowed",
        `Disk ${id} cannot be resized to ${after} GB from ${before} GB: disks only grow.`,
      )
    : undefined;
});

/** Azure finds the schedule of a machine by its name alone. */
const scheduleHasItsName: ArmRule = ofType(tokens.schedule, ({ inputs, id }) => {
  const target = text(inputs, "targetResourceId").split("/").at(-1);
  return text(inputs, "name").toLowerCase() === `shutdown-computevm-${target}`.toLowerCase()
    ? undefined
    : badRequest("InvalidScheduleName", `${id} must be called shutdown-computevm-${target}.`, "inferred");
});

const scheduleHasATime: ArmRule = ofType(tokens.schedule, ({ inputs, id }) =>
  /^([01][0-9]|2[0-3])[0-5][0-9]$/.test(text(inputs, "dailyRecurrence.time"))
    ? undefined
    : badRequest(
        "InvalidScheduleTime",
        `${id} has time "${text(inputs, "dailyRecurrence.time")}"; it must be HHmm.`,
        "inferred",
      ),
);

export const computeRules: ArmRules = {
  sizeIsOne,
  processorRunsTheImage,
  sizeStartsTheGeneration,
  temporaryDiskStays,
  systemDiskKeepsItsSize,
  computerNameFits,
  administratorIsAllowed,
  passwordIsStrong,
  imageExists,
  trustedLaunchHasGeneration2,
  placementIsOne,
  availabilitySetIsAligned,
  disksStandInTheSameZone,
  lunsAreUnique,
  disksAndInterfacesAreFree,
  patchModeFitsUpdates,
  disksDoNotShrink,
  scheduleHasItsName,
  scheduleHasATime,
};
