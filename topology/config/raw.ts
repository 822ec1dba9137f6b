import type { Problem } from "./problem";

/**
 * The configuration of a project as a user wrote it, from the flat form in which Pulumi hands it to programs: `project:key` -> text,
 * where anything but a string has become JSON.
 */
export function rawConfig(project: string, all: Readonly<Record<string, string>>): Record<string, unknown> {
  const prefix = `${project}:`;
  return Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => [key.slice(prefix.length), fromText(text)]),
  );
}

/** The way back: values as Pulumi keeps them, text for text and JSON for anything else. */
export function flatConfig(raw: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** A single value: JSON where it looks like it, else the text itself. */
export function fromText(text: string): unknown {
  if (!/^(?:[[{]|true$|false$)/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a value is a map, as YAML and JSON have them. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How the administrator's password is kept: encrypted, readable in the stack's file, or not at all. */
export type PasswordStorage = "secret" | "plain" | "missing";

/** What is wrong with the way the password is kept. Its text is checked with the other values. */
export function checkPasswordStorage(storage: PasswordStorage): readonly Problem[] {
  if (storage === "secret") return [];
  const missing = storage === "missing";
  return [
    {
      rule: missing ? "requiredKey" : "passwordIsSecret",
      severity: "error",
      path: "adminPassword",
      message: missing ? "It is not set." : "It is stored in plain text.",
      fix: "Run: pulumi config set --secret adminPassword",
    },
  ];
}
