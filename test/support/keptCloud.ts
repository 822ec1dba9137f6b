import type { Cloud } from "../../simulator/arm/cloud";
import type { Inputs } from "../../simulator/arm/inputs";
import { secretMark, signature } from "../../simulator/engine/secrets";
import { changeCloud } from "../../simulator/kept/cloudFolder";
import { surrogateOf } from "../../simulator/kept/surrogates";

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

/** Puts what a cloud has into a folder. */
export function keepIn(folder: string, cloud: Cloud): void {
  changeCloud(
    folder,
    (kept) =>
      void Object.assign(kept.state.resources, JSON.parse(guarded(JSON.stringify(cloud.state.resources)))),
  );
}
