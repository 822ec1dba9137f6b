import { describe, expect, it } from "vitest";
import { ArmError } from "../../simulator/arm/armError";
import { putRules } from "../../simulator/arm/cloud";
import { deletionRules } from "../../simulator/arm/rules/deletionRules";
import { bodies, deploy, ids, keys } from "../support/arm";
import { answerTo, refused } from "../support/refusals";

/** What a request throws. */
function thrownBy(request: () => unknown): unknown {
  try {
    request();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("a request that Azure accepts", () => {
  it("creates one resource of every type, and changes nothing when it comes again", () => {
    const cloud = deploy();
    for (const key of keys) {
      expect(cloud.get(ids[key])?.inputs).toEqual(bodies[key][1]);
      expect(cloud.put(...bodies[key])).toEqual({ id: ids[key], created: false, executed: false });
    }
  });
});

describe.each(Object.entries(refused))("%s: Azure refuses", (_, cases) => {
  it.each(cases)("$title", (one) => {
    const cloud = one.cloud();
    const before = structuredClone(cloud.state);
    const { request } = one;
    const error = thrownBy(() =>
      "write" in request ? cloud.put(...request.write) : cloud.delete(request.remove),
    );
    const [, answer] = answerTo(one);
    expect(error).toBeInstanceOf(ArmError);
    expect(error).toEqual(answer);
    expect(cloud.state).toEqual(before);
  });
});

describe("the list of refusals", () => {
  it("has a case for every rule of the simulated Azure", () => {
    const asked = Object.values(refused).flatMap((cases) => cases.map((one) => answerTo(one)[0]));
    const rules = [...Object.keys(putRules), ...Object.keys(deletionRules)];
    expect([...new Set(asked)].toSorted()).toEqual(rules.toSorted());
  });
});
