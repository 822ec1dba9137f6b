import { answersText } from "../../cli/verbs/checkAzure";
import { simulatedSubscription } from "../../simulator/arm/ids";
import { regions, restrictionOf } from "../../topology/azure/regions";
import { answersOf, needsOfStack } from "../support/preflight";
import { withPart } from "./written";

/** A subscription that does not get a size in one zone, has quota for six vCPUs in the other region, and lacks a provider. */
const limits = {
  sizes: [{ size: "Standard_D2s_v5", region: "northeurope", zones: ["1"] }],
  cores: [{ region: "swedencentral", quota: "standardDSv5Family", limit: 6 }],
  providers: ["Microsoft.DevTestLab"],
};

async function example(): Promise<string> {
  const answers = await answersOf(await needsOfStack("minimal"), { limits });
  return answersText("minimal", simulatedSubscription, answers, 140);
}

function restrictedRegions(): string {
  const rows = regions.flatMap((region) => {
    const restriction = restrictionOf(region);
    if (restriction === undefined) return [];
    const { since, reported, source } = restriction;
    return [`| \`${region}\` | ${since} | ${reported} | [source](${source}) |`];
  });
  return ["| region | reported | what | where |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** docs/check-azure.md with its example and its table brought up to date. */
export async function checkAzureReference(): Promise<string> {
  const page = withPart("check-azure.md", "example", `\`\`\`\n${(await example()).trimEnd()}\n\`\`\``);
  return withPart("check-azure.md", "regions", restrictedRegions(), page);
}
