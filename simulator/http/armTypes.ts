import { ArmError } from "../arm/armError";
import type { Inputs } from "../arm/inputs";
import taken from "./publishedTypes.json";

/*
 * What each type consists of, as Microsoft publishes it: a body with something else is refused as that provider refuses it.
 */

interface Schema {
  readonly title?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
}

interface Version {
  readonly types: Readonly<Record<string, Schema>>;
  readonly $defs: Readonly<Record<string, Schema>>;
}

/** By namespace and version, such as `microsoft.compute@2024-11-01`. */
export const versions = taken.versions as unknown as Readonly<Record<string, Version>>;

/** A property that a type does not have. */
interface Unknown {
  readonly member: string;
  /** As in JSON paths: `properties.securityRules[0].properties.x`. */
  readonly path: string;
  /** What Microsoft calls the type of the object that it stands in. */
  readonly type: string;
}

/** What a provider of Azure is told of every resource beside `properties`, whether the type has it or not. */
const ofAny = [
  "id",
  "name",
  "type",
  "location",
  "tags",
  "kind",
  "plan",
  "sku",
  "managedBy",
  "identity",
  "zones",
];

/** The first property of a body that no version of its type has. */
function unknownIn(armType: string, body: Inputs): Unknown | undefined {
  const found = Object.entries(versions)
    .filter(([, { types }]) => armType in types)
    .toSorted(([one], [other]) => (one < other ? 1 : -1))
    .map(([, { types, $defs }]) => unknownBy($defs, types[armType] ?? {}, body, ""));
  return found.some((one) => one === undefined) ? undefined : found[0];
}

function unknownBy(
  $defs: Version["$defs"],
  schema: Schema,
  value: unknown,
  path: string,
): Unknown | undefined {
  const {
    title = "",
    properties,
    additionalProperties,
    items,
  } = schema.$ref === undefined ? schema : ($defs[schema.$ref.slice("#/$defs/".length)] ?? {});
  if (Array.isArray(value)) {
    if (items === undefined) return undefined;
    return first(value.map((item, index) => unknownBy($defs, items, item, `${path}[${index}]`)));
  }
  if (typeof value !== "object" || value === null || properties === undefined) return undefined;
  return first(
    Object.entries(value).map(([member, inner]) => {
      const inside = path === "" ? member : `${path}.${member}`;
      // Names of properties may be written in any case.
      const name = Object.keys(properties).find((one) => one.toLowerCase() === member.toLowerCase());
      const known = name === undefined ? undefined : properties[name];
      if (known !== undefined) return unknownBy($defs, known, inner, inside);
      if (additionalProperties !== false || (path === "" && ofAny.includes(member))) return undefined;
      return { member, path: inside, type: title };
    }),
  );
}

const first = <T>(all: readonly (T | undefined)[]): T | undefined => all.find((one) => one !== undefined);

/**
 * How a body with a property that its type does not have is refused; nothing where it is not, or where nobody says how.
 * Beside `properties`: https://github.com/Azure/azure-rest-api-specs/issues/286; in those of compute:
 * https://github.com/Azure/azure-cli/issues/18855, of networks: https://github.com/Azure/azure-powershell/issues/13544
 */
export function refusalOfUnknown(armType: string, body: Inputs): ArmError | undefined {
  const found = unknownIn(armType, body);
  if (found === undefined) return undefined;
  const { member, path, type } = found;
  const text = JSON.stringify(body);
  const position = text.indexOf(`"${member}":`) + `"${member}":`.length;
  const told = (on: string) =>
    `Could not find member '${member}' on object of type '${on}'. Path '${path}', line 1, position ${position}.`;
  const isGroup = armType === "Microsoft.Resources/resourceGroups";
  if (!path.includes("."))
    return new ArmError(
      400,
      "InvalidRequestContent",
      `The request content was invalid and could not be deserialized: '${told(isGroup ? "ResourceGroupDefinition" : "ResourceDefinition")}'.`,
      isGroup ? "inferred" : "reported",
    );
  if (armType.startsWith("Microsoft.Network/"))
    return new ArmError(400, "InvalidRequestFormat", "Cannot parse the request.", "reported", [
      { code: "InvalidJson", message: told(type.replace(/Format$/, "")) },
    ]);
  if (armType.startsWith("Microsoft.Compute/")) {
    const isOuter = path === `properties.${member}`;
    return new ArmError(
      400,
      "BadRequest",
      told(isOuter ? "Properties" : type),
      isOuter ? "reported" : "inferred",
    );
  }
  return undefined;
}
