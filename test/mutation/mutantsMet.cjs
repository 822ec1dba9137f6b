const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

/** Leaves the mutants that a process met for the test that started it. */
process.on("exit", () => {
  const met = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {});
  writeFileSync(join(process.env.LAB_MUTANTS_MET, `${process.pid}.json`), JSON.stringify(met));
});
