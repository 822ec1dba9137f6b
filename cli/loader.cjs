// Runs the TypeScript sources as they are: types are stripped by sucrase, the result is kept on disk. With ts-node or tsx in its place
// `check` takes twice as long, and an extra build step could leave old code running. Used as `node -r ./cli/loader.cjs cli/lab.ts`.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const { version } = require("sucrase/package.json");
const cache = join(__dirname, "..", "node_modules", ".cache", "persistent-chat-lab");

function compile(file, source) {
  const { transform } = require("sucrase");
  return transform(source, { transforms: ["typescript", "imports"], filePath: file }).code;
}

function cached(file, source) {
  const key = createHash("sha256").update(`${version}\n${file}\n${source}`).digest("hex");
  const path = join(cache, `${key}.js`);
  try {
    return readFileSync(path, "utf8");
  } catch {
    const code = compile(file, source);
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
}

require.extensions[".ts"] = (module, file) => module._compile(cached(file, readFileSync(file, "utf8")), file);
