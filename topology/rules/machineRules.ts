import type { MachineKind } from "../model";
import { maxComputerName } from "../names";
import { type Rule, when } from "./rule";

/** Azure's limit of managed run commands on one machine; finished ones count. */
const mostRunCommands = 25;

/** Azure's limit of tags on one resource. */
const mostTags = 50;

const ownTags = ["lab", "dataCenter", "role", "active"];

export const computerNamesFit: Rule = ({ plan }) =>
  plan.machines
    .filter(({ name }) => name.length > maxComputerName || !/^[A-Za-z0-9-]+$/.test(name))
    .map((machine) => ({
      path: machine.configPath,
      message: `The computer name ${machine.name} has ${machine.name.length} characters; NetBIOS allows ${maxComputerName} letters, digits and hyphens.`,
      fix: "Shorten it.",
    }));

export const computerNamesAreUnique: Rule = ({ plan: { machines } }) =>
  machines
    .filter((machine, index) => machines.findIndex(({ name }) => name === machine.name) !== index)
    .map((machine) => ({
      path: machine.configPath,
      message: `Two machines are called ${machine.name}.`,
      fix: "Give each a name of its own.",
    }));

export const runCommandsFitOnTheirMachine: Rule = ({ plan: { machines, steps } }) =>
  machines
    .map((machine) => ({ machine, count: steps.filter((step) => step.machine === machine.name).length }))
    .filter(({ count }) => count > mostRunCommands)
    .map(({ machine, count }) => ({
      path: machine.configPath,
      message: `${machine.name} has ${count} guest steps; Azure keeps at most ${mostRunCommands} run commands on a machine.`,
      fix: "Combine steps, or move a role to another machine.",
    }));

export const tagsAreNotTheLabsOwn: Rule = ({ config: { tags } }) =>
  Object.keys(tags)
    .filter((tag) => ownTags.some((own) => own.toLowerCase() === tag.toLowerCase()))
    .map((tag) => ({
      path: `tags.${tag}`,
      value: tags[tag],
      message: "The lab sets this tag itself; Azure's tag names do not differ by case.",
      fix: `Choose another name; taken are ${ownTags.join(", ")}.`,
    }));

export const tagsFit: Rule = ({ config: { tags } }) =>
  when(Object.keys(tags).length + ownTags.length > mostTags, () => ({
    path: "tags",
    message: `There are ${Object.keys(tags).length} tags; Azure allows ${mostTags} on a resource and the lab needs ${ownTags.length} of them.`,
    fix: `Keep at most ${mostTags - ownTags.length}.`,
  }));

export const imagesStayAvailable: Rule = ({ config: { machines } }) =>
  (Object.keys(machines) as MachineKind[])
    .filter((kind) => machines[kind].image === "windows-server-2016")
    .map((kind) => ({
      path: `machines.${kind}.image`,
      value: machines[kind].image,
      message: "Azure removes the Windows Server 2016 images by 12 January 2027.",
      fix: "Use windows-server-2019, or copy the image to a gallery of your own.",
    }));
