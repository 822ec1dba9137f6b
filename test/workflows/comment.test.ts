import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";

/*
 * The script that posts a comparison. What the first workflow left is text from a stranger, and so are the pull requests and comments of the
 * repository: it may write to the one pull request whose head was compared, and to no comment but its own.
 */

const workflow = parse(
  readFileSync(join(__dirname, "..", "..", ".github", "workflows", "preview-comment.yml"), "utf8"),
) as { jobs: { comment: { steps: { with?: { script?: string } }[] } } };
const script =
  workflow.jobs.comment.steps.find((step) => step.with?.script !== undefined)?.with?.script ?? "";
const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

const marker = "<!-- persistent-chat-lab preview -->";
const pullRequest = { number: 7, head: { sha: "s1", ref: "b", repo: { full_name: "f/r" } as object | null } };

describe("the comment on a pull request", () => {
  let folder: string;
  const before = process.env.RUNNER_TEMP;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lab-comment-"));
    mkdirSync(join(folder, "preview"));
    process.env.RUNNER_TEMP = folder;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    if (before === undefined) delete process.env.RUNNER_TEMP;
    else process.env.RUNNER_TEMP = before;
  });

  /** Runs the script; gives what it did, bodies cut. */
  async function post(
    given: { text?: string; link?: boolean; pulls?: readonly object[]; comments?: readonly object[] } = {},
  ): Promise<readonly unknown[]> {
    const path = join(folder, "preview", "comment.md");
    if (given.link) symlinkSync("/etc/hostname", path);
    else writeFileSync(path, given.text ?? "hello");
    const did: unknown[] = [];
    const github = {
      paginate: async (list: string) =>
        list === "pulls" ? (given.pulls ?? [pullRequest]) : (given.comments ?? []),
      rest: {
        pulls: { list: "pulls" },
        issues: {
          listComments: "comments",
          createComment: async (to: object) => did.push(["create", to]),
          updateComment: async (to: object) => did.push(["update", to]),
        },
      },
    };
    const context = {
      repo: { owner: "o", repo: "r" },
      payload: {
        workflow_run: {
          head_sha: "s1",
          head_branch: "b",
          head_repository: { full_name: "f/r" },
          html_url: "https://run",
        },
      },
    };
    const core = {
      info: (text: string) => did.push(["info", text]),
      setFailed: (text: string) => did.push(["failed", text]),
    };
    await new AsyncFunction("github", "context", "core", "require", script)(github, context, core, require);
    return did;
  }

  it("is made where there is none, with the marker by which it is found again", async () => {
    expect(await post()).toEqual([
      [
        "create",
        {
          owner: "o",
          repo: "r",
          issue_number: 7,
          body: `${marker}\nhello\n\nLabs of s1, compared by [this run](https://run).`,
        },
      ],
    ]);
  });

  it("is brought up to date where it is there, beside one that somebody forged", async () => {
    const comments = [
      { id: 9, user: { login: "mallory" }, body: marker },
      { id: 10, user: { login: "github-actions[bot]" }, body: `${marker}\nold` },
    ];
    expect(await post({ comments })).toEqual([["update", expect.objectContaining({ comment_id: 10 })]]);
  });

  it.each([
    ["whose head has moved on", { ...pullRequest, head: { ...pullRequest.head, sha: "s2" } }],
    [
      "of another fork with the same commit",
      { ...pullRequest, head: { ...pullRequest.head, repo: { full_name: "g/r" } } },
    ],
    ["whose fork is gone", { ...pullRequest, head: { ...pullRequest.head, repo: null } }],
  ])("goes to no pull request %s", async (_, other) => {
    expect(await post({ pulls: [other] })).toEqual([
      ["info", "No open pull request has this head any more."],
    ]);
  });

  it("is not made from a link or from a file that is too big", async () => {
    expect(await post({ link: true })).toEqual([["failed", "Not a comment."]]);
    rmSync(join(folder, "preview", "comment.md"));
    expect(await post({ text: "a".repeat(300_000) })).toEqual([["failed", "Not a comment."]]);
  });

  it("calls nobody, carries no second marker, and stays within GitHub's limit", async () => {
    const [[, { body }]] = (await post({ text: `@team ${marker} ${"a".repeat(200_000)}` })) as [
      [string, { body: string }],
    ];
    expect(body.length).toBeLessThan(65_536);
    expect(body).not.toContain("@team");
    expect(body.split(marker)).toHaveLength(2);
  });
});

describe("every workflow", () => {
  it("pins its actions by commit and grants nothing to all jobs", () => {
    for (const name of ["ci", "preview", "preview-comment"]) {
      const text = readFileSync(join(__dirname, "..", "..", ".github", "workflows", `${name}.yml`), "utf8");
      for (const [, used = ""] of text.matchAll(/uses: (\S+)/g)) expect(used).toMatch(/@[0-9a-f]{40}$/);
      expect((parse(text) as { permissions: object }).permissions).toEqual({});
    }
  });
});
