import type { Inputs } from "../arm/inputs";

/** How Pulumi marks a secret in transit: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
export const signature = "4dabf18193072939515e22adb298388d";
export const secretMark = "1b47061264138c4ac30d75fd1eb44270";

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
  const shown = withSecrets(inputs, (_, path) => {
    secrets.push(path);
    return "[secret]";
  });
  return { shown, plain: secrets.length === 0 ? inputs : withSecrets(inputs, (secret) => secret), secrets };
}

/** The inputs with something else in the place of every secret. Of a whole object that is secret, each value is one. */
export function withSecrets(inputs: Inputs, change: (secret: unknown, path: string) => unknown): Inputs {
  const walk = (value: unknown, path: string, secret: boolean): unknown => {
    if (typeof value !== "object" || value === null) return secret ? change(value, path) : value;
    if (isSecret(value)) return walk(value.value, path, true);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${path}[${index}]`, secret));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        walk(inner, path === "" ? key : `${path}.${key}`, secret),
      ]),
    );
  };
  return walk(inputs, "", false) as Inputs;
}

function isSecret(value: object): value is { value: unknown } {
  return Reflect.get(value, signature) === secretMark;
}
