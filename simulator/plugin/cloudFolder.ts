import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CloudState, StoredResource } from "../cloud";

/** A simulated Azure between two commands: one file for each resource, so that a process killed at any moment loses nothing. */
export class CloudFolder {
  readonly state: CloudState = { resources: {} };
  private readonly kept = new Set<string>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder).filter((one) => one.endsWith(".json"))) {
      const resource = JSON.parse(readFileSync(join(folder, name), "utf8")) as StoredResource;
      this.state.resources[resource.id.toLowerCase()] = resource;
      this.kept.add(resource.id.toLowerCase());
    }
  }

  /** Writes one resource, all or nothing. */
  keep(id: string): void {
    const key = id.toLowerCase();
    const path = this.pathOf(key);
    writeFileSync(`${path}.part`, JSON.stringify(this.state.resources[key]));
    renameSync(`${path}.part`, path);
    this.kept.add(key);
  }

  /** Removes the files of whatever is gone. */
  forget(): void {
    for (const key of this.kept)
      if (this.state.resources[key] === undefined) {
        if (existsSync(this.pathOf(key))) rmSync(this.pathOf(key));
        this.kept.delete(key);
      }
  }

  private pathOf(key: string): string {
    return join(this.folder, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`);
  }
}
