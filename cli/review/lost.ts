import { holdsData as isStateful } from "../../policy/machines";
import { at, text } from "../../simulator/arm/inputs";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { Effect } from "../../simulator/engine/effects";
import { byUrn, type RegisteredResource } from "../../simulator/engine/registered";
import type { Lost } from "./report";

/* What a change replaces or deletes: resources, what forces it, whether data is on them, and what to deploy first. */

/** Longer values say nothing to a reader of a comment. */
const longest = 60;

/** A value that can be shown to anybody who reads a pull request. */
function shown(value: unknown): string | undefined {
  if (value === undefined) return "none";
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  const said = String(value);
  return said.length > longest || said === "[secret]" || said.includes("/subscriptions/") ? undefined : said;
}

const inside = (path: string) => path.replaceAll(/\[(\d+)\]/g, ".$1");

/** What forces a replacement, with its values. */
function valuesOf(
  because: readonly string[],
  was: RegisteredResource | undefined,
  is: RegisteredResource | undefined,
): readonly string[] {
  return because.flatMap((path) => {
    const [before, after] = [was, is].map((side) => shown(at(side?.inputs, inside(path))));
    return before === undefined || after === undefined || before === after
      ? []
      : [`${path} ${before} -> ${after}`];
  });
}

/** What is replaced or deleted, what has data on it first; guest steps are told elsewhere. */
export function lostIn(
  all: readonly Effect[],
  base: readonly RegisteredResource[],
  head: readonly RegisteredResource[],
): readonly Lost[] {
  const [old, now] = [byUrn(base), byUrn(head)];
  const machines = base.filter(({ type }) => type === tokens.machine);
  const sides = new Map(
    machines.map(({ inputs }) => [text(inputs, "resourceGroupName"), text(inputs, "tags.dataCenter")]),
  );
  return all
    .filter(({ op, type }) => (op === "replace" || op === "delete") && type !== tokens.runCommand)
    .map(({ urn, was = urn, name, type, op, because, refused }): Lost => {
      const resource = old.get(was);
      return {
        name,
        type,
        op: op as Lost["op"],
        because,
        values: valuesOf(because, resource, now.get(urn)),
        dataCenter: sides.get(text(resource?.inputs, "resourceGroupName")) ?? "",
        data: resource !== undefined && (resource.type === tokens.disk || isStateful(resource)),
        refused,
      };
    })
    .sort((one, other) => Number(other.data) - Number(one.data));
}

/** What to deploy first where the engine refuses the change, since what stands is protected. */
export function orderOf(lost: readonly Lost[], head: readonly RegisteredResource[]): string {
  if (!lost.some(({ refused }) => refused)) return "";
  const staysProtected = head.some(({ type, protect }) => type === tokens.machine && protect);
  return staysProtected
    ? "Pulumi refuses this as it is: what stands is protected. Deploy `protectData: false` with all else as it stands, and then the change."
    : "Pulumi refuses this as it is, although it turns protection off: what stands is still protected. Make two pull requests of it: `protectData: false` first, and the rest when that is deployed.";
}
