import { findWindows, type IanaName } from "windows-iana";
import { supportEndOf } from "../azure/images";
import { mostTags } from "../azure/limits";
import { timeZones } from "../azure/timeZones";
import { closest } from "../config/closest";
import type { MachineKind } from "../model";
import { error, warning, when } from "./rule";

const ownTags = ["lab", "dataCenter", "role", "active"];

export const tagsAreNotTheLabsOwn = error(({ config: { tags } }) =>
  Object.keys(tags)
    .filter((tag) => ownTags.some((own) => own.toLowerCase() === tag.toLowerCase()))
    .map((tag) => ({
      path: `tags.${tag}`,
      value: tags[tag],
      message: "The lab sets this tag itself; Azure's tag names do not differ by case.",
      fix: `Choose another name; taken are ${ownTags.join(", ")}.`,
    })),
);

/** https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources: Azure keeps names that begin like this. */
const reservedTagPrefixes = ["microsoft", "azure", "windows"];

export const tagsAreNotReserved = error(({ config: { tags } }) =>
  Object.keys(tags)
    .filter((tag) => reservedTagPrefixes.some((prefix) => tag.toLowerCase().startsWith(prefix)))
    .map((tag) => ({
      path: `tags.${tag}`,
      value: tags[tag],
      message: `Azure keeps tag names that begin with ${reservedTagPrefixes.join(", ")} to itself.`,
      fix: "Choose another name.",
    })),
);

export const tagsDifferByMoreThanCase = error(({ config: { tags } }) =>
  Object.keys(tags).flatMap((tag, index, all) => {
    const other = all.slice(0, index).find((one) => one.toLowerCase() === tag.toLowerCase());
    return when(other !== undefined, () => ({
      path: `tags.${tag}`,
      also: [`tags.${other}`],
      value: tags[tag],
      message: `It is the tag ${other} once more: Azure's tag names do not differ by case.`,
      fix: "Keep one of the two.",
    }));
  }),
);

/** A name by which Pulumi's SDK tells its own values from others, in every serialized object. */
const pulumiSignature = "4dabf18193072939515e22adb298388d";

/** An object of the Pulumi SDK has these before anybody sets them. */
export const tagsAreNoPropertiesOfObjects = error(({ config: { tags } }) =>
  Object.keys(tags)
    .filter((tag) => tag in Object.prototype || tag === pulumiSignature)
    .map((tag) => ({
      path: `tags.${tag}`,
      value: tags[tag],
      message: "A Pulumi program cannot carry a tag of this name.",
      fix: "Choose another name.",
    })),
);

/** What Windows calls a time zone of the IANA's database; undefined for what is no name of that. */
const inWindows = (timeZone: string): string | undefined =>
  timeZones.includes(timeZone) ? undefined : findWindows(timeZone as IanaName)[0];

/** Whether a time zone is named as the IANA's database does, one that the table lacks included. */
const isOfIana = (timeZone: string): boolean => timeZone.includes("/") || inWindows(timeZone) !== undefined;

/** Azure's daily stop takes ids of Windows only. */
export const timeZoneIsOfWindows = error(({ config: { autoShutdown } }) => {
  const { timeZone } = autoShutdown;
  return when(isOfIana(timeZone), () => ({
    path: "autoShutdown.timeZone",
    value: timeZone,
    message: "It is a name of the IANA's database, and Azure's daily stop takes ids of Windows.",
    fix: `Write ${inWindows(timeZone) ?? "the id that tzutil /l on Windows lists for it"}.`,
  }));
});

export const timeZoneIsKnown = warning(({ config: { autoShutdown } }) => {
  const { timeZone } = autoShutdown;
  const near = closest(timeZone, timeZones);
  return when(!timeZones.includes(timeZone) && !isOfIana(timeZone), () => ({
    path: "autoShutdown.timeZone",
    value: timeZone,
    message: "No Windows time zone of that id is known here.",
    fix: `${near === undefined ? "Correct it" : `Did you mean ${near}?`} ${near === undefined ? "or go" : "Go"} on if it is new: tzutil /l on Windows lists all.`,
  }));
});

/**
 * Last labels that the public DNS will never have: https://www.iana.org/assignments/special-use-domain-names, `internal` by ICANN's
 * resolution 2024.07.29.06, those that ICANN keeps back because so many networks use them, and `lan`, which many use and nobody was given.
 */
const privateNames = /\.(test|example|invalid|localhost|local|internal|lan|corp|home|mail|home\.arpa)$/;

/** Inside the lab its own DNS answers for the whole domain. */
export const domainHidesNoPublicName = warning(({ config: { domain } }) =>
  when(!privateNames.test(domain), () => ({
    path: "domain",
    value: domain,
    message:
      "It is a name of the public DNS, and the machines of the lab will find nothing that stands there.",
    fix: "Go on if it is yours and the lab needs nothing of it; else use a name that ends in .test or .internal.",
  })),
);

/** The first label of a domain is its NetBIOS name: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/naming-conventions-for-computer-domain-site-ou */
const reservedNetbiosNames =
  "anonymous batch builtin dialup domain enterprise gateway interactive internet local network null proxy restricted self server service system users world".split(
    " ",
  );

export const domainNameIsFree = error(({ config: { domain }, plan }) => {
  const [label = ""] = domain.split(".");
  return [
    ...when(reservedNetbiosNames.includes(label), () => ({
      path: "domain",
      value: domain,
      message: `Windows keeps ${label.toUpperCase()}, which would be the domain's NetBIOS name, to itself.`,
      fix: "Choose another first label.",
    })),
    ...plan.machines
      .filter(({ name }) => name.toLowerCase() === label)
      .map(({ name }) => ({
        path: "domain",
        value: domain,
        message: `The domain's NetBIOS name would be that of the machine ${name}.`,
        fix: "Choose another first label.",
      })),
  ];
});

export const tagsFit = error(({ config: { tags } }) =>
  when(Object.keys(tags).length + ownTags.length > mostTags, () => ({
    path: "tags",
    message: `There are ${Object.keys(tags).length} tags; Azure allows ${mostTags} on a resource and the lab needs ${ownTags.length} of them.`,
    fix: `Keep at most ${mostTags - ownTags.length}.`,
  })),
);

export const imagesStaySupported = warning(({ config: { machines } }) =>
  (Object.keys(machines) as MachineKind[]).flatMap((kind) => {
    const { image } = machines[kind];
    const end = supportEndOf(image);
    if (end === undefined) return [];
    return [
      {
        path: `machines.${kind}.image`,
        value: image,
        message: `Microsoft supports ${end.product} until ${end.date} (${end.source}).${end.note === undefined ? "" : ` ${end.note}`}`,
        fix: `Use ${image.replace(/20\d\d/, "2019")}, or copy the image to a gallery of your own.`,
      },
    ];
  }),
);
