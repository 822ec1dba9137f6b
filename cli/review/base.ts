import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stackNames } from "../stack/stackFile";
import { root } from "../terminal/paths";
import { err } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";

/** A commit of this repository, checked out beside it, with its own code and packages. */
export interface Base {
  readonly commit: string;
  readonly stacks: readonly string[];
  /** Folder of the checkout. */
  readonly place: string;
  remove(): void;
}

function git(...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** The commit that a name stands for. Throws a UsageError where there is none. */
export function commitOf(ref: string): string {
  const commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
  if (commit === undefined && git("rev-parse", "--git-dir") === undefined)
    throw new UsageError("This folder is no git repository, so there is nothing to compare with.");
  if (commit === undefined)
    throw new UsageError(
      `There is no commit "${ref}" in this repository.${git("rev-parse", "--is-shallow-repository") === "true" ? " It is a shallow clone: fetch more of it (git fetch --deepen=50, or fetch-depth: 0 in a workflow)." : ""}`,
    );
  return commit;
}

/** Everything but documents and tests. */
const allCode = [".", ":!docs", ":!test", ":!*.md", ":!.github", ":!.ci"];
/** What makes resources of a plan and the texts of scripts. */
const program = ["index.ts", "Pulumi.yaml", "components", "package-lock.json"];

/** Whether the working tree has what a commit has, apart from documents and tests. */
export const isUnchanged = (commit: string): boolean => areUnchanged(commit, allCode);

/** Whether the working tree makes the same resources as a commit of the same plan and scripts. */
export const makesTheSame = (commit: string): boolean => areUnchanged(commit, program);

function areUnchanged(commit: string, paths: readonly string[]): boolean {
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
  if (!existsSync(join(tree, "stacks")) || !existsSync(join(tree, "package-lock.json"))) {
    err.say(`The commit ${commit.slice(0, 12)} has no lab in it: every stack is new.\n`);
    return { commit, stacks: [], place: tree, remove };
  }
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
    place: tree,
    remove,
  };
}

function install(tree: string): void {
  const { status, stderr } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel", "error"], {
    cwd: tree,
    encoding: "utf8",
  });
  if (status !== 0) throw new UsageError(`npm ci failed for the packages of the base: ${reasonOf(stderr)}`);
}

/** What npm says of a failure, without the code before it and the place of its log after it. */
export function reasonOf(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.replace(/^npm (error|ERR!) /, "").trim());
  const [reason] = lines.filter(
    (line) => line !== "" && !/^(code|errno|syscall|type) |^A complete log of this run/.test(line),
  );
  return reason ?? "npm did not say why.";
}
