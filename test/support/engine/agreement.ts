import type { RegisteredResource } from "../../../simulator/engine/registered";
import { signature } from "../../../simulator/engine/secrets";

/** How Pulumi writes what a preview does not know. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  readonly newState: { readonly inputs?: object };
}

/**
 * Where the engine's preview of a new stack (`pulumi preview --json`) and a rehearsal differ: resources that only one has, and the paths of
 * inputs that are not the same. What a preview cannot know yet agrees with anything.
 */
export function disagreements(
  previewJson: string,
  rehearsed: readonly RegisteredResource[],
): readonly string[] {
  const { steps } = JSON.parse(previewJson) as { readonly steps: readonly PreviewStep[] };
  // A stack is called after itself, and a rehearsal has one of its own.
  const place = (urn: string) =>
    urn.replace(/^urn:pulumi:[^:]+::/, "").replace(/(::pulumi:pulumi:Stack::).*/, "$1");
  const previewed = new Map(steps.map((step) => [place(step.urn), step]));
  const others = new Map(rehearsed.map((resource) => [place(resource.urn), resource]));
  return [
    ...[...previewed.keys()].filter((urn) => !others.has(urn)).map((urn) => `only previewed: ${urn}`),
    ...[...others].flatMap(([urn, { custom, inputs }]) => {
      const step = previewed.get(urn);
      if (step === undefined) return [`only rehearsed: ${urn}`];
      if (step.op !== "create") return [`${step.op} instead of create: ${urn}`];
      return custom ? differences(step.newState.inputs ?? {}, inputs, urn) : [];
    }),
  ];
}

function differences(previewed: unknown, rehearsed: unknown, path: string): readonly string[] {
  if (previewed === unknown) return [];
  if (!isObject(previewed)) return previewed === rehearsed ? [] : [path];
  if (signature in previewed) return rehearsed === "[secret]" ? [] : [path];
  if (!isObject(rehearsed) || Array.isArray(previewed) !== Array.isArray(rehearsed)) return [path];
  const keys = new Set([...Object.keys(previewed), ...Object.keys(rehearsed)]);
  keys.delete("__defaults");
  return [...keys].flatMap((key) =>
    differences(Reflect.get(previewed, key), Reflect.get(rehearsed, key), `${path}.${key}`),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
