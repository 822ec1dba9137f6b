import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shapes } from "../../../cli/terminal/shapes";
import { copyRepository, folders, gitIn, labIn } from "../../support/repository";

describe("lab preview --base", () => {
  let repository: string;
  const git = (...args: string[]) => gitIn(repository, ...args);
  const preview = (...args: string[]) => {
    const { status, stdout, stderr } = labIn(repository, "preview", ...args);
    return { status, stdout, stderr };
  };
  /** Changes the working tree, looks, and takes the change back. */
  const changed = <T>(change: () => void, look: () => T): T => {
    change();
    try {
      return look();
    } finally {
      git("checkout", "--quiet", "--", ".");
      git("clean", "--quiet", "--force", "-d", "--", ...folders);
    }
  };

  beforeAll(() => {
    repository = copyRepository();
  });
  afterAll(() => rmSync(repository, { recursive: true, force: true }));

  it("runs the code of both sides, so that an edited guest script shows", () => {
    const edit = () => appendFileSync(join(repository, "guest", "Set-Firewall.ps1"), "# a comment\n");
    const { status, stdout } = changed(edit, () =>
      preview("--base", "HEAD", "--stack", "minimal", "--format", "markdown"),
    );
    expect(status).toBe(0);
    expect(stdout).toContain("- `minimal`: 8 guest steps run\n");
    expect(stdout).toContain("- `A-DC01`: firewall\n");
    expect(stdout).not.toContain(repository);
    expect(git("worktree", "list").stdout.trim().split("\n")).toHaveLength(1);
  });

  it("runs the code of a checkout that knows one stack at a time", () => {
    const settings = join(repository, "package.json");
    const now = readFileSync(settings, "utf8");
    writeFileSync(settings, now.replace(/^ *"sides": .*\n/m, ""));
    git("commit", "--quiet", "--all", "--message", "older");
    writeFileSync(settings, now);
    git("commit", "--quiet", "--all", "--message", "newer");
    const edit = () => appendFileSync(join(repository, "guest", "Set-Firewall.ps1"), "# a comment\n");
    const { stdout } = changed(edit, () => preview("--base", "HEAD~1", "--stack", "minimal"));
    expect(stdout).toContain("- minimal: 8 guest steps run\n");
  });

  it("runs the programs of both sides where they differ, and tells an error of one as its problem", () => {
    const edit = () =>
      writeFileSync(
        join(repository, "components", "peering.ts"),
        'throw new Error("not finished yet");\nexport class Peering {}\n',
      );
    const { stdout } = changed(edit, () => preview("--base", "HEAD", "--stack", "minimal"));
    expect(stdout).toContain("- minimal: makes no lab\n");
    expect(stdout).toContain("The program ends with an error: not finished yet");
  });

  it("runs nothing where only documents changed", () => {
    const edit = () => appendFileSync(join(repository, "docs", "guest.md"), "More.\n");
    const { stdout } = changed(edit, () => preview("--base", "HEAD"));
    expect(stdout).toMatch(
      /- figure-1: no change\n- figure-2: no change\n- full: no change\n- minimal: no change\n/,
    );
  });

  it("tells of a stack file that is broken, with its problems, and fails where it is asked to", () => {
    const edit = () =>
      writeFileSync(
        join(repository, "stacks", "Pulumi.minimal.yaml"),
        "config:\n  persistent-chat-lab:pool: { servers: 9 }\n",
      );
    const { status, stdout, stderr } = changed(edit, () =>
      preview("--base", "HEAD", "--stack", "minimal", "--fail-on", "problems"),
    );
    expect(stdout).toContain("- minimal: makes no lab\n");
    expect(stdout).toContain("pool.servers = 9");
    expect([status, stderr]).toEqual([1, "Failed on problems: minimal.\n"]);
  });

  it("tells of a stack that is gone and of one that is new, as data too", () => {
    const edit = () => {
      cpSync(
        join(repository, "stacks", "Pulumi.minimal.yaml"),
        join(repository, "stacks", "Pulumi.mine.yaml"),
      );
      rmSync(join(repository, "stacks", "Pulumi.minimal.yaml"));
    };
    changed(edit, () => {
      const verdict = (stack: string) => {
        const shown = JSON.parse(preview("--base", "HEAD", "--stack", stack, "--json").stdout);
        expect(shapes["preview --base"].safeParse(shown).error).toBeUndefined();
        return shown.stacks.map((one: { verdict: string }) => one.verdict);
      };
      expect(verdict("minimal")[0]).toMatch(/^is removed/);
      expect(verdict("mine")).toEqual(["is new"]);
    });
  });

  it("knows no commit of another name, and no stack that is on neither side", () => {
    expect(preview("--base", "nowhere")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('There is no commit "nowhere" in this repository.\n'),
    });
    const edit = () => appendFileSync(join(repository, "index.ts"), "\n");
    expect(changed(edit, () => preview("--base", "HEAD", "--stack", "other"))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('There is no stack "other" on either side.\n'),
    });
    expect(preview("--base", "HEAD", "--fail-on", "rain")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(
        "--fail-on takes problems, replace, delete, data-loss, policy, availability",
      ),
    });
  });
});
