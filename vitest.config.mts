import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Tests share no state but module caches; loading the Pulumi SDK once for each worker instead of each file halves the run.
    isolate: false,
    // Vitest leaves a core free, which on two cores is half of them.
    maxWorkers: availableParallelism(),
    execArgv: ["--max-semi-space-size=64"],
    // Goldens are written by `npm run golden` only, never by a run that finds them missing.
    update: "none",
    setupFiles: ["test/support/quiet.ts"],
    globalSetup: ["test/support/guest/maxdop.ts"],
    include: ["test/**/*.test.ts"],
    // They take minutes: `npm run test:engine`.
    exclude: ["test/engine/**"],
    testTimeout: 60_000,
  },
});
