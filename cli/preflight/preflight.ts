import { sqlImages, windowsImages } from "../../topology/azure/images";
import type { Access } from "../azure/access";
import { answersOf } from "./answers";
import { Asker } from "./ask";
import type { Found } from "./found";
import { regionsToAsk } from "./instead";
import { type ImageNeed, imageKey, type Needs } from "./needs";
import type { Answer } from "./said";

/** Asks an Azure whether a subscription can have a lab. Nothing is created or changed. */
export async function preflight(access: Access, needs: Needs): Promise<readonly Answer[]> {
  const asker = new Asker(access);
  const found = await asker.ask(needs);
  return answersOf(needs, await withAlternatives(asker, needs, found));
}

/** What else there is, where something cannot be had: the lists are large, so they are asked for only then. */
async function withAlternatives(asker: Asker, needs: Needs, found: Found): Promise<Found> {
  const refused = new Set(
    answersOf(needs, found).flatMap(({ question, answer }) => (answer === "no" ? [question] : [])),
  );
  const isFull = refused.has("size") || refused.has("vCPUs");
  const regions = isFull ? needs.regions.flatMap((region) => regionsToAsk(needs, region)) : [];
  const images = refused.has("image") || refused.has("terms") ? imagesToAsk(needs) : [];
  const [moreRegions, moreImages] = await Promise.all([asker.regionsOf(regions), asker.imagesOf(images)]);
  return {
    ...found,
    regions: { ...moreRegions, ...found.regions },
    images: { ...moreImages, ...found.images },
  };
}

/** Every image of the catalogue in every region of the lab. */
function imagesToAsk({ regions, images }: Needs): readonly ImageNeed[] {
  const known = new Set(images.map(imageKey));
  return Object.values({ ...windowsImages, ...sqlImages })
    .flatMap(({ image }) => regions.map((region) => ({ image, region })))
    .filter((need) => !known.has(imageKey(need)));
}
