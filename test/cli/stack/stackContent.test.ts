import { describe, expect, it } from "vitest";
import { stackContent } from "../../../cli/stack/stackContent";
import { readYaml } from "../../../cli/stack/stackYaml";
import { isRecord } from "../../../topology/config/raw";
import { goodStack, lab, stackFile } from "../../support/cli";
import { oddFiles } from "../../support/oddFiles";

const contentOf = (text: string) => {
  const read = readYaml(Buffer.from(text));
  if ("problem" in read || !isRecord(read.content)) throw new Error(`unreadable: ${JSON.stringify(read)}`);
  return stackContent(read.content);
};

describe("a stack file", () => {
  it.each(oddFiles)("means with $title what it means to Pulumi", ({ lines, raw }) => {
    expect(contentOf(`config:\n  ${lines}\n`)).toEqual({ raw, password: "missing", problems: [] });
  });

  it.each([
    ["a secret", "{ secure: AAAB }", { password: "secret" }],
    ["plain text", "Open-Sesame-1", { password: "plain", plainPassword: "Open-Sesame-1" }],
    ["a number", "12345", { password: "plain", plainPassword: "12345" }],
    ["nothing", "", { password: "empty" }],
  ])("keeps a password that is %s out of the configuration", (_title, value, password) => {
    expect(contentOf(`config:\n  persistent-chat-lab:adminPassword: ${value}\n`)).toEqual({
      raw: {},
      ...password,
      problems: [],
    });
  });

  it("may have encrypted values, which are not checked and have stand-ins", () => {
    const { raw, problems } = contentOf(`config:
  persistent-chat-lab:domain: { secure: AAAB }
  persistent-chat-lab:pool: { servers: 6, name: { secure: AAAB } }
  persistent-chat-lab:dataCenters: { primary: { region: { secure: AAAB } }, secondary: { secure: AAAB } }
`);
    expect(raw).toEqual({
      pool: { servers: 6 },
      dataCenters: { primary: { region: "northeurope" }, secondary: { region: "swedencentral" } },
    });
    expect(problems.map(({ severity, path }) => [severity, path])).toEqual([
      ["warning", "domain"],
      ["warning", "pool.name"],
      ["warning", "dataCenters.primary.region"],
      ["warning", "dataCenters.secondary"],
    ]);
    expect(problems[0]?.message).toBe("It is encrypted: not checked, and its default stands in for it here.");
  });

  it("may have lists with encrypted items, of which the default stands in for the list", () => {
    const { raw, problems } = contentOf(`config:
  persistent-chat-lab:pool: { servers: 6, split: [ 4, { secure: AAAB } ] }
`);
    expect(raw).toEqual({ pool: { servers: 6 } });
    expect(problems.map(({ path }) => path)).toEqual(["pool.split[1]"]);
  });

  it.each([
    ["a key of Pulumi's that is none", "confg: {}", "confg", "Did you mean config?"],
    [
      "a misspelt namespace",
      "config: { persistent-chatlab:lab: a }",
      "persistent-chatlab:lab",
      "Did you mean persistent-chat-lab:lab?",
    ],
    [
      "a misspelt namespace of no key",
      "config: { persistent-chatlab:zzzzzz: a }",
      "persistent-chatlab:zzzzzz",
      "The namespace of this project is persistent-chat-lab.",
    ],
    ["a namespace alone", 'config: { "persistent-chat-lab:": a }', "persistent-chat-lab:", "Remove it."],
  ])("is told of %s", (_title, text, path, hint) => {
    const { problems } = contentOf(text);
    expect(problems.map((problem) => [problem.rule, problem.path])).toEqual([["knownKey", path]]);
    expect(problems[0]?.fix).toContain(hint);
  });

  it.each([
    ["what an environment adds", "environment: [ shared ]\nconfig: {}", "environment"],
    [
      "a location that no resource takes",
      "config: { azure-native:location: swedencentral }",
      "azure-native:location",
    ],
  ])("is told that %s is not looked at", (_title, text, path) => {
    expect(contentOf(text).problems.map((problem) => [problem.severity, problem.path])).toEqual([
      ["warning", path],
    ]);
  });

  it("keeps keys of other programs to them", () => {
    expect(contentOf("config: { azure-native:tenantId: swedencentral }")).toMatchObject({
      raw: {},
      problems: [],
    });
  });

  it("may not have the data centers as text, which Pulumi refuses", () => {
    const { problems } = contentOf(`config:\n  persistent-chat-lab:dataCenters: '{"primary":{}}'\n`);
    expect(problems.map(({ path, message }) => [path, message])).toEqual([
      ["dataCenters", "It is text, and Pulumi takes nothing but a map."],
    ]);
  });
});

describe("a file that cannot be read", () => {
  const told = (text: string | Buffer) => {
    const read = readYaml(Buffer.from(text));
    return "problem" in read ? read.problem : "fine";
  };

  it.each([
    [
      "a key twice",
      "config:\n  a:b: 1\n  a:b: 2\n",
      "Line 3, column 3: the key a:b stands there for the second time.",
    ],
    ["a tab", "config:\n\tx: 1\n", "Line 2, column 1: a tab begins the line."],
    [
      "no end of a list",
      "a: [1\n",
      "Line 2, column 1: it is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ].",
    ],
    [
      "an alias of nothing",
      "a: *b\n",
      "It is not valid YAML: Unresolved alias (the anchor must be set before the alias): b.",
    ],
    [
      "an alias inside of itself",
      "a: &x { b: *x }\n",
      "It is not valid YAML: an alias stands inside of what it names.",
    ],
    ["too many levels", `a: ${"[".repeat(20_000)}\n`, /^Line 1, column \d+: it is nested too deeply\.$/],
  ])("is told with %s", (_title, text, problem) => {
    const said = told(text);
    if (typeof problem === "string") expect(said).toBe(problem);
    else expect(said).toMatch(problem);
  });

  it("is told with UTF-16, which Windows PowerShell writes", () => {
    expect(told(Buffer.from("\ufeffconfig: {}\n", "utf16le"))).toBe(
      "It is no UTF-8 text; > in Windows PowerShell writes UTF-16.",
    );
  });

  it("is told with bytes that are no UTF-8", () => {
    expect(told(Buffer.from([0x61, 0xc3, 0x28]))).toContain("It is no UTF-8 text");
  });

  it.each([
    ["has no config", "{}\n", "It has no config:."],
    ["has nothing below it", "config:\n", "Its config: is empty."],
    [
      "has a key twice",
      "config:\n  a:b: 1\n  a:b: 2\n",
      "Line 3, column 3: the key a:b stands there for the second time.\n    Keep one of the two.",
    ],
  ])("%s and is told so", async (_title, text, message) => {
    const { code, stdout } = await lab("check", "--config-file", stackFile(text));
    expect(code).toBe(1);
    expect(stdout).toContain(`  Pulumi.mine.yaml\n    ${message}\n`);
  });
});

describe("a file that is read with a warning", () => {
  it.each([
    [
      "an octal number",
      `${goodStack}  persistent-chat-lab:tags: { cost: 0700 }\n`,
      "  tags.cost\n    YAML reads 0700 as an octal number, 448.\n",
    ],
    [
      "a second document",
      `${goodStack}---\nconfig: {}\n`,
      "It has several YAML documents, and Pulumi reads the first one only.",
    ],
  ])("has %s", async (_title, text, message) => {
    expect((await lab("check", "--config-file", stackFile(text))).stdout).toContain(message);
  });
});
