import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { scriptText } from "../../guest/scriptText";
import { scripts } from "../../topology/steps/scripts";

const root = join(__dirname, "..", "..");

describe("scriptText()", () => {
  it("puts the shared prologue in the place of the line that loads it", () => {
    const text = scriptText("Initialize-DataDisks.ps1");
    expect(text).toContain("Set-StrictMode");
    expect(text).not.toContain("Prologue.ps1");
  });

  it("is the same from a checkout with the line ends of Windows", async () => {
    const checkout = mkdtempSync(join(tmpdir(), "lab-"));
    onTestFinished(() => rmSync(checkout, { recursive: true }));
    cpSync(join(root, "guest"), join(checkout, "guest"), { recursive: true });
    for (const folder of ["guest", "guest/shared"])
      for (const file of readdirSync(join(checkout, folder)).filter((name) => name.endsWith(".ps1"))) {
        const path = join(checkout, folder, file);
        writeFileSync(path, readFileSync(path, "utf8").replaceAll("\n", "\r\n"));
      }
    const there: { scriptText: typeof scriptText } = await import(join(checkout, "guest", "scriptText.ts"));
    for (const script of Object.keys(scripts)) expect(there.scriptText(script)).toBe(scriptText(script));
  });
});
