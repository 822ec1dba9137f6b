import { parseArgs } from "node:util";
import { tokens } from "../../simulator/arm/resourceTypes";
import { changeCloud } from "../../simulator/kept/cloudFolder";
import { UsageError } from "../terminal/usage";

const usage =
  "Of the Azure CLI the twin knows: az vm run-command delete --resource-group <group> --vm-name <machine> --name <step>, and az resource delete --ids <id>.";

/** Does on the simulated Azure what the Azure CLI does; of that, what mends an interrupted deployment. Gives the exit code. */
export function twinAz(folder: string, words: readonly string[]): number {
  const { values, positionals } = read(words);
  const { "resource-group": resourceGroupName, "vm-name": vmName, name: runCommandName, ids } = values;
  if (positionals.join(" ") === "resource delete" && ids) {
    changeCloud(folder, (cloud) => cloud.delete(ids));
    return 0;
  }
  if (positionals.join(" ") !== "vm run-command delete" || !resourceGroupName || !vmName || !runCommandName)
    throw new UsageError(usage);
  changeCloud(folder, (cloud) =>
    cloud.delete(cloud.idOf(tokens.runCommand, { resourceGroupName, vmName, runCommandName })),
  );
  return 0;
}

const options = {
  "resource-group": { type: "string", short: "g" },
  "vm-name": { type: "string" },
  name: { type: "string", short: "n" },
  ids: { type: "string" },
  yes: { type: "boolean", short: "y" },
} as const;

function read(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch {
    throw new UsageError(usage);
  }
}
