import { inspect } from "node:util";
import { type Arguments, readArguments } from "./terminal/arguments";
import { err, out } from "./terminal/terminal";
import { UsageError, usage } from "./terminal/usage";

/** Each verb is loaded when it is asked for: the Pulumi SDK alone takes a second. */
const run: Readonly<Record<Arguments["verb"], (args: Arguments) => Promise<number>>> = {
  check: async (args) => (await import("./verbs/check")).check(args),
  show: async (args) => (await import("./verbs/show")).show(args),
  preview: async (args) =>
    // Asked for by a comparison, of older checkouts too, which needs more of a resource than `--json` promises.
    (await import("./verbs/preview")).preview(args, process.env.LAB_PREVIEW_EVERYTHING === "1"),
  rehearse: async (args) => (await import("./verbs/rehearse")).rehearse(args),
  survival: async (args) => (await import("./verbs/survival")).survival(args),
  runbook: async (args) => (await import("./verbs/runbook")).runbook(args),
  worksheet: async (args) => (await import("./verbs/worksheet")).worksheet(args),
  diagram: async (args) => (await import("./verbs/diagram")).diagram(args),
  price: async (args) => (await import("./verbs/price")).price(args),
  recover: async (args) => (await import("./verbs/recover")).recover(args),
  status: async (args) => (await import("./verbs/status")).status(args),
  start: async (args) => (await import("./verbs/power")).start(args),
  stop: async (args) => (await import("./verbs/power")).stop(args),
  serve: async (args) => (await import("./verbs/serve")).serve(args),
  schema: async () => (await import("./verbs/schema")).schema(),
};

/** Does what was typed after `npm run lab --`; gives the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    // Everything after this verb belongs to the command that it runs.
    if (argv[0] === "twin" && !["--help", "-h"].includes(argv[1] ?? ""))
      return await (await import("./pulumi/twin")).twin(argv.slice(1));
    const args = readArguments(argv);
    if (args !== "help") return await run[args.verb](args);
    out.say(`${usage}\n`);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      err.say(`${error.message}\nSee npm run lab -- --help\n`);
      return 2;
    }
    const full = fullDisk(error);
    err.say(`${full ?? fault(error)}\n`);
    return full === undefined ? 3 : 1;
  }
}

/** What is no fault of this program: there is no room for a file, or none for this user. */
function fullDisk(error: unknown): string | undefined {
  const { code = "", path = "" } = (error ?? {}) as { readonly code?: string; readonly path?: string };
  return ["ENOSPC", "EDQUOT", "EFBIG"].includes(code)
    ? `There is no room for ${path === "" ? "a file" : path} (${code}). Make some, and try again.`
    : undefined;
}

/** What nobody foresaw, as a sentence; the whole of it for those who ask. */
function fault(error: unknown): string {
  if (process.env.LAB_TRACE === "1")
    return error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return `This should not happen: ${first.slice(0, 300)}\nPlease report it with the command and the stack file, and with what LAB_TRACE=1 in front of the command prints.`;
}
