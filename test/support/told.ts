import { readStack } from "../../cli/stackFile";
import { type Effect, effects } from "../../simulator/engine/effects";
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
const program = async (config: Readonly<Record<string, unknown>>) => (await rehearseLab(config)).resources;

/** Compares a stack, run once for all changes, with itself after a change. */
function changesOf(config: Readonly<Record<string, unknown>>) {
  let base: ReturnType<typeof program> | undefined;
  return async (change: StackChange): Promise<readonly Effect[]> => {
    base ??= program(config);
    return effects(await base, await program(withChange(config, change)));
  };
}

const whileProtected = changesOf(raw);
const unprotected = changesOf({ ...raw, protectData: false });

/** Tells it without an engine. */
export async function toldBy(change: StackChange): Promise<Told> {
  const refused = (await whileProtected(change)).filter((one) => one.refused).map(({ name }) => name);
  return { effect: byOp(await unprotected(change)), protects: refused.sort() };
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
