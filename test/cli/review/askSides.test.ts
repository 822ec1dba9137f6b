import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { plansIn, sidesIn, withScripts } from "../../../cli/review/askSides";
import { planOf } from "../../../cli/review/ownSide";
import { root } from "../../../cli/terminal/paths";
import { rehearseStack } from "../../support/rehearse";

/** A checkout whose commands are some JavaScript, which sees what it was asked as `words`. */
function checkout(scripts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "lab-checkout-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(scripts))
    writeFileSync(join(folder, `${name}.cjs`), `const words = process.argv.slice(2).join(" ");\n${text}`);
  const commands = Object.keys(scripts).map((name) => [name, `node ${name}.cjs`]);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: Object.fromEntries(commands) }));
  return folder;
}

const shown = { urn: "u", type: "azure-native:network:Subnet", name: "n", inputs: {}, protect: false };

describe("what another checkout makes of its stacks", () => {
  it("is asked for all stacks at once", async () => {
    const place = checkout({
      lab: "throw new Error(words);",
      sides: `console.log(JSON.stringify({ a: { resources: [${JSON.stringify(shown)}] }, b: { problems: words } }));`,
    });
    expect(await sidesIn(place, ["a", "b"])).toEqual({
      a: { resources: [expect.objectContaining({ ...shown, custom: true, dependsOn: [] })] },
      b: { problems: "resources a b" },
    });
    expect(await sidesIn(place, [])).toEqual({});
  });

  it("is asked one after the other where it knows no other way, with all that a comparison needs", async () => {
    const place = checkout({
      lab: `if (words.includes("bad")) throw new Error("no lab");
console.log(process.env.LAB_PREVIEW_EVERYTHING === "1" ? JSON.stringify([{ ...${JSON.stringify(shown)}, name: words }]) : "");`,
    });
    const found = await sidesIn(place, ["good", "bad"]);
    expect(found.good).toMatchObject({ resources: [{ name: "preview --stack good --json" }] });
    expect(found.bad).toEqual({ problems: expect.stringContaining("Error: no lab") });
    expect(await plansIn(place, ["good"])).toEqual({});
  });

  it("is a problem of every stack where its code does not start, with no path of a folder that is gone soon", async () => {
    const place = checkout({ lab: "", sides: "require('./missing.cjs');" });
    const { a, b } = await sidesIn(place, ["a", "b"]);
    expect(a).toEqual({ problems: expect.stringContaining("Cannot find module './missing.cjs'") });
    expect(JSON.stringify(a)).not.toContain(place);
    expect(b).toEqual(a);
    expect(await plansIn(place, ["a"])).toEqual({});
  });

  it("has this checkout's plans, and a stack's problems in the place of its resources", async () => {
    expect(await plansIn(root, ["minimal"])).toEqual({ minimal: planOf("minimal") });
    const { nowhere } = await sidesIn(root, ["nowhere"]);
    expect(nowhere).toEqual({ problems: expect.stringContaining('There is no stack "nowhere".') });
  });
});

describe("a side with other scripts", () => {
  it("has the resources of this one, but for their texts", async () => {
    const { resources } = await rehearseStack("minimal");
    const planned = planOf("minimal");
    if (planned === undefined) throw new Error("minimal makes no plan");
    expect(withScripts(resources, planned)).toEqual(resources);
    const other = withScripts(resources, {
      ...planned,
      scripts: { ...planned.scripts, "Set-Firewall.ps1": "# nothing" },
    });
    const changed = other.filter((one, index) => JSON.stringify(one) !== JSON.stringify(resources[index]));
    expect(changed.map(({ inputs }) => `${inputs.vmName}/${inputs.runCommandName}`).toSorted()).toEqual(
      planned.plan.steps.flatMap(({ id, name }) => (name === "firewall" ? [id] : [])).toSorted(),
    );
    expect(changed[0]?.inputs.source).toEqual({ script: "# nothing" });
  });
});
