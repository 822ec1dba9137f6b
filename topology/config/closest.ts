import { distance } from "fastest-levenshtein";

/** The closest of some names, if it is close enough to be a slip of the pen. */
export function closest(word: string, names: readonly string[]): string | undefined {
  const near = names
    .map((name) => ({ name, far: distance(word.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  return near !== undefined && near.far <= Math.max(1, Math.floor(word.length / 3)) ? near.name : undefined;
}
