import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWords } from "./processes";

const root = join(__dirname, "..", "..");
const files = ["index.ts", "Pulumi.yaml", "package.json", "package-lock.json", "tsconfig.json"];
/** Folders of a copied repository. */
export const folders = [
  "cli",
  "components",
  "guest",
  "loader",
  "policy",
  "simulator",
  "stacks",
  "topology",
  "docs",
];

/** Runs a program in a folder. */
const runIn = (folder: string, program: string, args: readonly string[]) =>
  spawnSync(program, args, { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 ** 2 });

/** Runs git in a folder, as somebody. */
export const gitIn = (folder: string, ...args: readonly string[]) =>
  runIn(folder, "git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args]);

/** Runs `lab` in a copied repository. */
export const labIn = (folder: string, ...args: readonly string[]) =>
  runIn(folder, process.execPath, [...startWords, ...args]);

/** Runs `lab` in a copied repository after a module of CommonJS, which may put something else in the place of the network. */
export const labInAfter = (module: string, folder: string, ...args: readonly string[]) =>
  runIn(folder, process.execPath, ["-r", module, ...startWords, ...args]);

/** A repository of its own with this checkout's program as its only commit; whoever asked for it removes the folder. */
export function copyRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), "lab-repository-"));
  for (const part of [...files, ...folders])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  for (const command of [
    ["init", "--quiet"],
    ["add", "."],
    ["commit", "--quiet", "--message", "base"],
  ]) {
    const { status, stderr } = gitIn(folder, ...command);
    if (status !== 0) throw new Error(`git ${command[0]} failed: ${stderr}`);
  }
  return folder;
}
