import { createHash } from "node:crypto";
import type { Inputs } from "../inputs";
import { withoutSecrets, withSecrets } from "../secrets";

/** A change of one property, by its path. */
export interface Change {
  readonly path: string;
  readonly kind: "ADD" | "DELETE" | "UPDATE";
}

/** Every leaf in which two bodies differ; secrets are compared by their values. */
export function changesBetween(before: Inputs, after: Inputs): readonly Change[] {
  const changes: Change[] = [];
  const compare = (old: unknown, now: unknown, path: string): void => {
    if (old === undefined && now === undefined) return;
    if (old === undefined) changes.push({ path, kind: "ADD" });
    else if (now === undefined) changes.push({ path, kind: "DELETE" });
    else if (isObject(old) && isObject(now) && Array.isArray(old) === Array.isArray(now))
      for (const key of new Set([...Object.keys(old), ...Object.keys(now)]))
        compare(Reflect.get(old, key), Reflect.get(now, key), joined(path, key, Array.isArray(now)));
    else if (old !== now) changes.push({ path, kind: "UPDATE" });
  };
  compare(withoutSecrets(before).plain, withoutSecrets(after).plain, "");
  return changes;
}

/** Whether a change is to a property, or to something inside it. */
export function isWithin(path: string, property: string): boolean {
  return path === property || path.startsWith(`${property}.`) || path.startsWith(`${property}[`);
}

/**
 * The body as the simulated Azure keeps it: in the place of every secret stands something that is as strong, changes when the secret
 * changes and does not tell it, since the cloud is kept in files.
 */
export function withSurrogates(inputs: Inputs): Inputs {
  return withSecrets(
    inputs,
    (secret) => `Surrogate-1-${createHash("sha256").update(String(secret)).digest("hex")}`,
  );
}

function joined(path: string, key: string, isItem: boolean): string {
  if (isItem) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
