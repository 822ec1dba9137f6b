import { expect, it } from "vitest";
import { withScripts } from "../../../cli/review/askSides";
import { planOf } from "../../../cli/review/ownSide";
import { rehearseStack } from "../../support/rehearse";

it("a side with other scripts has the resources of this one, but for their texts", async () => {
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
