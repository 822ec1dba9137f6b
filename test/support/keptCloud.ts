import type { Cloud } from "../../simulator/arm/cloud";
import type { Inputs } from "../../simulator/arm/inputs";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { secretMark, signature } from "../../simulator/engine/secrets";
import { changeCloud } from "../../simulator/kept/cloudFolder";
import { surrogateOf, withSurrogates } from "../../simulator/kept/surrogates";

const withSecrets = (json: string, change: (secret: string) => unknown): string =>
  json.replaceAll(
    /("adminPassword":|"protectedParameters":\[\{"name":"\w+","value":)"([^"]+)"/g,
    (_, before: string, secret: string) => `${before}${JSON.stringify(change(secret))}`,
  );

/** Resources as a folder keeps them: what is secret in them as something else. */
export const guarded = (json: string): string => withSecrets(json, surrogateOf);

/** Inputs as the engine sends them: what is secret in them marked. */
export const marked = (inputs: Inputs): Inputs =>
  JSON.parse(withSecrets(JSON.stringify(inputs), (value) => ({ [signature]: secretMark, value })));

/** Makes what a program registered, or the same with some text changed. */
export function putAll(
  cloud: Cloud,
  resources: readonly RegisteredResource[],
  change = (json: string): string => json,
): void {
  for (const { custom, type, inputs } of resources) {
    // What is secret is not in them any more.
    const json = JSON.stringify(inputs).replaceAll('"[secret]"', '"Surrogate-1-Surrogate"');
    if (custom) cloud.put(type, withSurrogates(JSON.parse(change(json))));
  }
}

/** Puts what a cloud has into a folder. */
export function keepIn(folder: string, cloud: Cloud): void {
  changeCloud(
    folder,
    (kept) =>
      void Object.assign(kept.state.resources, JSON.parse(guarded(JSON.stringify(cloud.state.resources)))),
  );
}
