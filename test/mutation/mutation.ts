import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import fc from "fast-check";

/**
 * Breaks the code in many small ways, one after another, and tells which breakages no test notices. All of it would take half a day, so a
 * random sample of passages is broken: `npm run mutation -- --seed 7` takes those of an earlier run, `--passages 10` fewer of them.
 */
const root = join(__dirname, "..", "..");
const rooms = ["topology", "components", "guest", "simulator", "cli"];
const linesOfAPassage = 8;
/** What runs in processes of the real engine only, which takes too long to try breakages on. */
const ofTheEngine = [
  "cli/pulumi/languageHost.ts",
  "cli/pulumi/twin.ts",
  "simulator/plugin/main.ts",
  "simulator/plugin/endWithParent.ts",
];

const { values } = parseArgs({
  options: { seed: { type: "string" }, passages: { type: "string", default: "48" } },
});
const seed = Number(values.seed ?? Date.now() % 100_000);
const passages = rooms
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true }).map((file) => join(room, String(file))),
  )
  .filter((file) => file.endsWith(".ts") && !ofTheEngine.includes(file))
  .sort()
  .flatMap((file) => {
    const lines = readFileSync(join(root, file), "utf8").split("\n").length;
    return Array.from({ length: Math.ceil(lines / linesOfAPassage) }, (_, index) => {
      const first = index * linesOfAPassage + 1;
      return `${file}:${first}-${first + linesOfAPassage - 1}`;
    });
  });
const [sample = []] = fc.sample(
  fc.shuffledSubarray(passages, { minLength: Number(values.passages), maxLength: Number(values.passages) }),
  { seed, numRuns: 1 },
);

console.log(`${sample.length} of ${passages.length} passages, drawn with --seed ${seed}.`);
const { status } = spawnSync(
  "npx",
  ["stryker", "run", "test/mutation/stryker.config.json", "--mutate", sample.join(",")],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
