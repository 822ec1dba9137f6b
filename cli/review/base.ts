import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type RegisteredResource, withoutOptions } from "../../simulator/engine/registered";
import { stackNames } from "../stack/stackFile";
import { root } from "../terminal/paths";
import { UsageError } from "../terminal/usage";
import type { StackSide } from "./compare";

/** A commit of this repository, checked out beside it, with its own code and packages. */
export interface Base {
  readonly commit: string;
  readonly stacks: readonly string[];
  /** The resources that a stack's program registers there, or why it registers none. */
  side(stack: string): Promise<StackSide>;
  remove(): void;
}

function git(...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** The commit that a name stands for. Throws a UsageError where there is none. */
export function commitOf(ref: string): string {
  const commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
  if (commit === undefined) throw new UsageError(`There is no commit "${ref}" in this repository.`);
  return commit;
}

/** Whether the working tree has what a commit has, apart from documents and tests. */
export function isUnchanged(commit: string): boolean {
  const paths = [".", ":!docs", ":!test", ":!*.md", ":!.github", ":!.ci"];
  const { status } = spawnSync("git", ["diff", "--quiet", commit, "--", ...paths], { cwd: root });
  return status === 0 && git("ls-files", "--others", "--exclude-standard", "--", ...paths) === "";
}

/** Checks a commit out into a folder of its own. Its packages are this checkout's where the lock file is the same, else installed. */
export function checkOut(commit: string): Base {
  const folder = mkdtempSync(join(tmpdir(), "lab-base-"));
  const tree = join(folder, "base");
  if (git("worktree", "add", "--detach", "--quiet", tree, commit) === undefined)
    throw new UsageError(`git could not check ${commit} out into a folder beside this one.`);
  const remove = () => {
    git("worktree", "remove", "--force", tree);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const lock = (place: string) => readFileSync(join(place, "package-lock.json"), "utf8");
    if (lock(tree) === lock(root)) symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
    else install(tree);
  } catch (error) {
    remove();
    throw error;
  }
  const stacks = stackNames(tree);
  return {
    commit,
    stacks,
    remove,
    side: async (stack) => (stacks.includes(stack) ? sideOf(tree, stack) : undefined),
  };
}

function install(tree: string): void {
  const { status, stderr } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel", "error"], {
    cwd: tree,
    encoding: "utf8",
  });
  if (status !== 0)
    throw new UsageError(
      `npm ci failed for the packages of the base: ${stderr.trim().split("\n").at(-1) ?? ""}`,
    );
}

/** What `lab preview --json` says in a checkout. */
export async function sideOf(place: string, stack: string): Promise<StackSide> {
  // As the checkout starts its own command line, which may have stood elsewhere.
  const { scripts } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const [, ...start] = (scripts.lab as string).split(" ");
  const command = [...start, "preview", "--stack", stack, "--json"];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      cwd: place,
      maxBuffer: 256 * 1024 ** 2,
      env: { ...process.env, LAB_PREVIEW_EVERYTHING: "1" },
    });
    return { resources: (JSON.parse(stdout) as readonly Shown[]).map(registered) };
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    if (stderr === undefined) throw error;
    return { problems: stderr.replaceAll(place, ".").trim() };
  }
}

type Shown = Partial<RegisteredResource> &
  Pick<RegisteredResource, "urn" | "type" | "name" | "inputs" | "protect">;

/** A resource as an older checkout may show it, which said less of it. */
function registered(shown: Shown): RegisteredResource {
  return {
    ...withoutOptions,
    custom: /^azure-native:/.test(shown.type),
    ...shown,
  };
}
