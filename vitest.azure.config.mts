import { defineConfig } from "vitest/config";

/** `npm run test:azure`: what clients of Microsoft's make of the simulated Azure. */
export default defineConfig({
  test: {
    include: ["test/azure/**/*.test.ts"],
    globalSetup: ["test/support/azure/azureNotice.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    update: "none",
  },
});
