import { z } from "zod";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { nameOf, typeOf } from "../../simulator/engine/urns";
import { shellWord } from "../terminal/shellWord";

/*
 * What an interrupted or failed `pulumi up` left, and what mends it. Pulumi itself asks for ids that nobody knows by heart, and would take
 * over a guest step whose script may never have ended.
 */

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  pendingReplacement: z.boolean().default(false),
  outputs: z.record(z.string(), z.unknown()).default({}),
  initErrors: z.array(z.string()).default([]),
});

/** What is read of `pulumi stack export`. */
export const exportedState = z.object({
  deployment: z
    .object({
      resources: z.array(resource).default([]),
      pending_operations: z
        .array(z.object({ type: z.string(), resource: z.object({ urn: z.string(), type: z.string() }) }))
        .default([]),
    })
    .nullish(),
});

export type ExportedState = z.output<typeof exportedState>;

/** A resource of the program, with the id that Azure gives it. */
export interface Planned extends RegisteredResource {
  readonly id: string;
}

export interface Recovery {
  /** Whether Pulumi will refuse to work until its lock is gone. */
  readonly locked: boolean;
  /** URNs of the operations during which Pulumi stopped. */
  readonly interrupted: readonly string[];
  /**
   * Ids of what Pulumi takes for deleted, to be made anew, and Azure still has; what stands in something comes before it. Pulumi writes
   * that down when it decides it, not when it is done:
   * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step.go (`NewDeleteReplacementStep`).
   */
  readonly deleteOld: readonly string[];
  /** Guest steps that Azure has and Pulumi has not. Nobody knows whether their scripts ended, so they go and run again. */
  readonly deleteSteps: readonly Planned[];
  /** Everything else that Azure has and Pulumi has not: as `pulumi import --file` takes it. */
  readonly importFile: ImportFile;
  /** Machines that Azure has and that did not come right: for most there was no host. */
  readonly failedMachines: readonly FailedMachine[];
  /** URNs of guest steps that Pulumi has and that must run again: their last run did not succeed, or nobody knows. */
  readonly replace: readonly string[];
}

export interface FailedMachine {
  readonly urn: string;
  readonly id: string;
  /** Azure's code, such as `ZonalAllocationFailed`; absent where Pulumi has forgotten it, as it does in a refresh. */
  readonly code?: string;
}

export interface ImportFile {
  /** Name of a parent in this file -> its URN. */
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    readonly parent: string;
  }[];
}

/**
 * What must be mended. `inAzure` says whether Azure has an id; it is asked only about what Pulumi lacks or takes for deleted, parents first.
 */
export async function recovery(
  { deployment }: ExportedState,
  planned: readonly Planned[],
  inAzure: (id: string) => Promise<boolean>,
  locked = false,
): Promise<Recovery> {
  const resources = deployment?.resources ?? [];
  const known = new Set(resources.map(({ urn }) => urn));
  // Pulumi remembers an interrupted creation for good, until a refresh is told to forget it: a resource that exists by now is no concern.
  const operations = (deployment?.pending_operations ?? []).filter(
    ({ type, resource: { urn } }) => type !== "creating" || !known.has(urn),
  );
  const lost = await lostIn(
    planned.filter(({ custom, urn }) => custom && !known.has(urn)),
    inAzure,
  );
  const replaced = resources.filter(({ pendingReplacement }) => pendingReplacement);
  const isStep = ({ type }: { readonly type: string }) => type === tokens.runCommand;
  const old = await keptOf(
    replaced.map(({ id = "" }) => id),
    inAzure,
  );
  const changing = new Set(operations.map(({ resource: { urn } }) => urn));
  return {
    locked,
    interrupted: operations.map(({ resource: { urn } }) => urn),
    deleteOld: old.toReversed(),
    deleteSteps: lost.filter(isStep),
    importFile: importFile(lost.filter((one) => !isStep(one))),
    failedMachines: resources.filter(({ type }) => type === tokens.machine).flatMap(failedMachine),
    // A step with an init error is made anew by every `up`; one that a refresh has looked at has none any more.
    replace: resources
      .filter(isStep)
      .filter(
        ({ urn, outputs, initErrors, pendingReplacement }) =>
          !pendingReplacement &&
          initErrors.length === 0 &&
          (changing.has(urn) || failed(outputs.provisioningState)),
      )
      .map(({ urn }) => urn),
  };
}

/** A machine with an init error is asked for again by every `up`; one that a refresh has looked at has none any more. */
function failedMachine({
  urn,
  id = "",
  initErrors,
  outputs,
  pendingReplacement,
}: z.output<typeof resource>): readonly FailedMachine[] {
  if (pendingReplacement || (initErrors.length === 0 && !failed(outputs.provisioningState))) return [];
  // As azure-native shows what Azure refused.
  const [, code] = /Code="(\w+)"/.exec(initErrors[0] ?? "") ?? [];
  return [{ urn, id, ...(code === undefined ? {} : { code }) }];
}

/** Whether Azure says that something did not come right. */
function failed(provisioningState: unknown): boolean {
  return typeof provisioningState === "string" && provisioningState !== "Succeeded";
}

/** What Azure has of some resources. */
async function lostIn(
  missing: readonly Planned[],
  inAzure: (id: string) => Promise<boolean>,
): Promise<readonly Planned[]> {
  const there = await keptOf(
    missing.map(({ id }) => id),
    inAzure,
  );
  return missing.filter(({ id }) => there.includes(id));
}

/** Which of some ids Azure has. What stands in something that Azure has not got needs no question: parents come first. */
async function keptOf(
  ids: readonly string[],
  inAzure: (id: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const [there, absent]: [string[], string[]] = [[], []];
  for (const id of ids) {
    if (absent.some((other) => id.startsWith(`${other}/`))) continue;
    ((await inAzure(id)) ? there : absent).push(id);
  }
  return there;
}

function importFile(resources: readonly Planned[]): ImportFile {
  // Two resources may have one name, but not with one type.
  const keyOf = (urn: string) => `${typeOf(urn).split(":").at(-1)}-${nameOf(urn)}`;
  return {
    nameTable: Object.fromEntries(resources.map(({ parent }) => [keyOf(parent), parent])),
    resources: resources.map(({ type, name, id, parent }) => ({ type, name, id, parent: keyOf(parent) })),
  };
}

/** Whether nothing is left to do but `pulumi up`. */
export function isWhole({
  locked,
  interrupted,
  deleteOld,
  deleteSteps,
  importFile: file,
  failedMachines,
  replace,
}: Recovery): boolean {
  const found = [interrupted, deleteOld, deleteSteps, file.resources, failedMachines, replace];
  return !locked && found.every(({ length }) => length === 0);
}

/** The commands that mend it, in order. `before` stands before each command of Pulumi's or Azure's. */
export function commandsOf(
  { deleteOld, deleteSteps, importFile: file, failedMachines, replace }: Recovery,
  {
    stack,
    importPath,
    before = "",
  }: { readonly stack: string; readonly importPath: string; readonly before?: string },
): readonly string[] {
  const forgotten = failedMachines.filter(({ code }) => code === undefined);
  return [
    // Harmless where nothing is locked.
    `pulumi cancel --yes --stack ${stack}`,
    ...deleteOld.map((id) => `az resource delete --ids ${shellWord(id)}`),
    // A start asks for a host too; that it mends a machine which never had one is inferred.
    ...forgotten.map(({ id }) => `az vm start --ids ${shellWord(id)}`),
    // Of these alone: a refresh of the rest would take away the marks of steps that failed.
    ...(forgotten.length === 0
      ? []
      : [
          [
            `pulumi refresh --yes --skip-preview --stack ${stack}`,
            ...forgotten.map(({ urn }) => `--target ${shellWord(urn)}`),
          ].join(" "),
        ]),
    ...deleteSteps.map(
      ({ inputs }) =>
        `az vm run-command delete --yes --resource-group ${inputs.resourceGroupName} --vm-name ${inputs.vmName} --name ${inputs.runCommandName}`,
    ),
    ...(file.resources.length > 0
      ? [
          `pulumi import --yes --protect=false --generate-code=false --file ${shellWord(importPath)} --stack ${stack}`,
        ]
      : []),
    [`pulumi up --stack ${stack}`, ...replace.map((urn) => `--replace ${shellWord(urn)}`)].join(" "),
  ].map((command) => `${before}${command}`);
}
