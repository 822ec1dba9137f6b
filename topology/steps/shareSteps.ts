import type { Machine, Share } from "../model";
import { computerAccount } from "../parts/names";
import { isMember } from "./machineSteps";
import { list, makeStep, type PlannedStep, stepId } from "./step";

/** The step after which a share is there. */
export function shareStep(share: Share): string {
  return stepId(share.host, share.purpose);
}

/** Creates a share once the computer accounts that it names exist. */
export function planShareStep(share: Share, domain: string, machine: (name: string) => Machine): PlannedStep {
  const accounts = (names: readonly string[]) => list(names.map((name) => computerAccount(domain, name)));
  return makeStep(
    machine(share.host),
    share.purpose,
    "New-Share.ps1",
    {
      ShareName: share.name,
      Path: share.path,
      Folders: list(share.folders),
      ReadWrite: accounts(share.readWrite),
      ReadOnly: accounts(share.readOnly),
    },
    [share.host, ...share.readWrite, ...share.readOnly].map(isMember),
  );
}
