import { describe, expect, it } from "vitest";
import { parseConfig } from "../../topology/config/parse";
import { formatProblems } from "../../topology/config/problem";
import { planLab } from "../../topology/planLab";
import { media, smallest } from "../support/config";

describe("a value in a message", () => {
  const shown = (raw: object) =>
    planLab({ ...smallest, ...raw }).problems.map(({ path, value }) => [path, value]);

  it("has no query of a URL, where a signature may stand", () => {
    const url = "https://acc.blob.core.windows.net/isos/SfB.iso?sv=2020&sig=SECRETSIGNATURE";
    expect(shown({ media: { ...media, url } })).toEqual([
      ["media.url", "https://acc.blob.core.windows.net/isos/SfB.iso?..."],
    ]);
    expect(JSON.stringify(shown({ media: [url], link: { url } }))).not.toContain("SECRETSIGNATURE");
  });

  it("is no longer than a line", () => {
    const [[path, value] = []] = shown({ lab: "a".repeat(10_000_000) });
    expect([path, value]).toEqual(["lab", `${"a".repeat(120)}... (10000000 characters)`]);
  });

  it("shows what would act on a terminal", () => {
    const text = formatProblems("x", planLab({ ...smallest, lab: "\u001b[2J\u202e", "k\u001b": 1 }).problems);
    expect(text).toContain('lab = "\\u001b[2J\\u202e"');
    expect(text).toContain('  ["k\\u001b"] = 1\n');
    for (const character of ["\u001b", "\u202e"]) expect(text).not.toContain(character);
  });

  it("is one of fifty at most", () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, index]));
    const lines = formatProblems("x", planLab({ ...smallest, ...many }).problems).split("\n");
    expect([lines[0], lines.at(-1), lines.length]).toEqual(["x: 20000 problems", "  and 19950 more", 152]);
  });
});

describe("a value that people write otherwise", () => {
  const config = (raw: object) => parseConfig({ ...smallest, ...raw });

  it.each([
    [700, "0700"],
    [2230, "2230"],
    [0, "0000"],
    ["1900", "1900"],
  ])("may be the time %j", (time, text) => {
    expect(config({ autoShutdown: { time } }).config.autoShutdown.time).toBe(text);
  });

  it.each([2400, 1260, -1, 7.5, "2460", "7:00"])("may not be the time %j", (time) => {
    expect(config({ autoShutdown: { time } }).problems.map(({ path }) => path)).toEqual([
      "autoShutdown.time",
    ]);
  });

  it("may be a tag that is a number or a truth value", () => {
    expect(config({ tags: { cost: 123, on: true } }).config.tags).toEqual({ cost: "123", on: "true" });
  });

  it.each([
    ["a tag of 257 characters", { tags: { a: "x".repeat(257) } }, "tags.a"],
    ["a tag with a control character", { tags: { a: "x\ny" } }, "tags.a"],
    ["a tag's name with a control character", { tags: { "a\tb": "x" } }, 'tags["a\\tb"]'],
    ["an account that every domain has", { adminUser: "krbtgt" }, "adminUser"],
    ["a name of 21 characters", { adminUser: "a".repeat(21) }, "adminUser"],
    ["a domain that ends in digits", { domain: "lab.123" }, "domain"],
    [
      "a folder above",
      { media: { ...media, url: "https://acc.blob.core.windows.net/a/../b.iso" } },
      "media.url",
    ],
    ["a pool of one server", { pool: { servers: 1 } }, "pool.servers"],
    [
      "a data disk on a machine that has none",
      { machines: { frontEnd: { dataDiskGiB: 32 } } },
      "machines.frontEnd.dataDiskGiB",
    ],
    ["a prototype", JSON.parse('{"tags":{"__proto__":{"a":"b"}}}'), "tags.__proto__"],
  ])("may not be %s", (_title, raw, path) => {
    expect(planLab({ ...smallest, ...raw }).problems.map((problem) => problem.path)).toEqual([path]);
  });

  it.each([
    ["a tag of 256 characters", { tags: { a: "x".repeat(256) } }],
    ["a name of 20 characters", { adminUser: "a".repeat(20) }],
  ])("may be %s", (_title, raw) => {
    expect(planLab({ ...smallest, ...raw }).problems).toEqual([]);
  });

  it.each([
    [{ image: "windows-server-2019" }, "There is no such key."],
    [{ windowsVersion: 2019 }, "There is no such key."],
    [{ sqlImage: "sql-server-2019-standard" }, "There is no such key."],
    [
      { skypeVersion: 2019 },
      "Persistent Chat exists in Skype for Business Server 2015 only; Skype for Business Server 2019 has none.",
    ],
    [
      { edition: "Standard Edition" },
      "A stretched Persistent Chat pool needs Enterprise Edition; with Standard Edition there is no high availability.",
    ],
  ])("is answered in %j by what it is about", (raw, message) => {
    expect(planLab({ ...smallest, ...raw }).problems.map((problem) => problem.message)).toEqual([message]);
  });

  it("is told that a path is no key, and how to write it", () => {
    expect(
      planLab({ ...smallest, "pool.servers": 8 }).problems.map(({ message, fix }) => [message, fix]),
    ).toEqual([
      [
        "It is a path, and Pulumi takes it for one key.",
        "Write it as a map, or with pulumi config set --path pool.servers <value>.",
      ],
    ]);
  });

  it("is told that a key may be left out where it is empty", () => {
    const fixes = (raw: object) =>
      planLab({ ...smallest, ...raw }).problems.map(({ message, fix }) => [message, fix]);
    expect(fixes({ media: "" })).toEqual([
      ["It is empty.", "Allowed: the keys url, sha256, identity, update, urlRewrite. Or leave the key out."],
    ]);
    expect(fixes({ dataCenters: null })).toEqual([["It is empty.", "Allowed: the keys primary, secondary."]]);
  });

  it("is not answered with a key that some other group has as well", () => {
    expect(planLab({ ...smallest, pool: { size: 8 } }).problems.map(({ fix }) => fix)).toEqual([
      "Remove it or correct it. Known keys here: name, servers, split, active, fileStore.",
    ]);
  });
});
