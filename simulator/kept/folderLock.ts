import { closeSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Milliseconds for which a process waits for another one that works on the same folder. */
const longestWait = 60_000;

/** Milliseconds after which a lock without a number is one of a process that was killed before it wrote it; a busy machine may take many. */
const longestUnnamed = 2_000;

/** Whether a process runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Makes the file with this process's number, where there is none. */
function taken(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

/** The process that holds a lock; `killed` where it does not run any more, `unnamed` where it has not said which it is. */
type Holder = number | "killed" | "unnamed" | "nobody";

function holderOf(path: string): Holder {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return pid > 0 ? (isAlive(pid) ? pid : "killed") : "unnamed";
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return "nobody";
  }
}

/** The process whose number a file has; nothing where it does not run, or the file is gone or still empty. */
export function ownerOf(path: string): number | undefined {
  const holder = holderOf(path);
  return typeof holder === "number" ? holder : undefined;
}

/**
 * Takes the place of a process that was killed. Whoever wants to says so first, in a file of its own, and leaves it to another try where
 * somebody else does too: the lock of one that was killed is then changed by one process only, and is never free in between.
 */
function takenOver(path: string, from: Holder): boolean {
  const [folder, claims] = [dirname(path), `${basename(path)}.`];
  const own = `${path}.${process.pid}`;
  taken(own);
  const isAlone = readdirSync(folder)
    .filter((name) => name.startsWith(claims) && join(folder, name) !== own)
    .every((name) => {
      if (isAlive(Number(name.slice(claims.length)))) return false;
      rmSync(join(folder, name), { force: true });
      return true;
    });
  if (isAlone && holderOf(path) === from) {
    renameSync(own, path);
    return true;
  }
  rmSync(own, { force: true });
  return false;
}

/**
 * Does something while no other process does. One that was killed meanwhile holds nobody up; whoever comes next is told, since what it did
 * may be done by half.
 */
export function locked<T>(path: string, work: (wasKilled: boolean) => T): T {
  const start = Date.now();
  const nap = new Int32Array(new SharedArrayBuffer(4));
  let named = start;
  let wasKilled = false;
  while (!wasKilled && !taken(path)) {
    const holder = holderOf(path);
    const now = Date.now();
    if (holder !== "unnamed") named = now;
    if (now - start > longestWait)
      throw new Error(
        typeof holder === "number"
          ? `process ${holder} has held ${path} for a minute: end it, and try again`
          : `another process has been waiting for ${path} for a minute: end it, and try again`,
      );
    if (holder === "killed" || now - named > longestUnnamed) wasKilled = takenOver(path, holder);
    // A millisecond, more or less: of two that step back from each other one is back earlier.
    if (!wasKilled) Atomics.wait(nap, 0, 0, 2 * Math.random());
  }
  try {
    return work(wasKilled);
  } finally {
    rmSync(path, { force: true });
  }
}
