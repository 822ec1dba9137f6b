import { createHash } from "node:crypto";
import { type Inputs, text } from "../arm/inputs";
import { resourceTypes } from "../arm/resourceTypes";

/** How Pulumi sends what is not known in a preview: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface Failure {
  /** Empty where the resource as a whole is meant. */
  readonly property: string;
  readonly reason: string;
}

export interface Checked {
  readonly inputs: Inputs;
  readonly failures: readonly Failure[];
}

/**
 * What azure-native checks before anything is created: the type, the names in the resource's path and their lengths. Like azure-native it
 * gives a resource without a name its old one, or the name in the program and eight hexadecimal digits of the engine's seed. All else is
 * ARM's to refuse.
 */
export function checked(urn: string, token: string, olds: Inputs, news: Inputs, seed: Uint8Array): Checked {
  const type = resourceTypes[token];
  if (type === undefined)
    return {
      inputs: news,
      failures: [
        {
          property: "",
          reason: `The simulated Azure does not know ${token}: add a row to simulator/arm/resourceTypes.ts.`,
        },
      ],
    };
  const own = type.names.at(-1) ?? "";
  const digits = createHash("sha256").update(seed).digest("hex").slice(0, 8);
  const named = text(olds, own) || `${urn.slice(urn.lastIndexOf("::") + 2)}${digits}`;
  const inputs = news[own] === undefined ? { ...news, [own]: named } : news;
  const parents = ["resourceGroupName", ...type.names].filter((name) => name !== own);
  const missing = parents
    .filter((name) => inputs[name] === undefined)
    .map((property) => ({ property, reason: `missing required property '${property}'` }));
  return { inputs, failures: [...missing, ...nameFailures(own, text(inputs, own), type)] };
}

function nameFailures(
  property: string,
  name: string,
  { longestName, namePattern }: { readonly longestName: number; readonly namePattern: RegExp },
): readonly Failure[] {
  if (name === unknown) return [];
  if (name.length > longestName)
    return [
      { property, reason: `'${property}' is too long (${name.length}): at most ${longestName} characters` },
    ];
  return namePattern.test(name)
    ? []
    : [{ property, reason: `'${property}' is "${name}", which does not match '${namePattern.source}'` }];
}
