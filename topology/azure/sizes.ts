/*
 * What an Azure VM size says in its name: https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
 */

export interface Size {
  /** Series, such as `D` or `DS`. */
  readonly series: string;
  readonly vCpus: number;
  /** Features behind the number, such as `ds`. */
  readonly features: string;
  readonly version: number;
  /** Graphics processor that the name tells, such as `A10`; empty for most. */
  readonly accelerator: string;
}

/** The parts of a size's name; undefined where it is none. */
export function parseSize(name: string): Size | undefined {
  const [, series, vCpus, features = "", accelerator = "", version = "1"] =
    /^Standard_([A-Z]+)([0-9]+)(?:-[0-9]+)?([a-z]*)((?:_[A-Z][A-Za-z0-9]*)*)(?:_v([0-9]+))?$/.exec(name) ??
    [];
  return series === undefined
    ? undefined
    : {
        series,
        vCpus: Number(vCpus),
        features,
        version: Number(version),
        accelerator: accelerator.replaceAll("_", ""),
      };
}

/** Name of the quota that a size counts against, as `az vm list-usage` has it: `standardDSv5Family`. */
export function familyOf(name: string): string {
  const size = parseSize(name);
  if (size === undefined) return "unknown";
  const { series, features, version, accelerator } = size;
  if (series === "B" && version === 1) return "standardBSFamily";
  // More memory is no family of its own in series M, and those with a named graphics processor are written with a capital.
  const letters = series === "M" ? features.replace("m", "") : features;
  const start = accelerator === "" ? "standard" : "Standard";
  return `${start}${series}${letters.toUpperCase()}${accelerator}${version === 1 ? "" : `v${version}`}Family`;
}

/** Versions of each series that Azure offers for Windows, November 2026: https://learn.microsoft.com/azure/virtual-machines/sizes/overview */
const offered: Readonly<Record<string, readonly number[]>> = {
  A: [2],
  B: [1, 2],
  D: [2, 3, 4, 5, 6, 7],
  DC: [2, 3, 5, 6],
  DS: [2],
  E: [3, 4, 5, 6, 7],
  EC: [5, 6],
  F: [1, 2, 6, 7],
  FX: [1, 2],
  L: [2, 3, 4],
  M: [1, 2, 3],
  NC: [3, 4, 5],
  ND: [2, 4, 5],
  NV: [3, 4, 5],
};

/** Whether a size's series and version are known here. */
export function isKnown({ series, version }: Size): boolean {
  return offered[series]?.includes(version) ?? false;
}

/** Processors of another architecture than the images'. */
export function isArm({ features }: Size): boolean {
  return features.includes("p");
}

/** Sizes without premium storage before version 4 start machines of generation 1 only [inferred from the published tables]. */
export function isGeneration1({ series, features, version }: Size): boolean {
  return (
    version <= 3 &&
    series !== "B" &&
    !features.includes("s") &&
    !series.endsWith("S") &&
    !/^(M|N|L)/.test(series)
  );
}

/** Less memory than the 4 GiB from which SQL Server is of any use: https://learn.microsoft.com/sql/sql-server/install/hardware-and-software-requirements-for-installing-sql-server-2019 */
export function isTooSmallForSql({ vCpus, features, series }: Size): boolean {
  return vCpus < 2 || (series === "B" && features.includes("t"));
}

/** All sizes of these series have it from version 4 on: https://learn.microsoft.com/azure/virtual-network/accelerated-networking-overview */
export function hasAcceleratedNetworking(name: string): boolean {
  const size = parseSize(name);
  return size !== undefined && ["D", "E"].includes(size.series) && size.version >= 4 && size.vCpus >= 2;
}
