import type * as pulumi from "@pulumi/pulumi";

/**
 * Drops the aliases that azure-native gives every resource: 25 to 60 former type names, for stacks that were made with another version
 * of the provider. This lab has no such stacks, and the SDK spends two thirds of a preview on them. Aliases of our own stay.
 */
export const withoutTypeAliases: pulumi.ResourceTransformation = ({ props, opts }) => {
  const { aliases } = opts;
  if (!Array.isArray(aliases)) return undefined;
  return { props, opts: { ...opts, aliases: aliases.filter((alias) => !isTypeAlias(alias)) } };
};

function isTypeAlias(alias: unknown): boolean {
  const type: unknown = typeof alias === "object" && alias !== null ? Reflect.get(alias, "type") : undefined;
  return typeof type === "string" && type.startsWith("azure-");
}
