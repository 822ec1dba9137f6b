import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(__dirname, "..");
const rooms = ["topology", "components", "guest", "simulator", "cli", "bench", "test", "policy"];

/** From which rooms, or folders of one, a room's files may import values, and from which only types. */
const mayImport: Readonly<
  Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }>
> = {
  topology: { values: ["topology"] },
  components: { values: ["components", "guest"], types: ["topology"] },
  guest: { values: ["guest"] },
  simulator: { values: ["simulator", "topology/azure"] },
  cli: { values: ["cli", "guest", "topology", "simulator", "policy"] },
  "index.ts": { values: ["topology", "components"] },
  policy: { values: ["policy", "simulator", "topology/resilience"] },
};

/** Layers of a room: a file imports from its own and from those before it; what stands in the room itself comes last. */
const layers: Readonly<Record<string, readonly string[]>> = {
  topology: ["model", "azure", "config", "parts", "resilience", "runbooks", "steps", "rules", "views"],
  simulator: ["arm", "engine", "time", "kept", "plugin", "http"],
  cli: ["terminal", "stack", "azure", "standing", "pulumi", "preflight", "review", "verbs"],
};

/** Packages that a room may load; the others may load anything. */
const packages: Readonly<Record<string, RegExp>> = {
  topology: /^(zod|ip-address|fastest-levenshtein|windows-iana)$/,
  components: /^@pulumi\/(pulumi|azure-native)(\/.*)?$/,
  guest: /^node:(fs|path)$/,
};

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(join(root, path)).isDirectory()) return filesIn(path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typesOnly: boolean;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^;"]*?\sfrom\s+)?"([^"]+)";/gm);
  return [...found].map(([, types, target = ""]) => ({
    file,
    target: target.startsWith(".") ? relative(root, join(root, dirname(file), target)) : target,
    typesOnly: types !== undefined,
  }));
}

/** Every file of the house, but what is made in it. */
function allFiles(folder = ""): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (/^(\.git|\.twin|node_modules|coverage)$/.test(entry.name)) return [];
    return entry.isDirectory() ? allFiles(path) : [path];
  });
}

/** A path as people write it, with alternatives in braces, `*` for a part of a name and `**` for folders, as patterns of paths. */
function patterns(written: string): readonly RegExp[] {
  const [, before, choices, after] = /^(.*?)\{([^}]*)\}(.*)$/.exec(written) ?? [];
  if (choices !== undefined) return choices.split(",").flatMap((one) => patterns(`${before}${one}${after}`));
  const source = written
    .replace(/\/$/, "")
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replaceAll("**/", "\u0000")
    .replaceAll("*", "[^/]*")
    .replaceAll("\u0000", "(.*/)?");
  // A file, a module, or a folder with files.
  return [new RegExp(`^${source}(\\.ts)?(/|$)`)];
}

/** Where something is named that stands in this house, and what is named there. */
function named(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8");
  const places = [...rooms, "loader", "stacks", "docs"].join("|");
  const written = text.matchAll(
    new RegExp(`(?<![\\w./:@*#-])(?:(?:${places})/[\\w*{},./-]*[\\w*}]|(?:${places})/(?=\\W))`, "g"),
  );
  const joined = [...text.matchAll(/\bjoin\(\s*(root|__dirname)((?:,\s*"[^"]*")+)/g)].map(
    ([, from, parts = ""]) => {
      const path = join(from === "root" ? "" : dirname(file), ...(parts.match(/[^",\s]+/g) ?? []));
      return path === "." ? "index.ts" : path;
    },
  );
  const paths = [...[...written].map(([path]) => path), ...(file.endsWith(".ts") ? joined : [])];
  // Made by npm and by commands.
  return paths.filter((path) => !/^(node_modules|\.twin)(\/|$)/.test(path));
}

const exists = (folder: string) => readdirSync(root).includes(folder);
const files = [...rooms.filter(exists).flatMap(filesIn), "index.ts"];
const imports = files.flatMap(importsOf);
const roomOf = (path: string) => path.split("/")[0] ?? path;
const isOurs = ({ file, target }: Import) =>
  files.includes(`${target}.ts`) || (target.endsWith(".json") && roomOf(target) === roomOf(file));

/** What CONTRIBUTING.md draws: paths of files and folders, the latter with a / behind. */
function drawn(): readonly string[] {
  const [, map = ""] =
    /^## The house\n\n```\n([\s\S]*?)```/m.exec(readFileSync(join(root, "CONTRIBUTING.md"), "utf8")) ?? [];
  let room = "";
  return map.split("\n").flatMap((line) => {
    const [, indent = "", name = ""] = /^( *)(\S+) /.exec(line) ?? [];
    if (name === "") return [];
    if (indent === "" && name.endsWith("/")) room = name;
    return [indent === "" ? name : `${room}${name}`];
  });
}

describe("the house", () => {
  it("is read completely by this test", () => {
    expect(imports.filter(isOurs).length).toBeGreaterThan(200);
    expect(imports.some(({ file, target }) => file === "index.ts" && target === "components/lab")).toBe(true);
  });

  it("is drawn in CONTRIBUTING.md, with all its folders and nothing that is not there", () => {
    const folders = (inside: string): readonly string[] =>
      readdirSync(join(root, inside), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$|^coverage$/.test(entry.name))
        .map(({ name }) => `${inside}${name}/`);
    const all = folders("").flatMap((folder) =>
      ["test/", "docs/"].includes(folder) ? [folder] : [folder, ...folders(folder)],
    );
    expect(
      drawn()
        .filter((path) => path.endsWith("/"))
        .toSorted(),
    ).toEqual(all.toSorted());
    for (const path of drawn()) expect(existsSync(join(root, path)), path).toBe(true);
  });

  it("imports between rooms in the allowed directions only", () => {
    const wrong = imports.filter(isOurs).filter(({ file, target, typesOnly }) => {
      const allowed = mayImport[roomOf(file)];
      if (allowed === undefined) return false;
      const isFrom = (place: string) => target === place || target.startsWith(`${place}/`);
      return !allowed.values.some(isFrom) && !(typesOnly && allowed.types?.some(isFrom));
    });
    expect(wrong).toEqual([]);
  });

  it("imports inside a room from the layers before only", () => {
    const layerOf = (path: string) => {
      const [room = "", name = ""] = path.split("/");
      const place = layers[room]?.indexOf(name) ?? -1;
      return place < 0 ? Number.POSITIVE_INFINITY : place;
    };
    const wrong = imports
      .filter(isOurs)
      .filter(({ file, target }) => roomOf(file) === roomOf(target) && roomOf(file) in layers)
      .filter(({ file, target }) => layerOf(target) > layerOf(file.replace(/\.ts$/, "")));
    expect(wrong).toEqual([]);
  });

  it("has what its sources, settings and documents name by path", () => {
    const known = allFiles();
    const readers = known.filter(
      (file) =>
        /\.(ts|mts|mjs|cjs|json|yml|yaml|md|ps1)$|^\.ci\/run$/.test(file) &&
        !/^(CHANGELOG\.md|package-lock\.json|test\/golden\/.*\.json|test\/architecture\.test\.ts)$/.test(
          file,
        ),
    );
    const missing = readers.flatMap((file) =>
      named(file)
        .flatMap((path) => patterns(path).map((pattern) => ({ path, pattern })))
        .filter(({ pattern }) => !known.some((one) => pattern.test(one)))
        .map(({ path }) => `${file}: ${path}`),
    );
    expect(missing).toEqual([]);
    expect(readers.flatMap(named).length).toBeGreaterThan(100);
  });

  it("says in CONTRIBUTING.md what to touch for a thing that is added often, in few places", () => {
    const [, text = ""] =
      /^## What to touch\n([\s\S]*?)^## /m.exec(readFileSync(join(root, "CONTRIBUTING.md"), "utf8")) ?? [];
    const lists = text.split(/^An? (?=.*:$)/m).slice(1);
    expect(lists.map((list) => list.split(":")[0])).toEqual([
      "rule about a configuration",
      "guest step",
      "key of the configuration",
      "Azure type",
      "verb",
    ]);
    for (const list of lists) expect(list.match(/^- `/gm)?.length, list).toBeLessThanOrEqual(7);
    expect(text.match(/`[\w./]+\/[\w./]*`/g)?.length).toBeGreaterThan(20);
  });

  it("has no source beside data of its name, which Node would load in its place", () => {
    const known = allFiles();
    expect(files.filter((file) => known.includes(file.replace(/\.ts$/, ".json")))).toEqual([]);
  });

  it("lets nobody import the program, which is run", () => {
    expect(imports.filter(({ target }) => target === "index")).toEqual([]);
  });

  it("keeps topology pure and components free of anything but Pulumi", () => {
    const wrong = imports
      .filter((one) => !isOurs(one) && !one.typesOnly)
      .filter(({ file, target }) => packages[roomOf(file)]?.test(target) === false);
    expect(wrong).toEqual([]);
  });

  it("runs its benchmarks and commands without vitest, which only its own runner can load", () => {
    const reached = new Set<string>();
    const reach = (file: string) => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { target } of imports.filter((one) => one.file === file && !one.typesOnly)) {
        if (files.includes(`${target}.ts`)) reach(`${target}.ts`);
      }
    };
    for (const file of files.filter((one) => roomOf(one) !== "test")) reach(file);
    const loading = imports.filter(({ target, typesOnly }) => target === "vitest" && !typesOnly);
    expect(loading.map(({ file }) => file).filter((file) => reached.has(file))).toEqual([]);
  });

  it("has no cycles, of values or of types", () => {
    const next = new Map<string, string[]>();
    for (const { file, target } of imports.filter(isOurs))
      next.set(file, [...(next.get(file) ?? []), `${target}.ts`]);
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      expect(path, `cycle: ${[...path, file].join(" -> ")}`).not.toContain(file);
      if (done.has(file)) return;
      for (const one of next.get(file) ?? []) visit(one, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  it("has no file that only passes on what others export", () => {
    const barrels = files.filter((file) =>
      /^export (\*|(type )?\{[^}]*\}) from/m.test(readFileSync(join(root, file), "utf8")),
    );
    expect(barrels).toEqual([]);
  });

  it("has no file past 250 lines but the one that is read as a table: the vocabulary", () => {
    const long = files
      .filter((file) => !file.startsWith("test/"))
      .filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 250);
    expect(long).toEqual(["topology/model.ts"]);
  });

  it("names no session, no issue and no path of a machine", () => {
    const words = /\.\.\/shared|\/work\/|\/root\/|\bissue #?\d|\bthis session\b/i;
    const wrong = files.filter(
      (file) => file !== "test/architecture.test.ts" && words.test(readFileSync(join(root, file), "utf8")),
    );
    expect(wrong).toEqual([]);
  });
});
