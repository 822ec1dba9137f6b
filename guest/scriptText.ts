import { readFileSync } from "node:fs";
import { join } from "node:path";

const loadsShared = /^\. "\$PSScriptRoot\\shared\\(\w+\.ps1)"$/gm;
const read = new Map<string, string>();

/**
 * The text of a guest script as one file: a machine gets nothing but this text, so each line that loads a file of `guest/shared/` is
 * replaced by that file. A change there runs again every step whose script loads it, hence one file for all and one for SQL Server.
 */
export function scriptText(script: string): string {
  const known = read.get(script);
  if (known !== undefined) return known;
  const own = textOf(script);
  const text = own.replace(loadsShared, (_, file: string) => textOf(join("shared", file)).trimEnd());
  if (text === own) throw new Error(`Cannot use guest script "${script}": it does not load the prologue`);
  read.set(script, text);
  return text;
}

/** A file of `guest/`. A checkout on Windows may have other line ends, and another text would run every step again. */
function textOf(file: string): string {
  return readFileSync(join(__dirname, file), "utf8").replaceAll("\r\n", "\n");
}
