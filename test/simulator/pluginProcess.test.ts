import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";

const root = join(__dirname, "..", "..");

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it("the plugin ends when the engine that started it was killed", async () => {
  const cloud = mkdtempSync(join(tmpdir(), "lab-cloud-"));
  onTestFinished(() => rmSync(cloud, { recursive: true, force: true }));
  const words = [
    process.execPath,
    "-r",
    join(root, "loader", "register.cjs"),
    join(root, "simulator", "plugin", "main.ts"),
  ];
  const engine = spawn("sh", ["-c", `"$@" & echo "pid $!"; wait`, "sh", ...words], {
    env: { ...process.env, LAB_CLOUD: cloud },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  engine.stdout.on("data", (text) => {
    said += String(text);
  });
  while (!/^pid \d+\n\d+\n/.test(said)) await setTimeout(50);
  const pid = Number(/^pid (\d+)/.exec(said)?.[1]);
  expect(isAlive(pid)).toBe(true);
  engine.kill("SIGKILL");
  for (let tries = 0; isAlive(pid) && tries < 100; tries++) await setTimeout(50);
  expect(isAlive(pid)).toBe(false);
});
