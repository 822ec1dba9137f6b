import { writeFileSync } from "node:fs";
import { userPath } from "./stackFile";
import { UsageError } from "./usage";

/** Writes a file where the user stands. Throws a UsageError where that cannot be. */
export function save(file: string, text: string): void {
  try {
    writeFileSync(userPath(file), text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}
