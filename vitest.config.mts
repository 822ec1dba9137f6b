import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Each project is a folder of tests; `npx vitest run --project pure` runs one. */
const project = (name: string, include: string[], more: object = {}) => ({
  test: { name, include, setupFiles: ["test/support/quiet.ts"], ...more },
});

export default defineConfig({
  test: {
    // Tests share no state but module caches; loading the Pulumi SDK once for each worker instead of each file halves the run.
    isolate: false,
    // Vitest leaves a core free, which on two cores is half of them.
    maxWorkers: availableParallelism(),
    // Goldens are written by `npm run golden` only, never by a run that finds them missing.
    update: "none",
    projects: [
      project(
        "pure",
        [
          "test/*.test.ts",
          "test/topology/**/*.test.ts",
          "test/guest/**/*.test.ts",
          "test/workflows/**/*.test.ts",
          "test/policy/**/*.test.ts",
        ],
        {
          globalSetup: ["test/support/maxdop.ts"],
          testTimeout: 30_000,
        },
      ),
      project("components", ["test/components/**/*.test.ts"], { testTimeout: 30_000 }),
      project("simulator", ["test/simulator/**/*.test.ts"], { testTimeout: 30_000 }),
      project("golden", ["test/golden/**/*.test.ts"], { testTimeout: 60_000 }),
      project("cli", ["test/cli/**/*.test.ts"], { testTimeout: 60_000 }),
      project("engine", ["test/engine/engine.test.ts"], {
        testTimeout: 180_000,
        hookTimeout: 60_000,
        globalSetup: ["test/support/engineNotice.ts"],
      }),
      project("program", ["test/program/**/*.test.ts"], { testTimeout: 120_000 }),
    ],
  },
});
