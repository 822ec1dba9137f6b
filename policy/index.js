// What `pulumi preview --policy-pack policy` loads: the pack, compiled as the CLI compiles its own sources.
require("../cli/loader.cjs");
require("./pack.ts");
