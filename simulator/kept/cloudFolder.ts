import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Cloud, type CloudState, createCloud } from "../arm/cloud";
import type { StoredResource } from "../arm/resource";

/** A simulated Azure between two commands: one file for each resource, so that a process killed at any moment loses nothing. */
export class CloudFolder {
  readonly state: CloudState = { resources: {} };
  /** What the files hold. */
  private readonly kept = new Map<string, StoredResource>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder).filter((one) => one.endsWith(".json"))) {
      const resource = JSON.parse(readFileSync(join(folder, name), "utf8")) as StoredResource;
      this.state.resources[resource.id.toLowerCase()] = resource;
      this.kept.set(resource.id.toLowerCase(), resource);
    }
  }

  /** Writes what has changed, each resource all or nothing, and removes what is gone. */
  save(): void {
    for (const [key, resource] of Object.entries(this.state.resources)) {
      if (this.kept.get(key) === resource) continue;
      const path = this.pathOf(key);
      writeFileSync(`${path}.part`, JSON.stringify(resource));
      renameSync(`${path}.part`, path);
      this.kept.set(key, resource);
    }
    for (const key of this.kept.keys()) {
      if (this.state.resources[key] !== undefined) continue;
      if (existsSync(this.pathOf(key))) rmSync(this.pathOf(key));
      this.kept.delete(key);
    }
  }

  private pathOf(key: string): string {
    return join(this.folder, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`);
  }
}

/** Does something to the simulated Azure in a folder while no plugin works on it. */
export function changeCloud(path: string, change: (cloud: Cloud) => void): void {
  const folder = new CloudFolder(path);
  change(createCloud({ state: folder.state }));
  folder.save();
}
