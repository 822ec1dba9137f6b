import { main } from "./main";
import { err } from "./terminal/terminal";

// A reader that went away, as in `| head`, ends the command without a complaint.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  err.say(`The output cannot be written: ${error.code ?? error.message}.\n`);
  process.exit(1);
});

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
