/** The body of a resource as the provider receives it. */
export type Inputs = Readonly<Record<string, unknown>>;

/** The value at a path such as `osProfile.computerName`; undefined where nothing is. */
export function at(inputs: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
      inputs,
    );
}

/** The body with another value at a path. */
export function withAt(inputs: Inputs, path: string, value: unknown): Inputs {
  const [first = "", ...deeper] = path.split(".");
  const inner = (inputs[first] ?? {}) as Inputs;
  return { ...inputs, [first]: deeper.length === 0 ? value : withAt(inner, deeper.join("."), value) };
}

/** The text at a path; empty where there is none. */
export function text(inputs: unknown, path: string): string {
  const value = at(inputs, path);
  return typeof value === "string" ? value : "";
}

/** The list at a path; empty where there is none. */
export function list(inputs: unknown, path: string): readonly unknown[] {
  const value = at(inputs, path);
  return Array.isArray(value) ? value : [];
}

/** Whether two values are the same data. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Every text in a body with the path where it stands. */
export function* texts(value: unknown, path = ""): Generator<readonly [path: string, text: string]> {
  if (typeof value === "string") yield [path, value];
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value))
      yield* texts(inner, path === "" ? key : `${path}.${key}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** The body without what stands at some paths. */
export function without(inputs: Inputs, paths: readonly string[]): Inputs {
  return paths.reduce((rest, path) => {
    const [first = "", ...deeper] = path.split(".");
    const { [first]: value, ...others } = rest;
    if (deeper.length === 0 || !(typeof value === "object" && value !== null)) return others;
    return { ...others, [first]: without(value as Inputs, [deeper.join(".")]) };
  }, inputs);
}
