import { describe, expect, it } from "vitest";
import { readStack, shippedStacks } from "../../cli/stack/stackFile";
import { outcome, standing } from "../../cli/verbs/outcome";
import { rehearsalText } from "../../cli/verbs/rehearse";
import { showText } from "../../cli/verbs/show";
import { timelineSvg } from "../../cli/verbs/timelineSvg";
import { at } from "../../simulator/arm/inputs";
import { tokens } from "../../simulator/arm/resourceTypes";
import type { RegisteredResource } from "../../simulator/engine/registered";
import { nameOf } from "../../simulator/engine/urns";
import type { Plan } from "../../topology/model";
import { planLab } from "../../topology/planLab";
import { diagram } from "../../topology/views/diagram";
import { mermaid } from "../../topology/views/diagramText";
import { worksheet } from "../../topology/views/worksheet";
import { media, smallest } from "../support/config";
import { tsqlOf } from "../support/guest/tsql";
import { layout } from "../support/layout";
import { like, likeFirst } from "../support/likeFirst";
import { rehearseStack } from "../support/rehearse";
import { ruleCases } from "../support/ruleCases";

/*
 * What each stack is, to be reviewed by reading. `npm run golden` writes the files anew; a test never does.
 */

/** A resource as a reviewer reads it: names for urns, nothing that is off, and a script's name for its text. */
function reviewed(resource: RegisteredResource, plan: Plan) {
  const { name, type, parent, inputs, dependsOn, deletedWith, replaceOnChanges, ignoreChanges, secrets } =
    resource;
  const { replaceWith, replacementTrigger } = resource;
  const step = plan.steps.find(({ id }) => id === `${inputs.vmName}/${inputs.runCommandName}`);
  const isRunCommand = type === tokens.runCommand;
  return {
    name,
    type,
    parent: nameOf(parent),
    inputs: isRunCommand ? { ...inputs, source: { script: `guest/${step?.script}` } } : inputs,
    dependsOn: dependsOn.map(nameOf),
    ...(resource.protect ? { protect: true } : {}),
    ...(resource.deleteBeforeReplace ? { deleteBeforeReplace: true } : {}),
    ...(replaceOnChanges.length > 0 ? { replaceOnChanges } : {}),
    ...(ignoreChanges.length > 0 ? { ignoreChanges } : {}),
    ...(deletedWith === "" ? {} : { deletedWith: nameOf(deletedWith) }),
    ...(replaceWith.length > 0 ? { replaceWith: replaceWith.map(nameOf) } : {}),
    ...(replacementTrigger === undefined ? {} : { replacementTrigger }),
    ...(secrets.length > 0 ? { secrets } : {}),
  };
}

/** What differs in the plan of Figure 2 from that of Figure 1, whose names and addresses it is given for that. */
function likeFigure1(figure2: Plan): object {
  const { plan: figure1 } = planLab(readStack("figure-1", undefined).raw);
  const pairs = [
    [figure2.lab, figure1.lab],
    ...(["primary", "secondary"] as const).map((id) =>
      [figure2, figure1].map(({ dataCenters }) => dataCenters[id].addressSpace.replace("0.0/16", "")),
    ),
  ];
  const renamed = pairs.reduce(
    (text, [its = "", mine = ""]) => text.replaceAll(its, mine),
    JSON.stringify(figure2),
  );
  return like({ name: "figure-2", ...JSON.parse(renamed) }, { name: "figure-1", ...figure1 });
}

describe.each(shippedStacks)("stack %s", (stack) => {
  const { raw } = readStack(stack, undefined);
  const { plan } = planLab(raw);

  it("is planned as its golden says", async () => {
    const shown = stack === "figure-2" ? likeFigure1(plan) : plan;
    await expect(`${layout(shown)}\n`).toMatchFileSnapshot(`${stack}.plan.json`);
  });

  it("is typed into Topology Builder as its golden says", async () => {
    await expect(worksheet(plan)).toMatchFileSnapshot(`${stack}.worksheet.md`);
  });

  it("is drawn as its golden says", async () => {
    await expect(mermaid(diagram(plan))).toMatchFileSnapshot(`${stack}.mmd`);
  });

  it("is shown as its golden says", async () => {
    await expect(showText(plan, 120)).toMatchFileSnapshot(`${stack}.show.txt`);
  });

  // Figure 2 has the resources of Figure 1 in other places, as its plan says.
  if (stack === "figure-2") return;
  it("registers the resources, and is rehearsed, as its goldens say", async () => {
    const rehearsal = await rehearseStack(stack);
    const terminal = { width: 100, edge: 100 };
    await expect(rehearsalText(rehearsal, plan, terminal)).toMatchFileSnapshot(`${stack}.rehearsal.txt`);
    const { resources } = rehearsal;
    const shown = resources.slice(1).map((resource) => reviewed(resource, plan));
    const kindOf = ({ type, inputs }: ReturnType<typeof reviewed>) =>
      `${type} ${at(inputs, "source.script")}`;
    await expect(`${layout(likeFirst(shown, kindOf))}\n`).toMatchFileSnapshot(`${stack}.resources.json`);
  });
});

describe("the rules", () => {
  it("say of each configuration that breaks one what the golden lists", async () => {
    const told = Object.entries(ruleCases).map(([broken, { bad }]) => ({
      broken,
      by: bad,
      problems: planLab({ ...smallest, ...bad }).problems,
    }));
    await expect(`${layout(told)}\n`).toMatchFileSnapshot("problems.json");
  });
});

describe("minimal", () => {
  it("has the timeline that its golden draws", async () => {
    const { plan } = planLab(readStack("minimal", undefined).raw);
    const rehearsal = await rehearseStack("minimal");
    const timeline = timelineSvg(standing(rehearsal), plan, outcome(rehearsal, plan));
    await expect(timeline).toMatchFileSnapshot("minimal.timeline.svg");
  });
});

describe("Figure 1", () => {
  it("installs from media as its golden lists", async () => {
    const { raw } = readStack("figure-1", undefined);
    const steps = (more: object) => planLab({ ...raw, ...more }).plan.steps;
    const usual = new Set(steps({}).map((step) => JSON.stringify(step)));
    const added = steps({ media }).filter((step) => !usual.has(JSON.stringify(step)));
    await expect(`${layout(added)}\n`).toMatchFileSnapshot("figure-1.media.json");
  });

  it("sends for mgc the T-SQL that its golden lists", async () => {
    const { plan } = planLab(readStack("figure-1", undefined).raw);
    await expect(await tsqlOf(plan, "mgc")).toMatchFileSnapshot("figure-1.mgc.sql");
  });
});
