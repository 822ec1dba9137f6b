import { describe, expect, it } from "vitest";
import { secretMark, signature, withoutSecrets } from "../../simulator/engine/secrets";

const secret = (value: unknown) => ({
  [signature]: secretMark,
  value,
});

describe("the inputs of a resource", () => {
  it("without secrets stay as they are", () => {
    const inputs = { a: 1, b: [null, { c: "x" }] };
    expect(withoutSecrets(inputs)).toEqual({ shown: inputs, plain: inputs, secrets: [] });
  });

  it("show where secrets stand, in groups and lists", () => {
    const inputs = { a: { b: secret("s1") }, list: [{ value: secret("s2") }, "open"] };
    expect(withoutSecrets(inputs)).toEqual({
      shown: { a: { b: "[secret]" }, list: [{ value: "[secret]" }, "open"] },
      plain: { a: { b: "s1" }, list: [{ value: "s2" }, "open"] },
      secrets: ["a.b", "list[0].value"],
    });
  });

  it("name every leaf of a group or list that is secret as a whole, secrets inside included", () => {
    const { shown, plain, secrets } = withoutSecrets({ all: secret({ a: "s1", b: ["s2", 3] }) });
    expect(shown).toEqual({ all: { a: "[secret]", b: ["[secret]", "[secret]"] } });
    expect(plain).toEqual({ all: { a: "s1", b: ["s2", 3] } });
    expect(secrets).toEqual(["all.a", "all.b[0]", "all.b[1]"]);
    expect(withoutSecrets({ all: secret({ a: secret("s") }) }).plain).toEqual({ all: { a: "s" } });
  });
});
