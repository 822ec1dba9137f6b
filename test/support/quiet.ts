import { afterEach, beforeEach, expect, vi } from "vitest";

/** Code that prints is a defect: only the command line does, and its tests run it as a process. */
const methods = ["log", "info", "warn", "error", "debug"] as const;

beforeEach(() => {
  for (const method of methods) vi.spyOn(console, method);
});

afterEach(() => {
  for (const method of methods)
    expect(console[method], `console.${method} was called`).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
