import { describe, expect, it } from "vitest";
import { parseConfig } from "../../topology/config/parse";
import { formatProblems, hasErrors, type Problem } from "../../topology/config/problem";
import { planLab } from "../../topology/planLab";
import { media, smallest } from "../support/config";

const problemsOf = (raw: unknown) => parseConfig(raw).problems;
const summary = (problems: readonly Problem[]) => problems.map(({ rule, path }) => [rule, path]);

describe("a configuration", () => {
  it("needs nothing but the two regions", () => {
    expect(problemsOf(smallest)).toEqual([]);
  });

  it("without any key is asked for what has no default", () => {
    expect(summary(problemsOf({}))).toEqual([["requiredKey", "dataCenters"]]);
  });

  it("may lack everything and still give a plan, so that rules can speak about the rest", () => {
    for (const raw of [undefined, null, "text", [], 7]) {
      const { config, problems } = parseConfig(raw);
      expect(problems.length).toBe(1);
      expect(config.dataCenters.primary.region).toBe("northeurope");
    }
  });

  it("with several mistakes is told all of them at once, each with its path and value", () => {
    const problems = problemsOf({
      dataCenters: { primary: { region: "North Europe" }, secondary: {} },
      pool: { servers: 9, activ: [1] },
      databases: { compliance: "maybe", logShipping: { intervalMinutes: 0 } },
      machines: { sqlServer: { image: "sql-server-2022" } },
    });
    expect(problems.map(({ path, value }) => [path, value])).toEqual([
      ["dataCenters.primary.region", "North Europe"],
      ["dataCenters.secondary.region", undefined],
      ["pool.servers", 9],
      ["pool.activ", undefined],
      ["databases.compliance", "maybe"],
      ["databases.logShipping.intervalMinutes", 0],
      ["machines.sqlServer.image", "sql-server-2022"],
    ]);
  });

  it("is told to leave out quotes around numbers and truth values, and nothing else", () => {
    const fixes = problemsOf({ ...smallest, pool: { servers: "6", name: "6!" }, protectData: "false" });
    expect(fixes.map(({ path, fix }) => [path, fix.endsWith(" Write it without quotes.")])).toEqual([
      ["pool.name", false],
      ["pool.servers", true],
      ["protectData", true],
    ]);
  });

  it("shows letters that look like others by their number, and words of another language as they are", () => {
    const problems = problemsOf({
      ...smallest,
      pool: { name: "n\u043erth" },
      tags: { "a<": "x" },
      lab: "\u043b\u0430\u0431",
    });
    const text = formatProblems("it", problems);
    expect(text).toContain('pool.name = "n\\u043erth"');
    expect(text).toContain('lab = "\u043b\u0430\u0431"');
  });

  it("gets its defaults where values were wrong", () => {
    const { config } = parseConfig({ ...smallest, pool: { servers: 9, name: "rooms" } });
    expect(config.pool).toEqual({ servers: 4, name: "rooms", fileStore: "secondary" });
  });

  it("is told that a wrong list is one problem", () => {
    expect(parseConfig({ ...smallest, pool: { active: [1, 99], servers: 6 } }).config.pool).toEqual({
      ...parseConfig(smallest).config.pool,
      servers: 6,
    });
    expect(summary(problemsOf({ ...smallest, pool: { active: [1, 99] } }))).toEqual([
      ["allowedValue", "pool.active[1]"],
    ]);
  });

  it("is told what is allowed instead", () => {
    const fixes = (raw: object) => problemsOf({ ...smallest, ...raw }).map(({ fix }) => fix);
    expect(fixes({ pool: { servers: 0 } })).toEqual(["Allowed: a whole number from 2 to 8."]);
    expect(fixes({ protectData: "no" })).toEqual(["Allowed: true or false."]);
    expect(fixes({ bastion: "bot" })).toEqual([
      "Allowed: one of none, primary, secondary, both. Did you mean both?",
    ]);
    expect(fixes({ frontEnds: 3 })).toEqual(["Allowed: the keys servers."]);
  });

  it("is told the region that was probably meant", () => {
    const [problem] = problemsOf({
      dataCenters: { ...smallest.dataCenters, primary: { region: "NorthEurope" } },
    });
    expect(problem?.fix).toBe(
      "Allowed: an Azure region such as northeurope, in lower case and without spaces. Did you mean northeurope?",
    );
  });

  it("is told the key that was probably meant, in the same group or elsewhere", () => {
    const fix = (raw: object) => problemsOf({ ...smallest, ...raw })[0]?.fix;
    expect(fix({ bastian: "both" })).toBe("Remove it or correct it. Did you mean bastion?");
    expect(fix({ pool: { server: 4 } })).toBe("Remove it or correct it. Did you mean servers?");
    expect(fix({ witnesses: "both" })).toBe("Remove it or correct it. Did you mean databases.witnesses?");
    expect(fix({ frontEnds: { colour: 1 } })).toBe("Remove it or correct it. Known keys here: servers.");
  });
});

describe("a secret", () => {
  const refused = "short-Secret";

  it("under a misspelt key, or inside a group under one, is not shown either", () => {
    for (const raw of [{ adminPasword: refused }, { sqlSecret: refused }, { admin: { word: refused } }])
      expect(JSON.stringify(problemsOf({ ...smallest, ...raw }))).not.toContain(refused);
  });
});

describe("a wish that this product cannot fulfil", () => {
  it.each([
    [{ databases: { availabilityGroups: true } }, "Always On Availability Groups are not supported"],
    [{ databases: { alwaysOn: true } }, "Always On Availability Groups are not supported"],
    [{ stretchedVlan: true }, "needs no stretched VLAN"],
    [{ version: "2019" }, "Skype for Business Server 2019 has none"],
    [{ frontEnds: { standardEdition: true } }, "needs Enterprise Edition"],
  ])("%j is answered with the reason and what to use instead", (wish, reason) => {
    const [problem] = problemsOf({ ...smallest, ...wish });
    expect(problem?.rule).toBe("supportedProduct");
    expect(problem?.message).toContain(reason);
    expect(problem?.fix).toMatch(/^Leave it out: /);
  });
});

describe("a slip of the pen", () => {
  it("is no wish, whatever its value looks like", () => {
    const [problem] = problemsOf({
      ...smallest,
      machines: { sqlServer: { imagee: "sql-server-2019-standard" } },
    });
    expect([problem?.rule, problem?.fix]).toEqual([
      "knownKey",
      "Remove it or correct it. Did you mean image?",
    ]);
  });
});

describe("a region that nobody knows", () => {
  it("is answered without a hint where none is close", () => {
    const { problems } = planLab({
      dataCenters: { ...smallest.dataCenters, primary: { region: "atlantis" } },
    });
    expect(problems.map(({ fix }) => fix)).toEqual([
      "Correct it. If the region is new, also set dataCenters.primary.faultIsolation.",
    ]);
  });
});

describe("a value that is wrong in itself", () => {
  const withSpace = (addressSpace: string) => ({
    dataCenters: { ...smallest.dataCenters, primary: { region: "northeurope", addressSpace } },
  });

  it("is not reported a second time by the rules that would look at it", () => {
    const both = { ...withSpace("10.2.0.0/33"), pool: { servers: 4, active: [9] } };
    expect(summary(planLab(both).problems)).toEqual([
      ["allowedValue", "dataCenters.primary.addressSpace"],
      ["allowedValue", "pool.active[0]"],
    ]);
  });

  it.each([
    ["10.1.0.0/16", true],
    ["10.0.0.0/8", true],
    ["192.168.2.0/23", true],
    ["172.16.0.0/12", true],
    ["172.32.0.0/16", false],
    ["10.1.0.0/24", false],
    ["10.1.0.1/16", false],
    ["11.0.0.0/16", false],
    ["10.1.0.0", false],
    ["10.0.0.0/7", false],
    ["fd00::/16", false],
  ])("is, as an address space, for %s: allowed %s", (addressSpace, allowed) => {
    expect(problemsOf({ ...smallest, ...withSpace(addressSpace) }).length === 0).toBe(allowed);
  });

  it.each([
    ["lab", "fig1", "Fig1"],
    ["lab", "a2345678", "a23456789"],
    ["domain", "lab.test", "lab"],
    ["domain", "a-b.c.example", "lab.test."],
    ["domain", "fifteencharsxxx.test", "sixteencharsxxxx.test"],
    ["adminUser", "labadmin", "Administrator"],
    ["adminUser", "a".repeat(20), "a".repeat(21)],
    ["link", "low-bandwidth-high-latency", "slow"],
  ])("%s: %s is allowed, %s is not", (key, good, bad) => {
    expect(problemsOf({ ...smallest, [key]: good })).toEqual([]);
    expect(summary(problemsOf({ ...smallest, [key]: bad }))).toEqual([["allowedValue", key]]);
  });

  it.each([
    ["machines", "sqlServer", "size", "Standard_D4s_v5", "D4s_v5"],
    ["machines", "sqlServer", "size", "Standard_E4-2ds_v5", "standard_d4s_v5"],
    ["machines", "sqlServer", "osDiskGiB", 127, 126],
    ["machines", "frontEnd", "image", "windows-server-2016", "windows-server-2022"],
    ["autoShutdown", "", "time", "2359", "2400"],
    ["autoShutdown", "", "time", "0000", "7:00"],
    ["databases", "logShipping", "intervalMinutes", 60, 61],
  ] as const)("%s.%s.%s: %s is allowed, %s is not", (group, part, key, good, bad) => {
    const raw = (value: unknown) => ({
      ...smallest,
      [group]: part === "" ? { [key]: value } : { [part]: { [key]: value } },
    });
    const path = [group, part, key].filter((name) => name !== "").join(".");
    expect(problemsOf(raw(good))).toEqual([]);
    expect(summary(problemsOf(raw(bad)))).toEqual([["allowedValue", path]]);
  });

  it.each([
    ["url", "https://media.blob.core.windows.net/isos/SfB.iso?sv=2022&sig=abc"],
    ["url", "http://media.blob.core.windows.net/isos/SfB.iso"],
    ["sha256", "abc"],
    ["identity", "lab-media"],
  ])("media.%s is not %s", (key, bad) => {
    expect(problemsOf({ ...smallest, media })).toEqual([]);
    const problems = problemsOf({ ...smallest, media: { ...media, [key]: bad } });
    expect(summary(problems)).toEqual([["allowedValue", `media.${key}`]]);
  });

  it("is no image by a name that every object has", () => {
    for (const image of ["constructor", "toString", "__proto__"]) {
      const problems = problemsOf({ ...smallest, machines: { sqlServer: { image } } });
      expect(summary(problems)).toEqual([["allowedValue", "machines.sqlServer.image"]]);
    }
  });

  it("is no gallery image by a wrong id", () => {
    const id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/sql";
    const raw = (image: string) => ({ ...smallest, machines: { sqlServer: { image } } });
    expect(problemsOf(raw(id))).toEqual([]);
    expect(problemsOf(raw(`${id}/versions/1.0.0`))).toEqual([]);
    expect(problemsOf(raw("/subscriptions/0/images/sql")).length).toBe(1);
  });
});

describe("the message for problems", () => {
  it("counts and lists errors first, then warnings, with path, value, sentence and way out", () => {
    const problem = { rule: "r", path: "a.b", message: "Wrong.", fix: "Mend it." } as const;
    const message = formatProblems("stack x", [
      { ...problem, severity: "warning" },
      { ...problem, severity: "error", value: [1] },
      { ...problem, severity: "error" },
    ]);
    expect(message).toBe(
      [
        "stack x: 2 problems",
        "  a.b = [1]\n    Wrong.\n    Mend it.",
        "  a.b\n    Wrong.\n    Mend it.",
        "stack x: 1 warning",
        "  a.b\n    Wrong.\n    Mend it.",
      ].join("\n"),
    );
  });

  it("stops a lab only for errors", () => {
    const problem = { rule: "r", path: "a", message: "", fix: "" };
    expect(hasErrors([{ ...problem, severity: "warning" }])).toBe(false);
    expect(hasErrors([{ ...problem, severity: "error" }])).toBe(true);
  });
});
