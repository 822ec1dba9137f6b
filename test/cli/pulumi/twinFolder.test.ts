import { lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { prepareTwin, stackOfTwin } from "../../../cli/pulumi/twin";
import { labWith } from "../../support/processes";

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "lab-twin-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

describe("the folder of a twin", () => {
  it("shares the program with the checkout and has a backend, a cloud and stack files of its own", () => {
    const path = folder();
    const { project, env, cloud } = prepareTwin(path);
    expect(lstatSync(join(project, "topology")).isSymbolicLink()).toBe(true);
    expect(lstatSync(join(project, "stacks")).isSymbolicLink()).toBe(false);
    expect(env.PULUMI_BACKEND_URL).toBe(`file://${join(path, "backend")}?metadata=skip`);
    expect(env.LAB_CLOUD).toBe(cloud);
    expect(readFileSync(join(path, "bin", "pulumi-resource-azure-native"), "utf8")).toMatch(
      /^#!\/bin\/sh\nexec '?\//,
    );
  });

  it("is where LAB_TWIN says, seen from where the user stands, and is missed where there is none", () => {
    const { code, stderr } = labWith(
      { LAB_TWIN: "none", INIT_CWD: "/nowhere" },
      "recover",
      "--twin",
      "--stack",
      "minimal",
    );
    expect([code, stderr.split("\n")[0]]).toEqual([
      2,
      "There is no twin in /nowhere/none yet: npm run lab -- twin -- pulumi up makes one, and LAB_TWIN names another folder.",
    ]);
  });

  it("keeps what Pulumi wrote into a stack file, and takes a change of the checkout's over", () => {
    const path = folder();
    const { project } = prepareTwin(path);
    const file = join(project, "stacks", "Pulumi.minimal.yaml");
    const changed = `${readFileSync(file, "utf8")}  persistent-chat-lab:protectData: "false"\nencryptionsalt: v1:abc\n`;
    writeFileSync(file, changed);
    prepareTwin(path);
    expect(readFileSync(file, "utf8")).toBe(changed);

    writeFileSync(`${file}.source`, "what the checkout had before");
    prepareTwin(path);
    expect(readFileSync(file, "utf8")).toContain('encryptionsalt: "v1:abc"');
    expect(readFileSync(file, "utf8")).not.toContain("protectData");
  });

  it("takes over nothing that the checkout's owner encrypted, and keeps its own", () => {
    const checkout = [
      "secretsprovider: passphrase",
      "encryptionsalt: v1:theirs",
      "config:",
      "  persistent-chat-lab:lab: mini",
      "  persistent-chat-lab:adminPassword: { secure: v1:theirs }",
      "  persistent-chat-lab:tags: { owner: { secure: v1:theirs } }",
    ].join("\n");
    const before = [
      "encryptionsalt: v1:own",
      "config:",
      "  persistent-chat-lab:lab: old",
      "  persistent-chat-lab:adminPassword: { secure: v1:own }",
    ].join("\n");
    expect(stackOfTwin(checkout, before)).toBe(
      [
        'encryptionsalt: "v1:own"',
        "config:",
        '  persistent-chat-lab:lab: "mini"',
        "  persistent-chat-lab:adminPassword:",
        '    secure: "v1:own"',
        "",
      ].join("\n"),
    );
    expect(stackOfTwin(checkout, "{}")).not.toContain("theirs");
  });

  it("writes a text that looks like a date as a text, which Pulumi's reader would not take it for", () => {
    expect(stackOfTwin('config: { a: "2027-01-31" }', "{}")).toBe('config:\n  a: "2027-01-31"\n');
  });
});
