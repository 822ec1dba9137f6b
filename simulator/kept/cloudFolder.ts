import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Cloud, type CloudState, createCloud } from "../arm/cloud";
import type { StoredResource } from "../arm/resource";
import { locked } from "./folderLock";

/** What a change does to files: their new content by their names, and those that go. */
interface Journal {
  readonly written: Readonly<Record<string, StoredResource>>;
  readonly removed: readonly string[];
}

/**
 * A simulated Azure in a folder that several processes work on at once: one file for each resource, a list of the files that were changed,
 * by which each process sees what the others did, and a journal of what a change is about to do to several of them, by which whoever comes
 * after a process that was killed meanwhile brings that change to its end.
 */
export class CloudFolder {
  readonly state: CloudState = { resources: {} };
  /** What the files hold. */
  private readonly kept = new Map<string, StoredResource>();
  /** The key of each resource that was met, by the name of its file. */
  private readonly keys = new Map<string, string>();
  /** How much of the list of changes is known, and of which: somebody may have thrown the folder away and begun another one. */
  private known = { size: 0, made: "" };

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    // Somebody works on it, or was killed when he did.
    if (existsSync(this.journal)) this.change(() => undefined);
    this.readAll();
  }

  /**
   * Changes the cloud while no other process does, and keeps what was changed, also where the change ends with an error. Everything is kept
   * once this returns.
   */
  change<T>(work: () => T): T {
    return locked(join(this.folder, "lock"), (wasKilled) => {
      if (existsSync(this.journal)) this.carryOut(JSON.parse(readFileSync(this.journal, "utf8")));
      if (wasKilled) this.tellOthers(["*"]);
      this.refresh();
      try {
        return work();
      } finally {
        this.save();
      }
    });
  }

  /** Sees what other processes changed. */
  refresh(): void {
    const [before, now] = [this.known, this.listNow()];
    if (now.size === before.size && now.made === before.made) return;
    const goesOn = now.made === before.made && now.size > before.size;
    const names = goesOn ? this.listFrom(before.size) : ["*"];
    this.known = now;
    if (names.includes("*")) this.readAll();
    else for (const name of new Set(names)) this.read(name);
  }

  /** Writes what has changed and removes what is gone, all or nothing. */
  private save(): void {
    const written = Object.entries(this.state.resources).filter(
      ([key, resource]) => this.kept.get(key) !== resource,
    );
    const removed = [...this.kept.keys()].filter((key) => this.state.resources[key] === undefined);
    const journal: Journal = {
      written: Object.fromEntries(written.map(([key, resource]) => [this.fileOf(key), resource])),
      removed: removed.map((key) => this.fileOf(key)),
    };
    // A single file is there or not by itself.
    if (written.length + removed.length > 1) this.write(this.journal, journal);
    this.carryOut(journal);
    for (const [key, resource] of written) this.kept.set(key, resource);
    for (const key of removed) this.kept.delete(key);
    this.tellOthers([...Object.keys(journal.written), ...journal.removed]);
    this.known = this.listNow();
  }

  private carryOut({ written, removed }: Journal): void {
    for (const [name, resource] of Object.entries(written)) this.write(join(this.folder, name), resource);
    for (const name of removed) rmSync(join(this.folder, name), { force: true });
    rmSync(this.journal, { force: true });
  }

  /** All of a file, or nothing. */
  private write(path: string, content: object): void {
    writeFileSync(`${path}.part`, JSON.stringify(content));
    renameSync(`${path}.part`, path);
  }

  private readAll(): void {
    this.known = this.listNow();
    this.state.resources = {};
    this.kept.clear();
    for (const name of readdirSync(this.folder).filter((one) => one.endsWith(".json"))) this.read(name);
    // Names of files say nothing: whoever lists resources gets them by their ids.
    const inOrder = Object.entries(this.state.resources).sort(([one], [other]) => (one < other ? -1 : 1));
    this.state.resources = Object.fromEntries(inOrder);
  }

  /** Takes over what a file holds now. */
  private read(name: string): void {
    const path = join(this.folder, name);
    if (existsSync(path)) {
      const resource = JSON.parse(readFileSync(path, "utf8")) as StoredResource;
      const key = resource.id.toLowerCase();
      this.state.resources[key] = resource;
      this.kept.set(key, resource);
      this.keys.set(name, key);
      return;
    }
    const key = this.keys.get(name);
    if (key === undefined) return;
    delete this.state.resources[key];
    this.kept.delete(key);
  }

  /** The file of a resource, by its id in lower case. */
  private fileOf(key: string): string {
    const name = `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`;
    this.keys.set(name, key);
    return name;
  }

  private get journal(): string {
    return join(this.folder, "journal");
  }

  private get list(): string {
    return join(this.folder, "changed");
  }

  private listNow(): CloudFolder["known"] {
    const found = statSync(this.list, { throwIfNoEntry: false });
    return { size: found?.size ?? 0, made: `${found?.ino} ${found?.birthtimeMs}` };
  }

  private listFrom(start: number): readonly string[] {
    return readFileSync(this.list).subarray(start).toString().split("\n").filter(Boolean);
  }

  private tellOthers(names: readonly string[]): void {
    if (names.length === 0) return;
    appendFileSync(this.list, names.map((name) => `${name}\n`).join(""));
  }
}

/** Does something to the simulated Azure in a folder, whoever else works on it. */
export function changeCloud(path: string, change: (cloud: Cloud) => void): void {
  const folder = new CloudFolder(path);
  folder.change(() => change(createCloud({ state: folder.state })));
}
