// What `pulumi preview --policy-pack policy` loads: the pack, compiled as the CLI compiles its own sources.
require("../loader/register.cjs");
require("./pack.ts");
