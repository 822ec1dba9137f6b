import {
  accessSync,
  constants,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { userPath } from "./paths";
import { err, out } from "./terminal";
import { UsageError } from "./usage";

/** Writes a file where the user stands. Throws a UsageError where that cannot be. */
export function save(file: string, text: string): void {
  const named = userPath(file);
  const isThere = existsSync(named);
  const path = isThere ? realpathSync(named) : named;
  // A device or a pipe can only be written to; a file is either whole or as it was.
  const isFile = !isThere || statSync(path).isFile();
  const part = isFile ? `${path}.part` : path;
  try {
    if (isThere) accessSync(path, constants.W_OK);
    writeFileSync(part, text);
    if (isFile) renameSync(part, path);
  } catch (error) {
    if (isFile) rmSync(part, { force: true });
    throw new UsageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** Writes to stdout, or into a file and says so. */
export function printOrSave(file: string | undefined, text: string, what: string): void {
  if (file === undefined) out.write(text);
  else {
    save(file, text);
    err.say(`${file} has ${what}.\n`);
  }
}
