import type { Image } from "../model";
import { anyCase, inResourceGroup } from "./resourceIds";

/** A marketplace image that the product supports and that Azure still offers. */
interface CatalogueImage {
  readonly image: Image;
  /** Version year of Windows Server or SQL Server; partners and witness of a mirroring session must agree on the latter. */
  readonly version: number;
  /** The end of Microsoft's extended support, where it is near. */
  readonly supportEnds?: {
    readonly product: string;
    readonly date: string;
    readonly source: string;
    /** What else happens then. */
    readonly note?: string;
  };
}

const windows = (sku: string): Image => ({
  publisher: "MicrosoftWindowsServer",
  offer: "WindowsServer",
  sku,
  version: "latest",
});

const sql = (offer: string, sku: string): Image => ({
  publisher: "MicrosoftSQLServer",
  offer,
  sku,
  version: "latest",
});

/**
 * Windows Server versions that Skype for Business Server 2015 supports and that managed run commands support. The spelling of offers
 * and SKUs is fixed here because another casing would be a difference to Azure, and a difference replaces the machine.
 */
export const windowsImages: Readonly<Record<string, CatalogueImage>> = {
  "windows-server-2019": { image: windows("2019-datacenter-gensecond"), version: 2019 },
  "windows-server-2016": {
    image: windows("2016-datacenter-gensecond"),
    version: 2016,
    supportEnds: {
      product: "Windows Server 2016",
      date: "12 January 2027",
      note: "Azure removes its images by then.",
      source: "https://learn.microsoft.com/lifecycle/products/windows-server-2016",
    },
  },
};

/**
 * SQL Server versions in the product's server requirements. Microsoft's page on Persistent Chat ends at 2017, its newer page on server
 * requirements at 2019: the two disagree, and 2019 is the one whose images last longest. SQL Server 2016 is not among them: its support
 * ended on 14 July 2026, https://learn.microsoft.com/lifecycle/products/sql-server-2016.
 */
export const sqlImages: Readonly<Record<string, CatalogueImage>> = {
  "sql-server-2019-developer": { image: sql("sql2019-ws2019", "sqldev-gen2"), version: 2019 },
  "sql-server-2019-standard": { image: sql("sql2019-ws2019", "standard-gen2"), version: 2019 },
  "sql-server-2019-enterprise": { image: sql("sql2019-ws2019", "enterprise-gen2"), version: 2019 },
  "sql-server-2017-developer": {
    image: sql("sql2017-ws2019", "sqldev-gen2"),
    version: 2017,
    supportEnds: {
      product: "SQL Server 2017",
      date: "12 October 2027",
      source: "https://learn.microsoft.com/lifecycle/products/sql-server-2017",
    },
  },
};

/** Resource id of an image, or of one of its versions, in an Azure Compute Gallery. */
export const galleryImageId = new RegExp(
  `^${inResourceGroup("Microsoft.Compute")}${anyCase("/galleries/")}[\\w.]+${anyCase("/images/")}[\\w.-]+(?:${anyCase("/versions/")}[0-9.]+)?$`,
);

/** The image that a configured name or gallery id stands for. */
export function imageOf(configured: string): Image {
  return windowsImages[configured]?.image ?? sqlImages[configured]?.image ?? { galleryImageId: configured };
}

/** When Microsoft's support of a catalogue image ends, where that is near. */
export function supportEndOf(configured: string): CatalogueImage["supportEnds"] {
  return (windowsImages[configured] ?? sqlImages[configured])?.supportEnds;
}

/** Version year of a catalogue image; undefined for a gallery's, whose content is the owner's business. */
export function imageVersion(configured: string): number | undefined {
  return windowsImages[configured]?.version ?? sqlImages[configured]?.version;
}
