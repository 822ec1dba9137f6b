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
