import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { project } from "../stack/stackContent";

/**
 * Whether a killed Pulumi left a stack locked, as far as one can see: in a backend of files, which `pulumi whoami` names. Pulumi Cloud frees a
 * stack by itself, and of others only the next `pulumi up` tells.
 */
export function isLocked(backend: string, stack: string, home = homedir()): boolean {
  const path = /^file:\/\/([^?]*)/.exec(backend)?.[1]?.replace(/^~/, home);
  if (path === undefined) return false;
  const folder = join(path, ".pulumi", "locks", "organization", project, stack);
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith(".json"));
}
