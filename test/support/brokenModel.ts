import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "sucrase";

/* The model of what a lab survives with a passage of its source changed: a copy in memory, which nothing else sees. */

const folder = join(__dirname, "..", "..", "topology", "resilience");

/** What of a model a proof takes. */
interface Broken {
  readonly proof: typeof import("../../topology/resilience/proof");
  readonly model: typeof import("../../topology/resilience/model");
  readonly state: typeof import("../../topology/resilience/state");
  readonly explore: typeof import("../../topology/resilience/explore");
}

const sources = new Map(
  readdirSync(folder).map((file) => [file.replace(/\.ts$/, ""), readFileSync(join(folder, file), "utf8")]),
);

const compiled = new Map<string, string>();
function compile(text: string): string {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const { code } = transform(text, { transforms: ["typescript", "imports"] });
  compiled.set(text, code);
  return code;
}

/** A passage of a file, and what stands there instead. */
export interface Fault {
  readonly file: string;
  readonly passage: string;
  readonly instead: string;
}

/** A model in which one passage is another one. Throws where the passage does not stand in its file exactly once. */
export function modelWith({ file, passage, instead }: Fault): Broken {
  const text = sources.get(file) ?? "";
  if (text.split(passage).length !== 2) throw new Error(`${file} has "${passage}" not once`);
  const loaded = new Map<string, object>();
  const load = (path: string): object => {
    const name = path.replace(/^\.\//, "");
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const source = name === file ? text.replace(passage, () => instead) : sources.get(name);
    if (source === undefined) throw new Error(`the model needs ${path}, which is no part of it`);
    const module = { exports: {} };
    loaded.set(name, module.exports);
    new Function("require", "module", "exports", compile(source))(load, module, module.exports);
    return module.exports;
  };
  const [proof, model, state, explore] = ["proof", "model", "state", "explore"].map(load);
  return { proof, model, state, explore } as Broken;
}
