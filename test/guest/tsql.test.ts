import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStack } from "../../cli/stackFile";
import { planLab } from "../../topology/check";
import { complaint, skipMaxdop } from "../support/maxdop";
import { tsqlOf, tsqlTexts } from "../support/tsql";

describe.skipIf(skipMaxdop)("the grammar of SQL Server 2019", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "lab-tsql-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const complaints = (texts: readonly (readonly [name: string, sql: string])[]): readonly string[] =>
    texts.flatMap(([name, sql]) => {
      const file = join(folder, "text.sql");
      writeFileSync(file, sql);
      const said = complaint(file);
      return said === "" ? [] : [`${name}: ${said}`];
    });

  it("finds a statement that is none", () => {
    expect(complaints([["broken", "ALTER DATABASE [mgc] SET PARTNER FAILOVR"]])).toEqual([
      expect.stringMatching(/^broken: .*FAILOVR/),
    ]);
  });

  it("takes every statement of the scripts, with names in the place of variables", async () => {
    const texts = await tsqlTexts();
    expect(texts.length).toBeGreaterThan(60);
    expect(texts.map(({ sql }) => sql)).toContain(
      "IF OBJECT_ID(N'DATABASE.dbo.Heartbeat') IS NOT NULL INSERT DATABASE.dbo.Heartbeat DEFAULT VALUES;".replaceAll(
        "DATABASE",
        "mgc",
      ),
    );
    expect(complaints(texts.map(({ from, sql }) => [from, sql]))).toEqual([]);
  });

  it.each(["mgc", "mgccomp"])("takes what Figure 1 sends for %s", async (database) => {
    const { plan } = planLab(readStack("figure-1", undefined).raw);
    expect(complaints([[database, await tsqlOf(plan, database)]])).toEqual([]);
  });
});
