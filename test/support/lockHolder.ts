import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { locked } from "../../simulator/kept/folderLock";

/*
 * Holds the lock of a folder, so many times or until it is killed, and says of each time what it found: `free`, `killed` where it is told that whoever
 * held it before was, `twice` where somebody else is inside too. Run by folderLock.test.ts, several at once.
 */

const [folder = "", times = "Infinity"] = process.argv.slice(2);
const inside = join(folder, "inside");
const nap = new Int32Array(new SharedArrayBuffer(4));
for (let count = 0; count < Number(times); count++)
  locked(join(folder, "lock"), (wasKilled) => {
    // Whoever was killed inside is there no more.
    if (wasKilled) rmSync(inside, { recursive: true, force: true });
    try {
      mkdirSync(inside);
      process.send?.(wasKilled ? "killed" : "free");
      Atomics.wait(nap, 0, 0, 2 * Math.random());
    } catch {
      process.send?.("twice");
    }
    rmSync(inside, { recursive: true, force: true });
  });
