import { type Arguments, readArguments } from "./arguments";
import { err, out } from "./terminal";
import { UsageError, usage } from "./usage";

/** Each verb is loaded when it is asked for: the Pulumi SDK alone takes a second. */
const run: Readonly<Record<Arguments["verb"], (args: Arguments) => Promise<number>>> = {
  check: async (args) => (await import("./check")).check(args),
  show: async (args) => (await import("./show")).show(args),
  preview: async (args) => (await import("./preview")).preview(args),
  rehearse: async (args) => (await import("./rehearse")).rehearse(args),
  worksheet: async (args) => (await import("./worksheet")).worksheet(args),
  price: async (args) => (await import("./price")).price(args),
  schema: async () => (await import("./schema")).schema(),
};

async function main(argv: readonly string[]): Promise<number> {
  try {
    // Everything after this verb belongs to the command that it runs.
    if (argv[0] === "twin" && argv[1] !== "--help") return (await import("./twin")).twin(argv.slice(1));
    const args = readArguments(argv);
    if (args !== "help") return await run[args.verb](args);
    out.write(`${usage}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err.write(`${error.message}\nSee npm run lab -- --help\n`);
    return 2;
  }
}

// A reader that went away, as in `| head`, ends the command without a complaint.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
