import type { Found, Permission } from "./found";
import { otherImages, otherRegions, otherZones, similarSizes } from "./instead";
import { type ImageNeed, imageKey, imageName, type MachineNeed, type Needs } from "./needs";
import { existing, refusalOf } from "./offers";
import { coreAnswers, networkAnswers } from "./quotaAnswers";
import { type Answer, by, no, type Said, unknown, unlessSilent, yes } from "./said";

/*
 * Whether a deployment would be refused, question by question: from what a lab needs and what Azure told.
 */

/** Every question, in the order in which Azure would refuse. */
export function answersOf(needs: Needs, found: Found): readonly Answer[] {
  return [
    ...permissionAnswers(needs, found),
    ...providerAnswers(needs, found),
    ...groupAnswers(needs, found),
    ...needs.machines.map((machine) => sizeAnswer(machine, needs, found)),
    ...needs.regions.flatMap((region) => coreAnswers(region, needs, found)),
    ...needs.regions.flatMap((region) => networkAnswers(region, needs, found)),
    ...imageAnswers(needs, found),
  ];
}

/** Whether a deployment would be refused. */
export const isRefused = (answers: readonly Answer[]): boolean =>
  answers.some(({ answer }) => answer === "no");

function permissionAnswers({ actions }: Needs, { permissions }: Found): readonly Answer[] {
  return actions.map((action) => ({
    about: action,
    question: "permission",
    ...by(permissions, (granted) =>
      granted.some((one) => permits(one, action))
        ? yes("Your roles on the subscription allow it.")
        : no(
            "Your roles on the subscription do not allow it.",
            "Ask an owner of the subscription for the Contributor role: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles#contributor",
          ),
    ),
  }));
}

/** An action is permitted where one of a role's patterns has it and none of its exceptions: `*` stands for any text. */
function permits({ actions, notActions }: Permission, action: string): boolean {
  const has = (patterns: readonly string[]) =>
    patterns.some((pattern) => {
      const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      return new RegExp(`^${parts.join(".*")}$`, "i").test(action);
    });
  return has(actions) && !has(notActions);
}

function providerAnswers({ types }: Needs, { providers }: Found): readonly Answer[] {
  const namespaces = Object.keys(providers).sort();
  return [
    ...namespaces.map(
      (about): Answer => ({
        about,
        question: "provider",
        ...by(providers[about], ({ state }) =>
          state === "Registered"
            ? yes("The subscription is registered for it.")
            : no(
                `The subscription is not registered for it (${state}).`,
                `Register it, which takes a minute or two: az provider register --namespace ${about} --wait`,
              ),
        ),
      }),
    ),
    ...types.map(
      ({ type, region }): Answer => ({
        about: `${type} in ${region}`,
        question: "region",
        ...by(providers[type.split("/")[0] ?? ""], ({ regions }) => {
          const there = regions[type.toLowerCase()];
          if (there === undefined) return unknown("Azure does not list this type.");
          // What is of no region is listed without any.
          if (there.length === 0) return yes("It is available in every region.");
          return there.includes(region)
            ? yes("It is available in the region.")
            : no(
                "It is not available in the region.",
                `Use a region that has it, such as ${there.slice(0, 3).join(", ")}.`,
              );
        }),
      }),
    ),
  ];
}

function groupAnswers({ groups, lab }: Needs, found: Found): readonly Answer[] {
  return groups.map(({ name, region }) => ({
    about: name,
    question: "resource group",
    ...by(found.groups[name], (group) => {
      if (group === undefined) return yes("The name is free.");
      if (group.lab !== lab)
        return no(
          `A resource group of this name exists already${group.lab === undefined ? "" : `, and belongs to the lab ${group.lab}`}.`,
          "Give the lab another name: its key is lab.",
        );
      return group.location === region
        ? yes("It belongs to this lab.")
        : no(
            `It belongs to this lab but is in ${group.location}: a resource group cannot move to ${region}.`,
            "Destroy the lab first, or keep its region.",
          );
    }),
  }));
}

function sizeAnswer(machine: MachineNeed, needs: Needs, found: Found): Answer {
  const { name, size, region, zone } = machine;
  const place = zone === undefined ? region : `zone ${zone} of ${region}`;
  const exists = existing(found).some((one) => one.name === name && one.size === size);
  const said = by(found.regions[region]?.sizes, () => {
    const refusal = exists ? undefined : refusalOf(size, found.regions[region], zone);
    if (refusal !== undefined)
      return unlessSilent(
        found.machines,
        no(
          `${size} ${refusal} in ${place}.`,
          ...otherZones(machine, needs, found),
          ...otherRegions(machine, needs, found),
          ...similarSizes(machine, needs, found),
        ),
      );
    return yes(exists ? `It is deployed with ${size}.` : `${size} is offered in ${place}.`);
  });
  return { about: name, question: "size", ...said };
}

function imageAnswers(needs: Needs, found: Found): readonly Answer[] {
  return needs.images.flatMap((need): readonly Answer[] => {
    const about = imageKey(need);
    const answer = found.images[about];
    const isGallery = "galleryImageId" in need.image;
    return [
      {
        about,
        question: "image",
        ...by(answer, (offer) =>
          offer === undefined
            ? no(
                "The image does not exist in this region.",
                ...(isGallery
                  ? ["Correct the id of the image, or let your account read the gallery."]
                  : otherImages(need, needs, found)),
              )
            : yes(`Version ${offer.version} is available.`),
        ),
      },
      { about, question: "terms", ...termsSaid(need, needs, found) },
    ];
  });
}

/** An image with a plan wants its terms accepted, and the plan in each machine's request, which the lab does not send. */
function termsSaid(need: ImageNeed, needs: Needs, found: Found): Said {
  return by(found.images[imageKey(need)], (offer) => {
    if (offer?.plan === undefined) return yes("It has no terms to accept.");
    const others = otherImages(need, needs, found);
    return by(offer.accepted, (accepted) =>
      accepted
        ? no(
            "It has a plan, which Azure requires in the request of each machine, and the lab does not send one.",
            ...others,
          )
        : no(
            "Its terms are not accepted on this subscription.",
            `Accept them: az vm image terms accept --urn ${imageName(need.image)}`,
            ...others,
          ),
    );
  });
}
