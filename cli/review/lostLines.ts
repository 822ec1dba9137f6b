import { tokens } from "../../simulator/arm/resourceTypes";
import { bothSides } from "../../topology/resilience/site";
import type { Lost } from "./report";

/* What a change replaces or deletes, by what people think in: data first, then data centers and machines, then what follows from it. */

type Code = (text: string) => string;

const done = (op: Lost["op"]) => (op === "replace" ? "replaced" : "deleted");

/** Names in a row, the first ones of many. */
function named(all: readonly Lost[], code: Code, most = 12): string {
  const names = all.map(({ name }) => code(name));
  const left = names.length - most;
  return left > 0 ? `${names.slice(0, most).join(", ")} and ${left} more` : names.join(", ");
}

/** The values that force it, each once. */
function why(all: readonly Lost[]): string {
  const values = [...new Set(all.flatMap((one) => one.values))];
  return values.length === 0 ? "" : `: ${values.slice(0, 4).join(", ")}`;
}

function dataLines(lost: readonly Lost[], code: Code): readonly string[] {
  const disks = lost.filter(({ type }) => type === tokens.disk);
  return disks.length === 0
    ? []
    : [`- data on ${disks.length} disk${disks.length === 1 ? "" : "s"} is lost: ${named(disks, code)}`];
}

/** The machines of one data center: as a whole where its network goes too, which takes everything with it. */
function machineLines(lost: readonly Lost[], side: string, code: Code): readonly string[] {
  const machines = lost.filter(({ type, dataCenter }) => type === tokens.machine && dataCenter === side);
  if (machines.length === 0) return [];
  const isWhole = lost.some(({ type, dataCenter }) => type === tokens.network && dataCenter === side);
  const place = side === "" ? "" : ` in the ${side} data center`;
  if (isWhole) {
    const ops = [...new Set(machines.map(({ op }) => op))].map(done).join(" or ");
    return [
      `- the ${side} data center is ${ops}${why(machines)}, ${machines.length} machine${machines.length === 1 ? "" : "s"}: ${named(machines, code)}`,
    ];
  }
  const disks = lost.filter(({ type }) => type === tokens.disk);
  const losesDisks = ({ name }: Lost) => disks.some((disk) => disk.name.startsWith(name.replace(/vm$/, "")));
  const keeps = (one: Lost) => one.op === "replace" && one.data && !losesDisks(one);
  return (["delete", "replace"] as const).flatMap((op) =>
    [false, true].flatMap((kept) => {
      const some = machines.filter((one) => one.op === op && keeps(one) === kept);
      if (some.length === 0) return [];
      return [`- ${done(op)}${place}${kept ? ", data disks kept" : ""}: ${named(some, code)}${why(some)}`];
    }),
  );
}

/** What is lost, and below what follows from it. */
export function lostLines(lost: readonly Lost[], order: string, code: Code): readonly string[] {
  const refused = lost.filter((one) => one.refused).length;
  return [
    ...dataLines(lost, code),
    ...[...bothSides, ""].flatMap((side) => machineLines(lost, side, code)),
    ...(refused > 0 ? [`- ${refused} of these are refused while data is protected. ${order}`] : []),
  ];
}

/** What goes along with machines and disks: interfaces, schedules, networks, by kind. */
export function alongLines(lost: readonly Lost[], code: Code): readonly string[] {
  const kinds = new Map<string, Lost[]>();
  for (const one of lost.filter(({ type }) => type !== tokens.machine && type !== tokens.disk)) {
    const key = `${one.op} ${one.type}`;
    kinds.set(key, [...(kinds.get(key) ?? []), one]);
  }
  return [...kinds.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const kind = first.type.split(":").at(-1) ?? first.type;
    return [
      all.length === 1
        ? `- ${code(first.name)} ${done(first.op)}${why(all)}`
        : `- ${all.length} of ${code(kind)} ${done(first.op)}${why(all)}`,
    ];
  });
}
