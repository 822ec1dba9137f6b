import { sqlImages, windowsImages } from "../../topology/azure/images";
import { ArmError } from "../arm/armError";
import type { ArmPath } from "../arm/ids";
import type { Inputs } from "../arm/inputs";
import { isAmong, type Limits, sameName } from "../arm/limits";
import { type ArmAnswer, listed, ok } from "./answer";

/*
 * Images of the marketplace, with one version each, and the terms of those that have some:
 * https://learn.microsoft.com/rest/api/compute/virtual-machine-images, https://learn.microsoft.com/rest/api/marketplaceordering/marketplace-agreements
 */

/** The one version of every image here. */
const version = "1.0.0";

/** `publisher:offer:sku` of every image that is there. */
const images: readonly string[] = Object.values({ ...windowsImages, ...sqlImages }).flatMap(({ image }) =>
  "sku" in image ? [`${image.publisher}:${image.offer}:${image.sku}`] : [],
);

/** Whether a path is about images: their publishers, and what each has. */
export const isImagePath = ({ kinds }: ArmPath): boolean =>
  /^locations\/publishers(\/artifacttypes\/offers(\/skus(\/versions)?)?)?$/i.test(kinds.join("/"));

/** What is at a path about images: a list of publishers, offers, SKUs or versions, or one version. */
export function imageAnswer(place: ArmPath, limits: Limits): ArmAnswer {
  const [location = "", ...words] = place.names;
  const chosen = words.filter((_, index) => index !== 1);
  if (place.kinds.length === 6) return versionAnswer(place, limits);
  const parts = images.map((image) => image.split(":"));
  const here = parts.filter((one) => chosen.every((word, index) => sameName(word, one[index] ?? "")));
  const names = [...new Set(here.map((one) => one[chosen.length] ?? ""))];
  const path = `/Subscriptions/${place.subscriptionId}/Providers/Microsoft.Compute/Locations/${location}`;
  return ok(names.map((name) => ({ id: `${path}/${name}`, location, name })));
}

/** The versions of an image, or one of them. */
function versionAnswer({ subscriptionId, names }: ArmPath, limits: Limits): ArmAnswer {
  const [location = "", publisher = "", , offer = "", sku = "", asked] = names;
  const image = `${publisher}:${offer}:${sku}`;
  const isOpen = isAmong(limits.openTerms, image);
  const isThere = isOpen || isAmong(images, image);
  const isMissing = isAmong(limits.missingImages, image);
  if (!isThere || isMissing || (asked !== undefined && asked !== version))
    throw new ArmError(404, "NotFound", "Artifact: VMImage was not found.");
  const one: Inputs = {
    id: `/Subscriptions/${subscriptionId}/Providers/Microsoft.Compute/Locations/${location}/Publishers/${publisher}/ArtifactTypes/VMImage/Offers/${offer}/Skus/${sku}/Versions/${version}`,
    location,
    name: version,
  };
  // A list of these is no object with a `value`, as other lists of ARM's are.
  if (asked === undefined) return ok([one]);
  return ok({
    ...one,
    properties: {
      architecture: "x64",
      hyperVGeneration: "V2",
      osDiskImage: { operatingSystem: "Windows", sizeInGb: 127 },
      dataDiskImages: [],
      ...(isOpen ? { plan: { publisher, name: sku, product: offer } } : {}),
    },
  });
}

/** Whether the terms of an image's plan were accepted. */
export function termsAnswer({ subscriptionId, names }: ArmPath, limits: Limits): ArmAnswer {
  const [, publisher = "", offer = "", plan = ""] = names;
  const isOpen = isAmong(limits.openTerms, `${publisher}:${offer}:${plan}`);
  return ok({
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/${publisher}/offers/${offer}/plans/${plan}/agreements/current`,
    name: plan,
    type: "Microsoft.MarketplaceOrdering/offertypes",
    properties: { publisher, product: offer, plan, accepted: !isOpen },
  });
}

/** What the account may do: https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource-group */
export const permissionsAnswer = ({ deniedActions }: Limits): ArmAnswer =>
  listed([{ actions: ["*"], notActions: deniedActions, dataActions: [], notDataActions: [] }]);
