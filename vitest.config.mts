import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Tests share no state but module caches; loading the Pulumi SDK once for each worker instead of each file halves the run.
    isolate: false,
    // Vitest leaves a core free, which on two cores is half of them. Each worker may take 1 GiB.
    maxWorkers: Math.min(availableParallelism(), 4),
    // A run of the program leaves 60 MiB of short-lived promises: collecting them in small portions takes a third of its time.
    execArgv: ["--min-semi-space-size=256", "--max-semi-space-size=256"],
    // Goldens are written by `npm run golden` only, never by a run that finds them missing.
    update: "none",
    setupFiles: ["test/support/quiet.ts"],
    globalSetup: ["test/support/guest/maxdop.ts"],
    include: ["test/**/*.test.ts"],
    // They take minutes, and programs of others: `npm run test:engine`, `npm run test:azure`.
    exclude: ["test/engine/**", "test/azure/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
