import { z } from "zod";
import { closest } from "./closest";
import { allowed, configJsonSchema, nodeAt, type SchemaNode, schemaPaths } from "./keys";
import type { Problem } from "./problem";
import { isRecord } from "./raw";
import { type Config, configSchema } from "./schema";
import { unsupportedWish } from "./unsupported";

export interface Parsed {
  /**
   * The configuration, complete. Where a value was wrong its default stands in, so that rules can still speak about the rest; with any
   * problem it must not be deployed.
   */
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** Regions that stand in for missing or malformed ones while the rest of a configuration is looked at. */
export const standInRegions = { primary: "northeurope", secondary: "swedencentral" } as const;

/**
 * Reads the configuration of a stack: the keys below the project's namespace, as YAML or JSON gave them.
 * The password is no part of it. Never throws for what a user wrote.
 */
export function parseConfig(raw: unknown): Parsed {
  const prototypes = prototypeKeys(raw, []);
  const first = configSchema.safeParse(raw);
  if (first.success) return { config: first.data, problems: prototypes };
  const schema = configJsonSchema();
  const paths = schemaPaths(schema).map(([path]) => path);
  const issues = first.error.issues;
  const problems = firstOfEachPath([
    ...prototypes,
    ...issues.flatMap((issue) => problemsOf(issue, raw, schema, paths)),
  ]);
  const repaired = structuredClone(isRecord(raw) ? raw : {});
  for (const issue of issues) remove(repaired, issue);
  for (const id of ["primary", "secondary"] as const) fillRegion(repaired, id);
  return { config: salvage(repaired), problems };
}

/** Keys that would set a prototype, which zod passes over in silence. */
function prototypeKeys(value: unknown, path: readonly string[]): Problem[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === "__proto__"
      ? [
          {
            rule: "knownKey",
            severity: "error",
            path: [...path, key].join("."),
            message: "There is no such key.",
            fix: "Remove it.",
          } as const,
        ]
      : prototypeKeys(one, [...path, key]),
  );
}

/** Parses what is left. An optional group that lost a key without default goes as a whole. */
function salvage(repaired: Record<string, unknown>): Config {
  const parsed = configSchema.safeParse(repaired);
  if (parsed.success) return parsed.data;
  for (const { path } of parsed.error.issues) removeAt(repaired, path.slice(0, -1));
  return salvage(repaired);
}

/** A value that breaks several limits is still one problem. */
function firstOfEachPath(problems: readonly Problem[]): Problem[] {
  return [...new Map([...problems].reverse().map((problem) => [problem.path, problem])).values()].reverse();
}

function problemsOf(
  issue: z.core.$ZodIssue,
  raw: unknown,
  schema: SchemaNode,
  paths: readonly string[],
): Problem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey([...issue.path, key], raw, schema, paths));
  const node = nodeAt(schema, issue.path);
  const path = z.core.toDotPath(issue.path);
  const value = valueAt(raw, issue.path);
  const fix = `${fixFor(node, value)}${isQuoted(issue, value) ? " Write it without quotes." : ""}`;
  if (value === undefined)
    return [{ rule: "requiredKey", severity: "error", path, message: "It is not set.", fix }];
  if (value === null || value === "")
    return [
      {
        rule: "allowedValue",
        severity: "error",
        path,
        message: "It is empty.",
        fix: path.startsWith("dataCenters") ? fix : `${fix} Or leave the key out.`,
      },
    ];
  return [{ rule: "allowedValue", severity: "error", path, value, message: "It is not a valid value.", fix }];
}

/** Whether a number or a truth value stands there as text. */
function isQuoted(issue: z.core.$ZodIssue, value: unknown): boolean {
  if (issue.code !== "invalid_type" || typeof value !== "string") return false;
  return issue.expected === "boolean" ? /^(true|false)$/.test(value) : /^-?[0-9]+$/.test(value);
}

function fixFor(node: SchemaNode, value: unknown): string {
  const names = (node.enum ?? node.anyOf?.flatMap((one) => one.enum ?? []) ?? []).map(String);
  const near = typeof value === "string" ? closest(value, names) : undefined;
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  return `Allowed: ${allowed(node)}.${hint}`;
}

function unknownKey(
  keyPath: readonly PropertyKey[],
  raw: unknown,
  schema: SchemaNode,
  paths: readonly string[],
): Problem {
  const key = String(keyPath.at(-1));
  const value = valueAt(raw, keyPath);
  const path = z.core.toDotPath(keyPath);
  const at = { severity: "error", path, ...(isShowable(value) ? { value } : {}) } as const;
  if (key.includes(".") && paths.includes(key)) return dottedKey(key, at);
  const siblings = Object.keys(nodeAt(schema, keyPath.slice(0, -1)).properties ?? {});
  const sibling = closest(key, siblings);
  // The closest key is suggested even if its value has the wrong shape.
  const wish = sibling === undefined ? unsupportedWish(key, value) : undefined;
  if (wish !== undefined) return { rule: "supportedProduct", ...at, message: wish.message, fix: wish.fix };
  // A name that several groups have says nothing about which one was meant.
  const elsewhere = paths.filter((known) => known === key || known.endsWith(`.${key}`));
  const near = sibling ?? (elsewhere.length === 1 ? elsewhere[0] : undefined);
  const hint = near === undefined ? `Known keys here: ${siblings.join(", ")}.` : `Did you mean ${near}?`;
  return {
    rule: "knownKey",
    ...at,
    message: "There is no such key.",
    fix: `Remove it or correct it. ${hint}`,
  };
}

/** A path where a key belongs, as `pulumi config set` without `--path` writes it. */
function dottedKey(key: string, at: Pick<Problem, "severity" | "path" | "value">): Problem {
  return {
    rule: "knownKey",
    ...at,
    message: "It is a path, and Pulumi takes it for one key.",
    fix: `Write it as a map, or with pulumi config set --path ${key} <value>.`,
  };
}

/** Whether the value of an unknown key may be printed: any text may be a secret under a misspelt key. */
function isShowable(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

/** Takes what an issue is about out of the configuration, so that its default applies. */
function remove(config: Record<string, unknown>, issue: z.core.$ZodIssue): void {
  const paths =
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  for (const path of paths) removeAt(config, path);
}

/** Takes one value out; of a list the whole list. */
function removeAt(config: Record<string, unknown>, path: readonly PropertyKey[]): void {
  const listAt = path.findIndex((key) => typeof key === "number");
  const upTo = listAt < 0 ? path : path.slice(0, listAt);
  const parent = valueAt(config, upTo.slice(0, -1));
  if (isRecord(parent)) delete parent[String(upTo.at(-1))];
}

function fillRegion(config: Record<string, unknown>, id: "primary" | "secondary"): void {
  const dataCenters = isRecord(config.dataCenters) ? config.dataCenters : {};
  const dataCenter = isRecord(dataCenters[id]) ? dataCenters[id] : {};
  config.dataCenters = { ...dataCenters, [id]: { region: standInRegions[id], ...dataCenter } };
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    raw,
  );
}
