import { closest } from "../../topology/config/closest";
import { configJsonSchema } from "../../topology/config/keys";
import { standInRegions } from "../../topology/config/parse";
import { passwordKey } from "../../topology/config/password";
import type { Problem } from "../../topology/config/problem";
import { fromText, isRecord } from "../../topology/config/raw";

/** Name of the project, which is the namespace of its keys. */
export const project = "persistent-chat-lab";

/** Keys that Pulumi itself keeps in a stack's file. */
const pulumiKeys = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

export interface StackContent {
  /** Configuration as Pulumi would hand it over, without the project's namespace, the password and what is encrypted. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** How the password is kept; "empty" is a key without a value. */
  readonly password: "secret" | "plain" | "missing" | "empty";
  /** The password, where somebody wrote it in plain text. */
  readonly plainPassword?: string;
  readonly problems: readonly Problem[];
}

const [primary, secondary] = [{ region: standInRegions.primary }, { region: standInRegions.secondary }];

/** What stands in for an encrypted value that has no default, so that the rest can be looked at. */
const standIns: Readonly<Record<string, unknown>> = {
  dataCenters: { primary, secondary },
  "dataCenters.primary": primary,
  "dataCenters.secondary": secondary,
  "dataCenters.primary.region": primary.region,
  "dataCenters.secondary.region": secondary.region,
};

/** The configuration in a stack file's content, as Pulumi takes it from there. */
export function stackContent(content: Readonly<Record<string, unknown>>): StackContent {
  const problems = Object.keys(content)
    .filter((key) => !pulumiKeys.includes(key))
    .map((key): Problem => {
      const near = closest(key, pulumiKeys);
      const hint = near === undefined ? `Known keys: ${pulumiKeys.join(", ")}.` : `Did you mean ${near}?`;
      return strange(key, "Pulumi knows no such key in a stack's file.", `Remove it or correct it. ${hint}`);
    });
  if ("environment" in content) problems.push(environment);
  const entries: (readonly [string, unknown])[] = [];
  for (const [key, value] of Object.entries((content.config ?? {}) as Readonly<Record<string, unknown>>)) {
    // Pulumi puts keys without a namespace into the project's.
    const [namespace = "", ...rest] = key.includes(":") ? key.split(":") : [project, key];
    const name = rest.join(":");
    if (namespace === project && name !== "") entries.push([name, pulumiValue(value)]);
    else if (namespace === project) problems.push(strange(key, "It names no key.", "Remove it."));
    else if (key === "azure-native:location") problems.push(location);
    else if (closest(namespace, [project]) !== undefined) problems.push(misspelt(key, name));
  }
  const isPassword = ([key]: readonly [string, unknown]) => key === passwordKey;
  const others = entries.filter((entry) => !isPassword(entry));
  const asText = others.find(([key, value]) => key === "dataCenters" && typeof value === "string");
  // Pulumi.yaml says what type it has, and Pulumi holds it to that before any program runs.
  if (asText !== undefined)
    problems.push({
      rule: "allowedValue",
      severity: "error",
      path: "dataCenters",
      message: "It is text, and Pulumi takes nothing but a map.",
      fix: "Write it as a map, or with pulumi config set --path dataCenters.primary.region northeurope.",
    });
  const kept = others.filter((entry) => entry !== asText);
  const encrypted: string[] = [];
  const raw = Object.fromEntries(
    kept.flatMap(([key, value]) => {
      const shown = decrypted(value, key, encrypted);
      return shown === undefined ? [] : [[key, typeof shown === "string" ? fromText(shown) : shown] as const];
    }),
  );
  if (asText !== undefined) raw.dataCenters = standIns.dataCenters;
  return {
    raw,
    ...passwordIn(entries.find(isPassword)?.[1]),
    problems: [...problems, ...encrypted.map(unread)],
  };
}

const environment: Problem = {
  rule: "seenValue",
  severity: "warning",
  path: "environment",
  message: "What an environment of Pulumi ESC adds or changes is not seen here.",
  fix: "Keep the keys of the lab in this file to have them checked; credentials may well come from there.",
};

const location: Problem = {
  rule: "usedKey",
  severity: "warning",
  path: "azure-native:location",
  message: "The lab gives each resource its place, so this changes nothing.",
  fix: "Leave it out: dataCenters.<id>.region says where a data center stands.",
};

function passwordIn(value: unknown): Pick<StackContent, "password" | "plainPassword"> {
  if (value === undefined) return { password: "missing" };
  if (value === "") return { password: "empty" };
  return isSecure(value) ? { password: "secret" } : { password: "plain", plainPassword: String(value) };
}

/** A value of the first level as Pulumi keeps it: text, unless it is a map or a list. */
function pulumiValue(value: unknown): unknown {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? value : String(value);
}

/** A value without what is encrypted in it; undefined where all of it is. */
function decrypted(value: unknown, path: string, encrypted: string[]): unknown {
  if (isSecure(value)) {
    encrypted.push(path);
    return standIns[path];
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) => decrypted(item, `${path}[${index}]`, encrypted));
    // Without one of its items a list means something else.
    return items.includes(undefined) ? undefined : items;
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const shown = decrypted(one, `${path}.${key}`, encrypted);
      return shown === undefined ? [] : [[key, shown] as const];
    }),
  );
}

/** An encrypted value as Pulumi writes it. */
function isSecure(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 1 && typeof value.secure === "string";
}

function unread(path: string): Problem {
  return {
    rule: "encryptedValue",
    severity: "warning",
    path,
    message: "It is encrypted: not checked, and its default stands in for it here.",
    fix: "Only adminPassword is secret. Keep it in plain text to have it checked.",
  };
}

function misspelt(key: string, name: string): Problem {
  const near = closest(name, Object.keys(configJsonSchema().properties ?? {}));
  const hint =
    near === undefined ? `The namespace of this project is ${project}.` : `Did you mean ${project}:${near}?`;
  return strange(key, "Pulumi hands it to no program here.", `Remove it or correct it. ${hint}`);
}

function strange(path: string, message: string, fix: string): Problem {
  return { rule: "knownKey", severity: "error", path: path === "" ? '""' : path, message, fix };
}
