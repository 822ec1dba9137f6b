import { spawnSync } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { out } from "../../cli/terminal/terminal";
import { lab, stackFile } from "../support/cli";
import { labWith } from "../support/processes";

const root = join(__dirname, "..", "..");

describe("what a command writes to stdout", () => {
  it("is data alone, although npm starts the command", () => {
    const { stdout } = spawnSync("sh", ["-c", "npm run lab -- schema"], { cwd: root, encoding: "utf8" });
    expect(JSON.parse(stdout)).toMatchObject({ title: "Stack file of persistent-chat-lab" });
  });

  it("ends quietly where its reader went away", () => {
    const pipe = '"$0" -r "$1" cli/start.ts show --json | head -c 1; echo " $' + "{PIPESTATUS[0]}" + '"';
    const words = ["-c", pipe, process.execPath, join(root, "loader", "register.cjs")];
    const { status, stderr, stdout } = spawnSync("bash", words, { cwd: root, encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "{ 0\n", stderr: "" });
  });

  it.skipIf(!existsSync("/dev/full"))("is missed with a reason where the disk is full", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["-r", join(root, "loader", "register.cjs"), "cli/start.ts", "schema"],
      {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
      },
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: "The output cannot be written: ENOSPC.\n" });
  });
});

describe("what nobody foresaw", () => {
  const broken = () =>
    stackFile('JSON.stringify = () => { throw new Error("one line\\nand more"); };', "broken.cjs");

  it("is one sentence that says where to report it, without a stack trace", () => {
    const { code, stderr } = labWith({ NODE_OPTIONS: `-r ${broken()}` }, "schema");
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr:
        "This should not happen: one line\nPlease report it with the command and the stack file, and with what LAB_TRACE=1 in front of the command prints.\n",
    });
  });

  it("is no lack of room for a file, which is told as that", async () => {
    const full = () => {
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), {
        code: "ENOSPC",
        path: "/full/x",
      });
    };
    vi.spyOn(out, "say").mockImplementation(full);
    onTestFinished(() => void vi.restoreAllMocks());
    const { code, stderr } = await lab("--help");
    expect([code, stderr]).toEqual([1, "There is no room for /full/x (ENOSPC). Make some, and try again.\n"]);
  });

  it("shows its stack trace to those who ask", () => {
    const { code, stderr } = labWith({ NODE_OPTIONS: `-r ${broken()}`, LAB_TRACE: "1" }, "schema");
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Error: one line\nand more\n {4}at JSON\.stringify/);
  });
});

describe("a stack file that is no file", () => {
  it("is told as what it is", async () => {
    const folder = dirname(stackFile(""));
    const { code, stderr } = await lab("check", "--config-file", folder);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `${folder} is a folder, not a stack file.\nSee npm run lab -- --help\n`,
    });
  });
});
