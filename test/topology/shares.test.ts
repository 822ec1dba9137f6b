import { describe, expect, it } from "vitest";
import { planOf } from "../support/config";

describe("the shares", () => {
  it("are backup, copy, chat file store and a file store for each Front End pool, with who may use them", () => {
    const { shares } = planOf({ frontEnds: { servers: 1 }, pool: { servers: 2 } });
    const sql = ["A-SQL01", "A-SQL02", "B-SQL01", "B-SQL02"];
    expect(shares.map(({ id, purpose, readWrite, readOnly }) => [id, purpose, readWrite, readOnly])).toEqual([
      ["B-FS01/LsBackup", "log-shipping-backup", sql, []],
      ["B-SQL01/LsCopy", "log-shipping-copy", ["B-SQL01"], ["A-SQL01", "A-SQL02", "B-SQL02"]],
      ["B-FS01/ChatStore", "chat-file-store", ["A-CHAT01", "B-CHAT02", "A-FE01", "B-FE01"], []],
      ["A-FS01/FrontEndStore", "front-end-file-store", ["A-FE01", "B-FE01"], []],
      ["B-FS01/FrontEndStore", "front-end-file-store", ["A-FE01", "B-FE01"], []],
    ]);
  });

  it("have a UNC path, a folder on the host and a folder for each database", () => {
    const [backup] = planOf({ databases: { compliance: "shared" } }).shares;
    expect(backup).toMatchObject({
      unc: "\\\\b-fs01.lab.test\\LsBackup",
      path: "F:\\LsBackup",
      folders: ["mgc", "mgccomp"],
    });
  });

  it("for copies stand on each secondary", () => {
    const copies = planOf({ databases: { compliance: "dedicated" } }).shares.filter(
      ({ purpose }) => purpose === "log-shipping-copy",
    );
    expect(copies.map(({ id, folders }) => [id, folders])).toEqual([
      ["B-SQL01/LsCopy", ["mgc"]],
      ["B-SQL03/LsCopy", ["mgccomp"]],
    ]);
  });

  it("for backups stand where the configuration says", () => {
    expect(planOf({ databases: { backupShare: "primary" } }).shares[0]?.host).toBe("A-FS01");
  });

  it("need a file server only where one is used", () => {
    const hosts = (changes: object) =>
      planOf({ frontEnds: { servers: 0 }, ...changes })
        .machines.filter(({ kind }) => kind === "fileServer")
        .map(({ name }) => name);
    expect(hosts({})).toEqual(["B-FS01"]);
    expect(hosts({ pool: { fileStore: "primary" } })).toEqual(["A-FS01", "B-FS01"]);
    expect(hosts({ databases: { backupShare: "primary" }, pool: { fileStore: "primary" } })).toEqual([
      "A-FS01",
    ]);
  });
});
