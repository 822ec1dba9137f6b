import { createHash } from "node:crypto";
import type { Inputs } from "../arm/inputs";
import { isStrongPassword } from "../arm/rules/computeRules";
import { withSecrets } from "../engine/secrets";

/**
 * The body as the simulated Azure keeps it: in the place of every secret stands something that is as strong, changes when the secret
 * changes and does not tell it, since the cloud is kept in files.
 */
export function withSurrogates(inputs: Inputs): Inputs {
  return withSecrets(inputs, surrogateOf);
}

/** What stands in the place of a secret; as weak as that, where Azure would not take it for a password. */
export function surrogateOf(secret: unknown): string {
  const digest = createHash("sha256").update(String(secret)).digest("hex");
  return isStrongPassword(String(secret)) ? `Surrogate-1-${digest}` : digest;
}
