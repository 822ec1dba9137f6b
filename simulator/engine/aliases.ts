import { nameOf, partsOf, typeOf, urnOf } from "./urns";

/* Names that a resource had before: whoever renames one says so by an alias, and the engine takes it for the same resource. */

/** A former name as a program gives it; what is empty is as it is now. */
export interface Alias {
  readonly urn?: string;
  readonly name?: string;
  readonly type?: string;
  readonly stack?: string;
  readonly project?: string;
  /** URN of a former parent. */
  readonly parent?: string;
  readonly noParent?: boolean;
}

/** A parent as it is now, with the URNs that it had. */
export interface AliasedParent {
  readonly urn: string;
  readonly aliases: readonly string[];
}

/**
 * URNs that a resource had, from its own aliases and from those of its parent: a child keeps its place below a parent that moved, and a
 * name that begins with the parent's changes along with it, as the engine has it.
 */
export function formerUrns(
  urn: string,
  aliases: readonly Alias[],
  parent: AliasedParent | undefined,
): readonly string[] {
  const now = partsOf(urn);
  const own = aliases.flatMap((alias) => {
    if (alias.urn) return [alias.urn];
    const name = alias.name || now.name;
    const of = (above: string, called: string) =>
      urnOf(alias.stack || now.stack, alias.project || now.project, above, alias.type || typeOf(urn), called);
    if (alias.noParent) return [of("", name)];
    if (alias.parent && alias.parent !== parent?.urn) return [of(alias.parent, name)];
    return [
      of(parent?.urn ?? "", name),
      ...(parent?.aliases ?? []).map((was) => of(was, renamed(name, parent, was))),
    ];
  });
  const inherited = (parent?.aliases ?? []).map((was) =>
    urnOf(now.stack, now.project, was, typeOf(urn), renamed(now.name, parent, was)),
  );
  return [...new Set([...own, ...inherited])].filter((one) => one !== urn);
}

function renamed(name: string, parent: AliasedParent | undefined, was: string): string {
  const parentName = nameOf(parent?.urn ?? "");
  return parentName !== "" && name.startsWith(parentName)
    ? nameOf(was) + name.slice(parentName.length)
    : name;
}
