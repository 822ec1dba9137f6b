type Shown = Readonly<Record<string, unknown>> & { readonly name: string };

/**
 * Things of a few kinds, for people who review them: the first of a kind whole, and of each other one what differs from it, by path, so
 * that a property that all of them have stands once. `without` names the paths that only the first has.
 */
export function likeFirst<T extends Shown>(
  things: readonly T[],
  kindOf: (thing: T) => string,
): readonly object[] {
  const firsts = new Map<string, T>();
  return things.map((thing) => {
    const first = firsts.get(kindOf(thing));
    if (first === undefined) {
      firsts.set(kindOf(thing), thing);
      return thing;
    }
    return like(thing, first);
  });
}

/** What differs in a thing from another one, by path. */
export function like(thing: Shown, first: Shown): object {
  const [mine, its] = [new Map(leaves(thing)), new Map(leaves(first))];
  mine.delete("name");
  its.delete("name");
  const differing = [...mine].filter(
    ([path, value]) => JSON.stringify(value) !== JSON.stringify(its.get(path)),
  );
  const without = [...its.keys()].filter((path) => !mine.has(path));
  return {
    name: thing.name,
    like: first.name,
    ...Object.fromEntries(differing),
    ...(without.length > 0 ? { without } : {}),
  };
}

/** Values that are no objects, with their paths; a list that holds none is one value. */
function leaves(value: unknown, path = ""): readonly (readonly [path: string, value: unknown])[] {
  const isLeaf =
    typeof value !== "object" ||
    value === null ||
    Object.keys(value).length === 0 ||
    (Array.isArray(value) && !value.some((item) => typeof item === "object" && item !== null));
  if (isLeaf) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}
