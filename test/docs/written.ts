import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A document with the part between two marks, which is written and not typed, brought up to date. */
export function withPart(
  document: string,
  name: string,
  part: string,
  text = readFileSync(join(__dirname, "..", "..", "docs", document), "utf8"),
): string {
  const [begin, end] = [`<!-- ${name}: written by npm run golden -->`, `<!-- end of ${name} -->`];
  const [first, last] = [text.indexOf(begin), text.indexOf(end)];
  if (first < 0 || last < first) throw new Error(`docs/${document} has no part called ${name}`);
  return `${text.slice(0, first)}${begin}\n\n${part}\n\n${text.slice(last)}`;
}
