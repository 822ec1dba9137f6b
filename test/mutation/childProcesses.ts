import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach } from "vitest";

/** What Stryker's code keeps in each process (its `InstrumenterContext`). */
interface Stryker {
  activeMutant?: string;
  currentTestId?: string;
  mutantCoverage?: { readonly static: Counts; readonly perTest: Record<string, Counts> };
}

/** How often each mutant was met. */
type Counts = Record<string, number>;

const folder = mkdtempSync(join(tmpdir(), "lab-mutants-"));
const nodeOptions = process.env.NODE_OPTIONS ?? "";

/**
 * Tests of the command line start processes, of which Stryker knows nothing: here they are told which mutant lives, by the variable
 * that its code reads, and the mutants that they met count as met by the test. But for those that this process meets as it loads a file:
 * they stand for all tests, and are left out.
 */
beforeEach(() => {
  const { activeMutant } = stryker();
  process.env.LAB_MUTANTS_MET = folder;
  process.env.NODE_OPTIONS = `${nodeOptions} --require ${JSON.stringify(join(__dirname, "mutantsMet.cjs"))}`;
  if (activeMutant === undefined) delete process.env.__STRYKER_ACTIVE_MUTANT__;
  else process.env.__STRYKER_ACTIVE_MUTANT__ = activeMutant;
});

afterEach(() => {
  const own = stryker();
  const met = readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    const mutants = JSON.parse(readFileSync(file, "utf8")) as string[];
    rmSync(file);
    return mutants;
  });
  if (own.currentTestId === undefined) return;
  own.mutantCoverage ??= { static: {}, perTest: {} };
  own.mutantCoverage.perTest[own.currentTestId] ??= {};
  const mine = own.mutantCoverage.perTest[own.currentTestId] as Counts;
  for (const mutant of met) if (own.mutantCoverage.static[mutant] === undefined) mine[mutant] = 1;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function stryker(): Stryker {
  const all = globalThis as { __stryker__?: Stryker };
  all.__stryker__ ??= {};
  return all.__stryker__;
}
