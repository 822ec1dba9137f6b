import type { Inputs } from "./inputs";

/** How Pulumi marks a secret in transit: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

export interface Separated {
  /** The inputs with "[secret]" in the place of every secret. */
  readonly shown: Inputs;
  /** The inputs with the secrets in clear: for the simulated Azure only, never to be kept. */
  readonly plain: Inputs;
  /** Property paths of the secrets. */
  readonly secrets: readonly string[];
}

/** Takes the secrets out of the inputs of a resource. */
export function withoutSecrets(inputs: Inputs): Separated {
  const secrets: string[] = [];
  const hide = (value: unknown, path: string): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (isSecret(value)) {
      leaves(value.value, path, secrets);
      return hidden(value.value);
    }
    if (Array.isArray(value)) return value.map((item, index) => hide(item, `${path}[${index}]`));
    return mapped(value, (inner, key) => hide(inner, path === "" ? key : `${path}.${key}`));
  };
  const shown = hide(inputs, "") as Inputs;
  return { shown, plain: secrets.length === 0 ? inputs : (reveal(inputs) as Inputs), secrets };
}

function isSecret(value: object): value is { value: unknown } {
  return Reflect.get(value, signature) === secretMark;
}

/** A whole object may be secret: its shape is told, its values are not. */
function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidden);
  if (typeof value === "object" && value !== null) return mapped(value, hidden);
  return "[secret]";
}

function leaves(value: unknown, path: string, found: string[]): void {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) leaves(item, `${path}[${index}]`, found);
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) leaves(inner, `${path}.${key}`, found);
  else found.push(path);
}

function reveal(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isSecret(value)) return reveal(value.value);
  return Array.isArray(value) ? value.map(reveal) : mapped(value, reveal);
}

function mapped(value: object, change: (inner: unknown, key: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner, key)]));
}
