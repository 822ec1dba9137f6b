import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach } from "vitest";

/** What Stryker's code keeps in each process (its `InstrumenterContext`). */
interface Stryker {
  activeMutant?: string;
  currentTestId?: string;
  mutantCoverage?: { perTest: Record<string, Record<string, number>> };
}

const folder = mkdtempSync(join(tmpdir(), "lab-mutants-"));
const nodeOptions = process.env.NODE_OPTIONS ?? "";

/**
 * Tests of the command line start processes, of which Stryker knows nothing: here they are told which mutant lives, by the variable
 * that its code reads, and the mutants that they met count as met by the test.
 */
beforeEach(() => {
  const { activeMutant } = stryker();
  process.env.LAB_MUTANTS_MET = folder;
  process.env.NODE_OPTIONS = `${nodeOptions} --require ${JSON.stringify(join(__dirname, "mutantsMet.cjs"))}`;
  if (activeMutant === undefined) delete process.env.__STRYKER_ACTIVE_MUTANT__;
  else process.env.__STRYKER_ACTIVE_MUTANT__ = activeMutant;
});

afterEach(() => {
  const { currentTestId, mutantCoverage } = stryker();
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const met = JSON.parse(readFileSync(file, "utf8")) as string[];
    rmSync(file);
    if (currentTestId === undefined || mutantCoverage === undefined) continue;
    mutantCoverage.perTest[currentTestId] ??= {};
    for (const mutant of met) mutantCoverage.perTest[currentTestId][mutant] = 1;
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function stryker(): Stryker {
  return (globalThis as { __stryker__?: Stryker }).__stryker__ ?? {};
}
