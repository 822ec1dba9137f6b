// TypeScript sources as JavaScript: types are stripped by sucrase, line by line, and the result is kept on disk. ts-node's own way and tsx
// take several times as long, and an extra build step could leave old code running. Read by the command line (register.cjs) and, as a
// transpiler of ts-node, by the Pulumi runtime (tsconfig.pulumi.json).
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const { version } = require("sucrase/package.json");
const cache = join(__dirname, "..", "node_modules", ".cache", "persistent-chat-lab");

function stripTypes(file, source) {
  const { transform } = require("sucrase");
  return transform(source, { transforms: ["typescript", "imports"], filePath: file }).code;
}

exports.compile = (file, source) => {
  // By content and not by place: another checkout, as a comparison makes one, finds what this one compiled.
  const key = createHash("sha256").update(`${version}\n${source}`).digest("hex");
  const path = join(cache, `${key}.js`);
  try {
    return readFileSync(path, "utf8");
  } catch {
    const code = stripTypes(file, source);
    try {
      mkdirSync(cache, { recursive: true });
      // Another process may be writing the same file: a rename is all or nothing.
      writeFileSync(`${path}.${process.pid}`, code);
      renameSync(`${path}.${process.pid}`, path);
    } catch {
      // A read-only checkout only costs time.
    }
    return code;
  }
};

/** What ts-node asks of a transpiler: https://typestrong.org/ts-node/docs/transpilers. Lines stay where they are, so the map is empty. */
exports.create = () => ({
  transpile: (source, { fileName }) => ({
    outputText: exports.compile(fileName, source),
    sourceMapText: JSON.stringify({ version: 3, sources: [fileName], names: [], mappings: "" }),
  }),
});
