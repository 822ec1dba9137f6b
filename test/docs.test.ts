import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readStack } from "../cli/stack/stackFile";
import { rehearsalText } from "../cli/verbs/rehearse";
import { entryNames } from "../simulator/kept/faultsFile";
import { planLab } from "../topology/planLab";
import { costOf, hoursOf, thingsOf } from "../topology/views/cost";
import { rehearseStack } from "./support/rehearse";

const docs = (name: string) => readFileSync(join(__dirname, "..", "docs", name), "utf8");

describe("docs/faults.md", () => {
  it("names every fault", () => {
    const rows = [...docs("faults.md").matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, names = ""]) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(rows.toSorted()).toEqual([...entryNames].sort());
  });
});

describe("README.md", () => {
  it("shows what a rehearsal of Figure 1 prints", async () => {
    const { raw } = readStack("figure-1", undefined);
    const text = rehearsalText(await rehearseStack("figure-1"), planLab(raw).plan, {
      width: 120,
      edge: 120,
    });
    const readme = readFileSync(join(__dirname, "..", "README.md"), "utf8");
    expect(readme).toContain(text.slice(text.indexOf("Critical path")));
  });

  it("names the versions of Node that the tests' own tools want", () => {
    const { engines } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));
    const vite = JSON.parse(
      readFileSync(join(__dirname, "..", "node_modules", "vite", "package.json"), "utf8"),
    );
    expect(engines).toEqual({ node: vite.engines.node });
    const floors = [...engines.node.matchAll(/(\d+\.\d+)\.0/g)].map(([, version]) => version).join(", ");
    expect(readFileSync(join(__dirname, "..", "README.md"), "utf8")).toContain(`Node.js ${floors} or later`);
  });

  it("names the oldest Pulumi CLI that is tested, and Pulumi.yaml demands it", () => {
    const text = (...path: string[]) => readFileSync(join(__dirname, "..", ...path), "utf8");
    const [, oldest = ""] = /pulumi\/pkg\/v3 v(\S+)\n/.exec(text(".ci", "engine", "oldest", "go.mod")) ?? [];
    expect(text("Pulumi.yaml")).toContain(`\nrequiredPulumiVersion: ">=${oldest}"\n`);
    expect(text("README.md")).toContain(`/install/) ${oldest.replace(/\.0$/, "")} or later`);
  });

  it.each(["minimal", "figure-1", "figure-2"])("says what `lab price` says %s costs", (stack) => {
    const things = thingsOf(planLab(readStack(stack, undefined).raw).plan);
    const { running, stopped } = costOf(things);
    const readme = readFileSync(join(__dirname, "..", "README.md"), "utf8");
    const costs = [running, running * hoursOf.day, stopped * hoursOf.day].map((usd) => usd.toFixed(2));
    const row = readme.split("\n").find((line) => /^ +\|/.test(line) && line.includes(`\`${stack}\``));
    expect(row?.endsWith(`\` | ${costs.join(" | ")} |`), row).toBe(true);
  });
});
