import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readStack } from "../../cli/stack/stackFile";
import { planLab } from "../../topology/planLab";
import { complaints, skipMaxdop } from "../support/guest/maxdop";
import { tsqlOf, tsqlTexts } from "../support/guest/tsql";

describe.skipIf(skipMaxdop)("the grammar of SQL Server 2019", () => {
  const complaintsOf = (texts: Readonly<Record<string, string>>): readonly string[] => {
    const folder = mkdtempSync(join(tmpdir(), "lab-tsql-"));
    try {
      for (const [name, sql] of Object.entries(texts)) writeFileSync(join(folder, `${name}.sql`), sql);
      return complaints(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it("finds a statement that is none among others", () => {
    expect(complaintsOf({ good: "SELECT 1", broken: "ALTER DATABASE [mgc] SET PARTNER FAILOVR" })).toEqual([
      "broken: 1:34: Incorrect syntax near 'FAILOVR'. (error 46010)",
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
    const files = texts.map(({ from, sql }, index) => [`${from.replaceAll(/[/:]/g, "-")}-${index}`, sql]);
    expect(complaintsOf(Object.fromEntries(files))).toEqual([]);
  });

  it.each(["mgc", "mgccomp"])("takes what Figure 1 sends for %s", async (database) => {
    const { plan } = planLab(readStack("figure-1", undefined).raw);
    expect(complaintsOf({ [database]: await tsqlOf(plan, database) })).toEqual([]);
  });
});
