import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readStack } from "../../cli/stack/stackFile";
import { root } from "../../cli/terminal/paths";
import type { Cloud } from "../../simulator/arm/cloud";
import { tokens } from "../../simulator/arm/resourceTypes";
import { planLab } from "../../topology/planLab";
import { EngineStack, expectDone, skipEngine, tooEarly } from "../support/engine/engine";

/*
 * A lab that somebody changed behind Pulumi's back. What README says about it is what happens here.
 */

describe.skipIf(skipEngine)("a lab that somebody changed by hand", () => {
  let engine: EngineStack;
  let restore: () => void;
  let before: ReadonlyMap<string, string>;

  beforeAll(() => {
    engine = new EngineStack("minimal", { saves: "at the end" });
    expectDone(engine.up());
    before = engine.contents();
    restore = engine.snapshot();
  });
  beforeEach(() => restore());
  afterAll(() => engine?.remove());

  /** What stands in the cloud at the end of an id. */
  const standing = (cloud: Cloud, end: string) => {
    const found = Object.values(cloud.state.resources).find(({ id }) => id.endsWith(end));
    if (found === undefined) throw new Error(`nothing ends with ${end}`);
    return found;
  };
  const refresh = () => {
    const result = engine.pulumi("refresh", "--yes", "--skip-preview");
    expectDone(result);
    return result.output;
  };
  const up = (...words: string[]) => {
    const result = engine.up(...words);
    expectDone(result);
    return result.output;
  };

  it("is told of in README", () => {
    expect(readFileSync(join(root, "README.md"), "utf8").replace(/\s+/g, " ")).toContain(
      "`pulumi refresh` and `pulumi up` put back what somebody changed by hand: rules, tags, a step, a machine with all its steps. Of the two peerings, whoever deleted one deletes the other one too, first.",
    );
  });

  it("gets a rule back that was edited", () => {
    engine.byHand((cloud) => {
      const group = Object.values(cloud.state.resources).find(({ token }) => token === tokens.securityGroup);
      cloud.patch(group?.id ?? "", { securityRules: [] });
    });
    expect(engine.contents()).not.toEqual(before);
    expect(refresh()).toContain("~ 1 updated");
    expect(up()).toContain("~ 1 updated");
    expect(engine.contents()).toEqual(before);
  });

  it("loses the tags again that a policy added", () => {
    engine.byHand((cloud) => {
      for (const end of ["/virtualMachines/A-CHAT01", "/virtualNetworks/mini-primary"]) {
        const { id, inputs } = standing(cloud, end);
        cloud.patch(id, { tags: { ...(inputs.tags as object), costCenter: "17" } });
      }
    });
    expect(refresh()).toContain("~ 2 updated");
    expect(up()).toContain("~ 2 updated");
    expect(engine.contents()).toEqual(before);
  });

  it("gets a daily stop back that was deleted", () => {
    engine.byHand((cloud) => cloud.delete(standing(cloud, "/schedules/shutdown-computevm-A-CHAT01").id));
    expect(refresh()).toContain("- 1 deleted");
    expect(up()).toContain("+ 1 created");
    expect(engine.contents()).toEqual(before);
  });

  it("runs a guest step again whose run command was deleted", () => {
    const started = Date.now();
    engine.byHand((cloud) => cloud.delete(standing(cloud, "/A-SQL01/runCommands/mgc-mirroring").id));
    expect(refresh()).toContain("- 1 deleted");
    expect(up()).toContain("+ 1 created");
    expect(engine.contents()).toEqual(before);
    expect(engine.runs().at.get("A-SQL01/mgc-mirroring")).toBeGreaterThan(started);
  });

  it("gets its peerings back only where both were deleted", () => {
    engine.byHand((cloud) => cloud.delete(standing(cloud, "/peering-to-secondary").id));
    refresh();
    const refused = engine.up();
    expect(refused.status).not.toBe(0);
    expect(refused.output).toContain("RemotePeeringIsDisconnected");
    engine.byHand((cloud) => cloud.delete(standing(cloud, "/peering-to-primary").id));
    refresh();
    expect(up()).toContain("+ 2 created");
    expect(engine.contents()).toEqual(before);
  });

  it("gets a machine back that was deleted, with all its guest steps", () => {
    const started = Date.now();
    const { steps } = planLab(readStack("minimal", undefined).raw).plan;
    engine.byHand((cloud) => cloud.delete(standing(cloud, "/virtualMachines/A-SQL01").id));
    // The machine and its twelve guest steps.
    expect(refresh()).toContain("- 13 deleted");
    expect(up()).toContain("+ 13 created");
    expect(engine.contents()).toEqual(before);
    const { at, failed } = engine.runs();
    expect(failed).toEqual([]);
    const own = steps.filter(({ machine }) => machine === "A-SQL01").map(({ id }) => id);
    expect(own.filter((id) => (at.get(id) ?? 0) < started)).toEqual([]);
    expect(
      tooEarly(
        steps.filter(({ id }) => own.includes(id)),
        at,
      ),
    ).toEqual([]);
  });
});
