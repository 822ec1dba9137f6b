import { ArmError } from "../arm/armError";
import type { ArmPath } from "../arm/ids";
import { text } from "../arm/inputs";
import type { ArmAnswer, ArmRequest } from "./answer";
import { type Azure, begun, type Named, refuseWhileBusy, standing } from "./resources";

/** What is done to a machine as a whole, and how many minutes it takes; estimates. */
const acts: Readonly<
  Record<string, { readonly minutes: number; readonly running: boolean; readonly allocated?: boolean }>
> = {
  start: { minutes: 1, running: true },
  restart: { minutes: 1, running: true },
  redeploy: { minutes: 4, running: true },
  reapply: { minutes: 0.5, running: true },
  poweroff: { minutes: 0.5, running: false, allocated: true },
  deallocate: { minutes: 1, running: false },
};

/** POST to a machine: https://learn.microsoft.com/rest/api/compute/virtual-machines. Nothing where there is no such act. */
export async function actOn(
  azure: Azure,
  request: ArmRequest,
  path: ArmPath,
  named: Named,
  act: string,
): Promise<ArmAnswer | undefined> {
  const { cloud, folder, writes } = azure;
  const stored = standing(azure, named);
  const name = act.toLowerCase();
  const found = acts[name];
  if (found === undefined && name !== "runcommand") return undefined;
  refuseWhileBusy(azure, named);
  if (found === undefined && stored.running === false)
    throw new ArmError(
      409,
      "OperationNotAllowed",
      "The operation requires the VM to be running (or set to run).",
    );
  await writes.run(named.token, stored.id, (failure) => {
    if (failure !== undefined && found?.running) throw failure;
    // Neither starts what is stopped.
    if (found === undefined || ["restart", "reapply"].includes(name)) return;
    folder.change(() => cloud.setRunning(stored.id, found.running, found.allocated));
  });
  const headers = begun(azure, request, path, text(stored.inputs, "location"), {
    resource: stored.id,
    minutes: found?.minutes ?? 1,
    meanwhile: "Updating",
    output: found === undefined ? printed : undefined,
  });
  return { status: 202, headers };
}

/** What an action run command prints: nothing ran. */
const printed = {
  value: ["StdOut", "StdErr"].map((name) => ({
    code: `ComponentStatus/${name}/succeeded`,
    level: "Info",
    displayStatus: "Provisioning succeeded",
    message: name === "StdOut" ? "The simulated Azure runs no scripts." : "",
  })),
};
