/*
 * Patterns of Azure's resource ids, whose case does not count. Without flags, since a JSON Schema has none.
 */

/** A pattern for a text in upper or lower case. */
export function anyCase(text: string): string {
  return text
    .replaceAll(".", "\\.")
    .replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}

/** A pattern for the first part of the id of a resource of a provider. */
export function inResourceGroup(provider: string): string {
  return `${anyCase("/subscriptions/")}[\\w-]+${anyCase("/resourceGroups/")}[\\w.()-]*[\\w()-]${anyCase(`/providers/${provider}`)}`;
}
