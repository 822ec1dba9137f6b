import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { measure, root } from "./measure";

/** Registers resources that were written down before, and decides nothing: what a program of this size costs at least. */
const program = (resources: string) => `
const pulumi = require("@pulumi/pulumi");
const { registerStackTransformation, runInPulumiStack } = require("@pulumi/pulumi/runtime/stack");
const { withoutTypeAliases } = require(${JSON.stringify(join(root, "components", "typeAliases"))});
const resources = ${resources};
const made = new Map();
const open = (value) => {
  if (value === "[secret]") return pulumi.secret("Constant-1");
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, open(inner)]));
};
pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: ({ inputs }) => inputs });
runInPulumiStack(async () => {
  registerStackTransformation(withoutTypeAliases);
  for (const { urn, type, name, parent, inputs, dependsOn, protect } of resources.slice(1)) {
    const [provider, module, kind] = type.split(":");
    const options = { parent: made.get(parent), protect, dependsOn: dependsOn.map((one) => made.get(one)).filter(Boolean) };
    const isCustom = provider === "azure-native";
    const Type = isCustom ? require("@pulumi/azure-native/" + module)[kind] : undefined;
    made.set(urn, isCustom ? new Type(name, open(inputs), options) : new pulumi.ComponentResource(type, name, {}, options));
  }
}).then(() => console.log(made.size));
`;

/** Writes the bare program for a stack; gives its path in this checkout. */
export function writeBareProgram(stack: string): string {
  const file = join(root, "node_modules", ".cache", "persistent-chat-lab", `bare-${stack}.cjs`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, program(measure("cli/start.ts", "preview", "--stack", stack, "--json").stdout));
  return relative(root, file);
}
