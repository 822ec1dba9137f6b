import { describe, expect, it } from "vitest";
import { shippedStacks } from "../../cli/stack/stackFile";
import { changesReference } from "../docs/changes";
import { checkAzureReference } from "../docs/checkAzure";
import { pullRequestReference } from "../docs/comment";
import { configReference } from "../docs/configReference";
import { guestReference } from "../docs/guestSteps";
import { jsonReference } from "../docs/jsonReference";
import { picture } from "../docs/pictures";
import { policyReference } from "../docs/policyReference";
import { runbookReference } from "../docs/runbooks";
import { survivalPicture, survivalReference } from "../docs/survival";

describe("docs/", () => {
  it.each([
    ["configuration.md", configReference],
    ["guest.md", guestReference],
    ["pull-requests.md", pullRequestReference],
    ["json.md", jsonReference],
    ["changes.md", changesReference],
    ["check-azure.md", checkAzureReference],
    ["policies.md", policyReference],
    ["survival.md", survivalReference],
    ["runbooks.md", runbookReference],
    ["figure-1.survival.svg", survivalPicture],
  ])("%s says what the code does", async (name, written) => {
    await expect(await written()).toMatchFileSnapshot(`../../docs/${name}`);
  });

  it.each(shippedStacks)("%s.svg shows the stack", async (stack) => {
    await expect(await picture(stack)).toMatchFileSnapshot(`../../docs/${stack}.svg`);
  });
});
