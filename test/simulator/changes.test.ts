import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stackChanges } from "../support/changes";
import { type Told, toldBy } from "../support/guest/told";

const golden: readonly (Told & { readonly title: string })[] = JSON.parse(
  readFileSync(join(__dirname, "..", "golden", "changes.json"), "utf8"),
);

describe("the effects of a change, told without an engine", () => {
  it.each(stackChanges)(
    "of $title are those that the real engine had when it deployed it",
    async (change) => {
      const row = golden.find(({ title }) => title === change.title);
      const told = await toldBy(change);
      // What Azure refuses has no effect that could be published.
      const effect = change.refused === undefined ? told.effect : {};
      expect({ ...told, effect }).toEqual({ effect: row?.effect, protects: row?.protects });
    },
  );
});
