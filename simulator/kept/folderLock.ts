import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";

/** Milliseconds for which a process waits for another one that works on the same folder. */
const longestWait = 60_000;

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

/** The process whose number a file has; nothing where it does not run, or the file is gone or still empty. */
export function ownerOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return pid > 0 && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Does something while no other process does. One that was killed meanwhile holds nobody up; whoever finds that out is told, since what it
 * did may be done by half.
 */
export function locked<T>(path: string, work: (wasKilled: boolean) => T): T {
  const deadline = Date.now() + longestWait;
  const nap = new Int32Array(new SharedArrayBuffer(4));
  let wasKilled = false;
  for (let empty = 0; !taken(path); ) {
    // A file without a number is one whose owner is about to write it, or was killed before it could.
    empty = ownerOf(path) === undefined ? empty + 1 : 0;
    if (empty > 20) {
      rmSync(path, { force: true });
      wasKilled = true;
      empty = 0;
    } else if (Date.now() > deadline)
      throw new Error(`process ${ownerOf(path)} has held ${path} for a minute: end it, and try again`);
    else Atomics.wait(nap, 0, 0, 1);
  }
  try {
    return work(wasKilled);
  } finally {
    rmSync(path, { force: true });
  }
}
