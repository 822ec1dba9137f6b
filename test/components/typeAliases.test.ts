import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { withoutTypeAliases } from "../../components/typeAliases";

const transform = (aliases: pulumi.CustomResourceOptions["aliases"]) => {
  const opts: pulumi.CustomResourceOptions = aliases === undefined ? {} : { aliases };
  return withoutTypeAliases({ type: "t", name: "n", props: {}, opts } as pulumi.ResourceTransformationArgs);
};

describe("withoutTypeAliases", () => {
  it("drops the provider's former type names and keeps aliases of our own", () => {
    const own = [{ name: "old-name" }, { type: "lab:index:Old" }, "urn:pulumi:dev::lab::t::old"];
    const result = transform([{ type: "azure-native:network/v20240101:Subnet" }, ...own]);
    expect(result?.opts).toEqual({ aliases: own });
  });

  it("leaves a resource without aliases alone", () => {
    expect(transform(undefined)).toBeUndefined();
  });
});
