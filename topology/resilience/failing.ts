import { bothSides, type Side, type Site } from "./site";

/** What fails: a machine, a zone, a data center, the link, or the files of a share alone. */
export type Failing =
  | {
      readonly kind: "zone";
      readonly side: Side;
      readonly zone: string;
      readonly machines: readonly string[];
    }
  | {
      readonly kind: "machine";
      readonly name: string;
      /** Its disks are as they were when it comes back. */
      readonly keepsDisks?: true;
    }
  | { readonly kind: "data center"; readonly side: Side }
  | { readonly kind: "link" }
  | { readonly kind: "share"; readonly id: string; readonly host: string };

/** What a row calls it. */
export const nameOf = (failing: Failing): string => {
  switch (failing.kind) {
    case "machine":
      return failing.name;
    case "zone":
      return `${failing.side}/zone ${failing.zone}`;
    case "data center":
      return failing.side;
    case "link":
      return "link";
    case "share":
      return failing.id;
  }
};

/** What happens, in a sentence. */
export function sentenceOf(failing: Failing): string {
  switch (failing.kind) {
    case "machine":
      return `${failing.name} is lost with its disks`;
    case "zone":
      return `zone ${failing.zone} of the ${failing.side} data center is lost with all disks`;
    case "data center":
      return `the ${failing.side} data center is lost with all disks`;
    case "link":
      return "the link between the data centers is cut";
    case "share":
      return `the files of ${failing.id} are lost`;
  }
}

/** Everything of a site that can fail, each alone. */
export function failingsOf(site: Site): readonly Failing[] {
  const shares = [site.backupShare, site.fileStore].filter((share) => share !== undefined);
  return [
    ...Object.keys(site.machines).map((name): Failing => ({ kind: "machine", name })),
    ...bothSides.flatMap((side) => zonesOf(site, side)),
    ...bothSides.map((side): Failing => ({ kind: "data center", side })),
    { kind: "link" },
    ...shares.map(({ id, host }): Failing => ({ kind: "share", id, host })),
  ];
}

/** The zones of a data center, each with its machines. */
function zonesOf(site: Site, side: Side): readonly Failing[] {
  const here = Object.entries(site.zones).filter(([name]) => site.machines[name] === side);
  return [...new Set(here.map(([, zone]) => zone))].sort().map((zone) => ({
    kind: "zone",
    side,
    zone,
    machines: here.flatMap(([name, other]) => (other === zone ? [name] : [])),
  }));
}
