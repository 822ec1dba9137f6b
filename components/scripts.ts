import { readFileSync } from "node:fs";
import { join } from "node:path";

const guestFolder = join(__dirname, "..", "guest");
const prologueLine = '. "$PSScriptRoot\\shared\\Prologue.ps1"';
const read = new Map<string, string>();

/**
 * The text of a guest script as one file: a machine gets nothing but this text, so the line that loads the shared prologue is replaced
 * by the prologue itself.
 */
export function scriptText(script: string): string {
  const known = read.get(script);
  if (known !== undefined) return known;
  const own = readFileSync(join(guestFolder, script), "utf8");
  if (!own.includes(prologueLine))
    throw new Error(`Cannot use guest script "${script}": it does not load the prologue`);
  const prologue = readFileSync(join(guestFolder, "shared", "Prologue.ps1"), "utf8");
  const text = own.replace(prologueLine, () => prologue.trimEnd());
  read.set(script, text);
  return text;
}
