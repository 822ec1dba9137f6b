import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../cli/terminal/paths";

/*
 * Takes from a clone of https://github.com/Azure/bicep-types-az, which Microsoft writes from its specifications, what the types of a lab look
 * like, as JSON Schemas that say what nobody can send (`readOnly`) and what Azure never answers (`writeOnly`):
 *
 *     node -r ./loader/register.cjs test/support/azure/takeArmTypes.ts <clone>
 */

/** What azure-native 3.28 asks, and the newest that Azure's SDKs and its CLI ask. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  "compute_1/microsoft.compute/2024-11-01": [
    "virtualMachines",
    "virtualMachines/runCommands",
    "availabilitySets",
  ],
  "compute_1/microsoft.compute/2026-04-01": [
    "virtualMachines",
    "virtualMachines/runCommands",
    "availabilitySets",
  ],
  "compute_1/microsoft.compute/2024-03-02": ["disks"],
  "compute_1/microsoft.compute/2025-01-02": ["disks"],
  "devtestlabs/microsoft.devtestlab/2018-09-15": ["schedules"],
  "resources_11/microsoft.resources/2024-03-01": ["resourceGroups"],
  "resources_11/microsoft.resources/2025-04-01": ["resourceGroups"],
  ...Object.fromEntries(
    ["2024-05-01", "2025-09-01"].map((version) => [
      `network/microsoft.network/${version}`,
      [
        "virtualNetworks",
        "virtualNetworks/subnets",
        "virtualNetworks/virtualNetworkPeerings",
        "networkSecurityGroups",
        "publicIPAddresses",
        "natGateways",
        "bastionHosts",
        "networkInterfaces",
      ],
    ]),
  ),
};

type Reference = { readonly $ref: string };

/** https://github.com/Azure/bicep-types/blob/main/src/bicep-types/src/types.ts */
type BicepType =
  | { readonly $type: "StringType" | "IntegerType" | "BooleanType" | "AnyType" | "NullType" }
  | { readonly $type: "StringLiteralType"; readonly value: string }
  | { readonly $type: "UnionType"; readonly elements: readonly Reference[] }
  | { readonly $type: "ArrayType"; readonly itemType: Reference }
  | {
      readonly $type: "ObjectType";
      readonly name: string;
      readonly properties: Readonly<Record<string, { readonly type: Reference; readonly flags: number }>>;
      readonly additionalProperties?: Reference;
    }
  | { readonly $type: "ResourceType"; readonly name: string; readonly body: Reference };

type Schema = Readonly<Record<string, unknown>>;

const scalars: Readonly<Record<string, Schema>> = {
  StringType: { type: "string" },
  IntegerType: { type: "integer" },
  BooleanType: { type: "boolean" },
  NullType: { type: "null" },
  AnyType: {},
};
const [isRequired, isReadOnly, isWriteOnly] = [1, 2, 4];

/** The schemas of one file of types. */
class Types {
  readonly $defs: Record<string, Schema> = {};

  constructor(private readonly all: readonly BicepType[]) {}

  schemaOf({ $ref }: Reference): Schema {
    const place = $ref.slice("#/".length);
    const type = this.all[Number(place)];
    switch (type?.$type) {
      case "StringLiteralType":
        return { const: type.value };
      case "UnionType": {
        const choices = type.elements.map((one) => this.schemaOf(one));
        // Whoever may answer any string names the known ones for editors only.
        if (choices.some((one) => one.type === "string")) return { type: "string" };
        return choices.every((one) => "const" in one)
          ? { enum: choices.map((one) => one.const) }
          : { anyOf: choices };
      }
      case "ArrayType":
        return { type: "array", items: this.schemaOf(type.itemType) };
      case "ObjectType": {
        if (this.$defs[place] === undefined) {
          // Types contain each other.
          this.$defs[place] = {};
          // The version stands in templates, beside the body and not in it.
          const all = Object.entries(type.properties).filter(([name]) => name !== "apiVersion");
          this.$defs[place] = {
            title: type.name,
            type: "object",
            properties: Object.fromEntries(
              all.map(([name, { type: one, flags }]) => [
                name,
                {
                  ...this.schemaOf(one),
                  ...(flags & isReadOnly ? { readOnly: true } : {}),
                  ...(flags & isWriteOnly ? { writeOnly: true } : {}),
                },
              ]),
            ),
            required: all.filter(([, { flags }]) => flags & isRequired).map(([name]) => name),
            additionalProperties:
              type.additionalProperties === undefined ? false : this.schemaOf(type.additionalProperties),
          };
        }
        return { $ref: `#/$defs/${place}` };
      }
      default: {
        const scalar = scalars[type?.$type ?? ""];
        if (scalar === undefined) throw new Error(`no schema for ${JSON.stringify(type)}`);
        return scalar;
      }
    }
  }
}

/** By namespace and version: what its types are made of, and where among that each of them stands. */
interface Taken {
  readonly $defs: Readonly<Record<string, Schema>>;
  readonly types: Readonly<Record<string, Schema>>;
}

function takenFrom(clone: string): Readonly<Record<string, Taken>> {
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-C", clone, ...words], { encoding: "utf8", maxBuffer: 1e9 });
  return Object.fromEntries(
    Object.entries(wanted).map(([folder, kinds]) => {
      const all = JSON.parse(git("show", `HEAD:generated/${folder}/types.json`)) as readonly BicepType[];
      const types = new Types(all);
      const found: Record<string, Schema> = {};
      for (const type of all) {
        if (type.$type !== "ResourceType") continue;
        const [name = ""] = type.name.split("@");
        if (kinds.includes(name.split("/").slice(1).join("/"))) found[name] = types.schemaOf(type.body);
      }
      if (Object.keys(found).length !== kinds.length)
        throw new Error(`${folder} lacks some of ${kinds.join(", ")}`);
      return [folder.split("/").slice(1).join("@"), { types: found, $defs: types.$defs }];
    }),
  );
}

const [clone = ""] = process.argv.slice(2);
const commit = execFileSync("git", ["-C", clone, "rev-parse", "HEAD"], { encoding: "utf8" }).trim();
const taken = {
  source: `https://github.com/Azure/bicep-types-az/tree/${commit}, MIT License, (c) Microsoft Corporation`,
  versions: takenFrom(clone),
};
writeFileSync(join(root, "simulator", "http", "publishedTypes.json"), `${JSON.stringify(taken)}\n`);
