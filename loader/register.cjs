// Lets Node run the TypeScript sources as they are: `node -r ./loader/register.cjs cli/start.ts`.
const { readFileSync } = require("node:fs");
const { compile } = require("./compile.cjs");

require.extensions[".ts"] = (module, file) =>
  module._compile(compile(file, readFileSync(file, "utf8")), file);
