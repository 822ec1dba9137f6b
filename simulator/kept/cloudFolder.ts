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

/**
 * A simulated Azure in a folder that several processes work on at once: one file for each resource, so that a process killed at any moment
 * loses nothing, and a list of the files that were changed, by which each process sees what the others did.
 */
export class CloudFolder {
  readonly state: CloudState = { resources: {} };
  /** What the files hold. */
  private readonly kept = new Map<string, StoredResource>();
  /** How much of the list of changes is known. */
  private known = 0;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.readAll();
  }

  /**
   * Changes the cloud while no other process does, and keeps what was changed, also where the change ends with an error. Everything is kept
   * once this returns.
   */
  change<T>(work: () => T): T {
    return locked(join(this.folder, "lock"), (wasKilled) => {
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
    const size = this.sizeOfList();
    if (size === this.known) return;
    const names = size < this.known ? ["*"] : this.listFrom(this.known);
    this.known = size;
    if (names.includes("*")) this.readAll();
    else for (const name of new Set(names)) this.read(name);
  }

  /** Writes what has changed, each resource all or nothing, and removes what is gone. */
  private save(): void {
    const changed: string[] = [];
    for (const [key, resource] of Object.entries(this.state.resources)) {
      if (this.kept.get(key) === resource) continue;
      const path = join(this.folder, fileOf(key));
      writeFileSync(`${path}.part`, JSON.stringify(resource));
      renameSync(`${path}.part`, path);
      this.kept.set(key, resource);
      changed.push(fileOf(key));
    }
    for (const key of [...this.kept.keys()]) {
      if (this.state.resources[key] !== undefined) continue;
      rmSync(join(this.folder, fileOf(key)), { force: true });
      this.kept.delete(key);
      changed.push(fileOf(key));
    }
    this.tellOthers(changed);
    this.known = this.sizeOfList();
  }

  private readAll(): void {
    this.known = this.sizeOfList();
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
      return;
    }
    for (const key of [...this.kept.keys()].filter((one) => fileOf(one) === name)) {
      delete this.state.resources[key];
      this.kept.delete(key);
    }
  }

  private get list(): string {
    return join(this.folder, "changed");
  }

  private sizeOfList(): number {
    return statSync(this.list, { throwIfNoEntry: false })?.size ?? 0;
  }

  private listFrom(start: number): readonly string[] {
    return readFileSync(this.list).subarray(start).toString().split("\n").filter(Boolean);
  }

  private tellOthers(names: readonly string[]): void {
    if (names.length === 0) return;
    appendFileSync(this.list, names.map((name) => `${name}\n`).join(""));
  }
}

/** The file of a resource, by its id in lower case. */
const fileOf = (key: string): string => `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`;

/** Does something to the simulated Azure in a folder, whoever else works on it. */
export function changeCloud(path: string, change: (cloud: Cloud) => void): void {
  const folder = new CloudFolder(path);
  folder.change(() => change(createCloud({ state: folder.state })));
}
