import type { Plan } from "../model";
import { find } from "../parts/invariants";
import { type Command, cli, type LabNames, namesOf } from "./labNames";
import type { Runbook } from "./runbook";

/** A runbook about servers, before its commands are numbered. */
export type Draft = Pick<Runbook, "name" | "title" | "when" | "minutes"> & {
  readonly commands: readonly Command[];
};

/** The names of a plan, as commands that are about no database need them. */
export const labOf = (plan: Plan): LabNames =>
  namesOf(
    plan,
    find(plan.databaseSets, "mgc", ({ database }) => database === "mgc"),
  );

/** A machine is started, or made again. */
export const again = (machine: string, group: string): Command =>
  cli("Azure CLI", {
    title: `start ${machine}`,
    command: `az vm start --resource-group ${group} --name ${machine}`,
    expect: "it returns without an error",
    waitMinutes: 10,
    otherwise: `ResourceNotFound, or a disk that is gone: run pulumi up, which makes ${machine} again, empty.`,
  });
