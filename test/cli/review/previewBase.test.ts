import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StackReport } from "../../../cli/review/report";
import { shapes } from "../../../cli/terminal/shapes";
import { lab } from "../../support/cli";
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
    // One stack says as much as four, in a quarter of the time.
    git(
      "rm",
      "--quiet",
      ...["figure-1", "figure-2", "full"].map((stack) => join("stacks", `Pulumi.${stack}.yaml`)),
    );
    git("commit", "--quiet", "--message", "one stack");
  });
  afterAll(() => rmSync(repository, { recursive: true, force: true }));

  it("runs the code of both sides, so that an edited guest script shows", () => {
    const edit = () => appendFileSync(join(repository, "guest", "Set-Firewall.ps1"), "# a comment\n");
    const { status, stdout } = changed(edit, () => preview("--base", "HEAD", "--format", "markdown"));
    expect(status).toBe(0);
    expect(stdout).toContain("- `minimal`: 8 guest steps run\n");
    expect(stdout).toContain("- `A-DC01`: firewall\n");
    expect(stdout).not.toContain(repository);
    expect(git("worktree", "list").stdout.trim().split("\n")).toHaveLength(1);
  });

  it("runs nothing where only documents changed", () => {
    const edit = () => appendFileSync(join(repository, "docs", "guest.md"), "More.\n");
    const { stdout } = changed(edit, () => preview("--base", "HEAD"));
    expect(stdout).toContain("\n- minimal: no change\n\n");
  });

  it("tells of a stack file that is broken, with its problems, and fails where it is asked to", () => {
    const edit = () =>
      writeFileSync(
        join(repository, "stacks", "Pulumi.minimal.yaml"),
        "config:\n  persistent-chat-lab:pool: { servers: 9 }\n",
      );
    const { status, stdout, stderr } = changed(edit, () =>
      preview("--base", "HEAD", "--fail-on", "problems"),
    );
    expect(stdout).toContain("- minimal: makes no lab\n");
    expect(stdout).toContain("pool.servers = 9");
    expect([status, stderr]).toEqual([1, "Failed on problems: minimal.\n"]);
  });

  it("says how Pulumi is told that a stack only got another name", () => {
    const file = (name: string) => join(repository, "stacks", `Pulumi.${name}.yaml`);
    const rename = () => {
      cpSync(file("minimal"), file("small"));
      rmSync(file("minimal"));
    };
    const { stdout } = changed(rename, () => preview("--base", "HEAD"));
    expect(stdout).toMatch(
      /^- small: is new: .*; if it is minimal by another name: pulumi stack rename small --stack minimal$/m,
    );
  });

  it("lets a stack file be mended that made no lab in the base", () => {
    const file = join(repository, "stacks", "Pulumi.minimal.yaml");
    const good = readFileSync(file, "utf8");
    writeFileSync(file, good.replace("servers: 2", "servers: 1"));
    git("commit", "--quiet", "--all", "--message", "broken");
    writeFileSync(file, good);
    const { status, stdout } = preview("--base", "HEAD", "--fail-on", "problems");
    git("commit", "--quiet", "--all", "--message", "mended");
    expect(stdout).toContain("- minimal: made no lab before, and makes one now\n");
    expect(stdout).toContain("minimal: the base did not plan\n");
    expect(status).toBe(0);
  });

  it("takes every stack for new beside a commit without a lab", () => {
    const empty = git(
      "commit-tree",
      "-m",
      "nothing",
      "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    ).stdout.trim();
    const { status, stdout, stderr } = preview("--base", empty);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `The commit ${empty.slice(0, 12)} has no lab in it: every stack is new.\n`,
    });
    expect(stdout).toContain("- minimal: is new: 8 machines");
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
      const shown = JSON.parse(preview("--base", "HEAD", "--json").stdout);
      expect(shapes["preview --base"].safeParse(shown).error).toBeUndefined();
      expect(shown.stacks.map(({ stack, verdict }: StackReport) => [stack, verdict])).toEqual([
        [
          "mine",
          "is new: 8 machines, 16 vCPUs, 1.99 USD/h, breaks the advisory policy survives-any-one-machine; if it is minimal by another name: pulumi stack rename mine --stack minimal",
        ],
        ["minimal", "is removed: a lab that stands keeps standing, and has no file any more"],
      ]);
    });
  });

  it("knows no stack that is on neither side", () => {
    const edit = () => appendFileSync(join(repository, "index.ts"), "\n");
    expect(changed(edit, () => preview("--base", "HEAD", "--stack", "other"))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('There is no stack "other" on either side.\n'),
    });
  });

  it("knows no commit and no gate of another name", async () => {
    expect(await lab("preview", "--base", "nowhere")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no commit "nowhere" in this repository.\n'),
    });
    expect(await lab("preview", "--base", "HEAD", "--fail-on", "rain")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        "--fail-on takes problems, replace, delete, data-loss, policy, availability, survival",
      ),
    });
  });
});
