import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** `npm run test:engine`: everything that needs the real Pulumi engine, minutes of it. */
export default defineConfig({
  test: {
    include: ["test/engine/**/*.test.ts"],
    globalSetup: ["test/support/engine/engineNotice.ts"],
    // Two of them at a time use a core each: the engine, the program and the provider take turns.
    maxWorkers: availableParallelism(),
    // A change that is interrupted deploys four times, and a slow machine takes three times as long as a fast one.
    testTimeout: 420_000,
    hookTimeout: 420_000,
    update: "none",
  },
});
