import type { BrokenPolicy } from "../../policy/policies";

/** As many names as one line takes. */
const mostNames = 10;

/** What breaks policies, a line for each statement with the resources that it is about, so that thirty machines are told at once. */
export function brokenLines(
  broken: readonly BrokenPolicy[],
  name: (text: string) => string = (text) => text,
): readonly string[] {
  const statements = new Map<string, [BrokenPolicy, ...BrokenPolicy[]]>();
  for (const one of broken) {
    const key = `${one.id} ${one.message}`;
    const told = statements.get(key);
    if (told === undefined) statements.set(key, [one]);
    else told.push(one);
  }
  return [...statements.values()].map((list) => {
    const { id, severity, message, why } = list[0];
    const named = list.map(({ resource }) => resource).filter((resource) => resource !== "");
    const more = named.length > mostNames ? [`${named.length - mostNames} more`] : [];
    const about = [...named.slice(0, mostNames).map(name), ...more].join(", ");
    return `${severity}, ${name(id)}${about === "" ? "" : `, ${about}`}: ${message} ${why}`;
  });
}
