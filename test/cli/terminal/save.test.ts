import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { save } from "../../../cli/terminal/save";
import { typed } from "../../support/processes";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "lab-save-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe("save()", () => {
  it("writes through a link, and over no file that may not be written to", () => {
    const path = folder();
    const [real, link] = [join(path, "real"), join(path, "link")];
    writeFileSync(real, "before");
    symlinkSync(real, link);
    save(link, "after");
    expect([readFileSync(real, "utf8"), lstatSync(link).isSymbolicLink()]).toEqual(["after", true]);
    chmodSync(real, 0o444);
    if (process.getuid?.() !== 0) expect(() => save(real, "x")).toThrow("cannot be written (EACCES).");
  });

  it("writes a file as a whole", () => {
    const path = join(folder(), "x.svg");
    writeFileSync(path, "before");
    save(path, "after");
    expect(readFileSync(path, "utf8")).toBe("after");
    expect(readdirSync(join(path, ".."))).toEqual(["x.svg"]);
  });

  // A limit on the size of files does what a full disk does, and needs no disk.
  it.skipIf(process.platform === "win32")("leaves a file as it was where there is no room", () => {
    const path = join(folder(), "x.svg");
    writeFileSync(path, "before");
    const program = `require("./loader/register.cjs");
      process.on("SIGXFSZ", () => {});
      try { require("./cli/terminal/save").save(process.argv[1], "x".repeat(1e6)) } catch (error) { console.log(error.message) }`;
    const { stdout } = typed(`ulimit -f 100; node -e '${program}' "$FILE"`, { FILE: path });
    expect(stdout).toBe(`${path} cannot be written (EFBIG).\n`);
    expect(readFileSync(path, "utf8")).toBe("before");
    expect(readdirSync(join(path, ".."))).toEqual(["x.svg"]);
  });

  it.skipIf(process.platform !== "linux")("writes to a device as it is", () => {
    expect(() => save("/dev/full", "x")).toThrow("/dev/full cannot be written (ENOSPC).");
    expect(() => save("/dev/null", "x")).not.toThrow();
  });
});
