import { addressIn, type ServeOptions, shellText, startServing } from "../azure/serving";
import { faultsPath } from "../pulumi/faults";
import type { Arguments } from "../terminal/arguments";
import { twinFolder, userPath } from "../terminal/paths";
import { shellWord } from "../terminal/shellWord";
import { err, out } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";

/** Gives the simulated Azure of a folder an address until somebody ends it; with --env prints what a shell needs to ask it. */
export async function serve(args: Arguments): Promise<number> {
  const folder = args.folder === undefined ? twinFolder : userPath(args.folder);
  const named = args.folder === undefined ? "" : ` --folder ${shellWord(args.folder)}`;
  const asked = `eval "$(npm run --silent lab -- serve${named} --env)"`;
  const found = addressIn(folder);
  if (args.env) {
    if (found === undefined)
      throw new UsageError(
        `Nobody serves ${folder} now: start npm run lab -- serve${named}, in another window or with & behind it.`,
      );
    out.write(shellText(folder, found));
    return 0;
  }
  if (found !== undefined)
    throw new UsageError(
      `Process ${found.pid} serves ${folder} already, at https://localhost:${found.port}. End it, or ask it: ${asked}`,
    );
  const options: ServeOptions = {
    folder,
    port: args.port,
    faults: args.faults === undefined ? undefined : faultsPath(args.faults),
    clock: args.clock ?? "fast",
  };
  const serving = await startServing(options).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    throw new UsageError(
      `Port ${args.port} is somebody else's (${error.code}): choose another one with --port.`,
    );
  });
  err.say(
    `The simulated Azure in ${folder} is at https://localhost:${serving.port}, for this machine only. In another window:\n\n  ${asked}\n  az login --identity --allow-no-subscriptions\n  az vm list --output table\n\nCtrl-C ends it.\n`,
  );
  await ended();
  await serving.close();
  return 0;
}

/** Until somebody wants it to end. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}
