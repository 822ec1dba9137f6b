import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { isLocked } from "../../../cli/pulumi/locks";

describe("a stack in a backend of files", () => {
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), "lab-backend-"));
    onTestFinished(() => rmSync(path, { recursive: true }));
    return path;
  };
  /** Leaves what a killed Pulumi leaves. */
  const lock = (path: string) => {
    const locks = join(path, ".pulumi", "locks", "organization", "persistent-chat-lab", "minimal");
    mkdirSync(locks, { recursive: true });
    writeFileSync(join(locks, "ca3cf53b.json"), "{}");
    return locks;
  };

  it("is locked where a lock is left, and only that one", () => {
    const path = folder();
    expect(isLocked(`file://${path}`, "minimal")).toBe(false);
    const locks = lock(path);
    expect(isLocked(`file://${path}`, "minimal")).toBe(true);
    expect(isLocked(`file://${path}?metadata=skip`, "minimal")).toBe(true);
    expect(isLocked(`file://${path}`, "full")).toBe(false);
    rmSync(join(locks, "ca3cf53b.json"));
    writeFileSync(join(locks, "ca3cf53b.json.attrs"), "{}");
    expect(isLocked(`file://${path}`, "minimal")).toBe(false);
  });

  it("may stand at home", () => {
    const path = folder();
    lock(path);
    expect(isLocked("file://~", "minimal", path)).toBe(true);
  });

  it("is not known of any other backend", () => {
    expect(isLocked("https://api.pulumi.com", "minimal")).toBe(false);
    expect(isLocked("azblob://state", "minimal")).toBe(false);
  });
});
