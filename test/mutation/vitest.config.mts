import { defineConfig } from "vitest/config";

/**
 * The tests that mutants are tried on: those that take less than a few seconds each. What draws random configurations, starts
 * engines or compares whole programs is left out, or a surviving mutant would cost minutes.
 */
export default defineConfig({
  test: {
    isolate: false,
    update: "none",
    setupFiles: ["test/support/quiet.ts", "test/mutation/childProcesses.ts"],
    testTimeout: 60_000,
    include: [
      "test/topology/**/*.test.ts",
      "test/components/**/*.test.ts",
      "test/simulator/**/*.test.ts",
      "test/golden/**/*.test.ts",
      "test/guest/scripts.test.ts",
      "test/docs.test.ts",
      "test/cli/**/*.test.ts",
    ],
    exclude: [
      "test/cli/{terminal/shapes,pulumi/twin}.test.ts",
      "test/topology/properties.test.ts",
      "test/simulator/{changes,rehearsal,pluginProcess}.test.ts",
    ],
    env: { LAB_RANDOM_PAIRS: "1" },
  },
});
