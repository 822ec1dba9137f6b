import { defineConfig } from "vitest/config";

/** `npm run test:engine`: everything that needs the real Pulumi engine, minutes of it. `npm test` holds the short part. */
export default defineConfig({
  test: {
    include: ["test/engine/**/*.test.ts"],
    globalSetup: ["test/support/engineNotice.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    update: "none",
  },
});
