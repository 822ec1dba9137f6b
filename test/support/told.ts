import { readStack } from "../../cli/stackFile";
import { type Effect, effects } from "../../simulator/effects";
import { type StackChange, withChange } from "./changes";
import { rehearseLab } from "./rehearse";

/** What `effects()` tells of a change of the stack `minimal`. */
export interface Told {
  /** Names of resources by what happens to them where data is not protected; those that stay as they are do not appear. */
  readonly effect: Readonly<Record<string, readonly string[]>>;
  /** Resources for whose sake the engine refuses the change in the preview while data is protected. */
  readonly protects: readonly string[];
}

const { raw } = readStack("minimal", undefined);
const free = { ...raw, protectData: false };

/** Tells it without an engine. */
export async function toldBy(change: StackChange): Promise<Told> {
  const between = async (base: Readonly<Record<string, unknown>>) =>
    effects((await rehearseLab(base)).resources, (await rehearseLab(withChange(base, change))).resources);
  const refused = (await between(raw)).filter((one) => one.refused).map(({ name }) => name);
  return { effect: byOp(await between(free)), protects: refused.sort() };
}

function byOp(all: readonly Effect[]): Told["effect"] {
  const ops = [...new Set(all.map(({ op }) => op))].sort();
  return Object.fromEntries(
    ops.map((op) => [
      op,
      all
        .filter((one) => one.op === op)
        .map(({ name }) => name)
        .sort(),
    ]),
  );
}
