import { isArm, isGeneration1, isKnown, isTooSmallForSql, parseSize, type Size } from "../azure/sizes";
import type { Config } from "../config/schema";
import type { MachineKind } from "../model";
import { error, type Finding, warning } from "./rule";

const sqlKinds: readonly MachineKind[] = ["sqlServer", "witness", "backEnd"];

/** One finding for each kind of machine whose size is not as it must be. */
function sizesThat(
  { machines }: Config,
  wrong: (size: Size, kind: MachineKind) => boolean,
  finding: Pick<Finding, "message" | "fix">,
): readonly Finding[] {
  return (Object.keys(machines) as MachineKind[])
    .filter((kind) => {
      const size = parseSize(machines[kind].size);
      return size !== undefined && wrong(size, kind);
    })
    .map((kind) => ({ path: `machines.${kind}.size`, value: machines[kind].size, ...finding }));
}

/** https://learn.microsoft.com/azure/virtual-machines/nvme-overview: version 6 and later have no SCSI, and with it no LUN, in the guest. */
export const sizesAttachDisksByScsi = error(({ config }) =>
  sizesThat(config, ({ version }) => version >= 6 && version < 20, {
    message:
      "Sizes of version 6 and later attach disks through NVMe, where Windows shows no LUN by which the lab could tell data disks apart.",
    fix: "Use a size of version 5 or earlier, such as Standard_D4s_v5.",
  }),
);

export const sizesRunTheImages = error(({ config }) =>
  sizesThat(config, isArm, {
    message: "This size has Arm processors; Windows Server and SQL Server of this lab are for x64.",
    fix: "Use a size without a p behind its number, such as Standard_D4s_v5.",
  }),
);

export const sizesStartGeneration2 = error(({ config }) =>
  sizesThat(config, (size, kind) => isGeneration1(size) && !config.machines[kind].image.startsWith("/"), {
    message:
      "This size starts machines of generation 1 only; the marketplace images of this lab are of generation 2.",
    fix: "Use a size with an s behind its number, such as Standard_D4s_v5, or a gallery image of generation 1.",
  }),
);

export const sizesCarrySqlServer = error(({ config }) =>
  sizesThat(config, (size, kind) => sqlKinds.includes(kind) && isTooSmallForSql(size), {
    message: "This size has too little memory for SQL Server, which wants 4 GiB and more.",
    fix: "Use a size of at least 2 vCPUs, such as Standard_D2s_v5.",
  }),
);

export const sizesAreKnown = warning(({ config }) =>
  sizesThat(config, (size) => !isKnown(size), {
    message: "No Azure VM size of this series and version is known here.",
    fix: "Correct it, or go on if the size is new: az vm list-skus --location <region> --size <size> says whether you may use it.",
  }),
);
