import { readStack } from "../../../cli/stack/stackFile";
import { type Effect, effects } from "../../../simulator/engine/effects";
import { type StackChange, withChange } from "../changes";
import { rehearseLab, rehearseStack } from "../rehearse";

/** What `effects()` tells of a change of the stack `minimal`. */
export interface Told {
  /** Names of resources by what happens to them where data is not protected; those that stay as they are do not appear. */
  readonly effect: Readonly<Record<string, readonly string[]>>;
  /** Resources for whose sake the engine refuses the change in the preview while data is protected. */
  readonly protects: readonly string[];
}

const { raw } = readStack("minimal", undefined);

/** Tells it without an engine. What is done to a resource does not depend on whether it is protected, only whether it is refused. */
export async function toldBy(change: StackChange): Promise<Told> {
  const [before, after] = [await rehearseStack("minimal"), await rehearseLab(withChange(raw, change))];
  const all = effects(before.resources, after.resources);
  return {
    effect: byOp(all),
    protects: all
      .filter((one) => one.refused)
      .map(({ name }) => name)
      .sort(),
  };
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
