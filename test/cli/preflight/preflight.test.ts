import { beforeAll, describe, expect, it } from "vitest";
import { isRefused } from "../../../cli/preflight/answers";
import type { Needs } from "../../../cli/preflight/needs";
import type { Answer } from "../../../cli/preflight/said";
import { readStack } from "../../../cli/stack/stackFile";
import { answersText } from "../../../cli/verbs/checkAzure";
import { type Cloud, createCloud } from "../../../simulator/arm/cloud";
import { simulatedSubscription } from "../../../simulator/arm/ids";
import { tokens } from "../../../simulator/arm/resourceTypes";
import { planLab } from "../../../topology/planLab";
import { putAll } from "../../support/keptCloud";
import { answersOf, needsOfStack } from "../../support/preflight";
import { rehearseStack } from "../../support/rehearse";

/*
 * Whether a subscription can have a lab, asked of the simulated Azure through Azure's SDKs.
 */

let minimal: Needs;
let figure1: Needs;

beforeAll(async () => {
  minimal = await needsOfStack("minimal");
  figure1 = await needsOfStack("figure-1");
});

/** Answers that are no yes. */
const bad = (answers: readonly Answer[]) => answers.filter(({ answer }) => answer !== "yes");
const says = (answers: readonly Answer[]) =>
  bad(answers).map(({ about, question, answer, because }) => [about, question, answer, because]);

const portal = "https://portal.azure.com/#view/Microsoft_Azure_Capacity/QuotaMenuBlade/~/myQuotas";
const small = "Standard_D2s_v5";

describe("a subscription that may have everything", () => {
  it("is told so for every machine, quota, provider, type, image, group and action", async () => {
    const answers = await answersOf(minimal);
    expect(bad(answers)).toEqual([]);
    expect(isRefused(answers)).toBe(false);
    const about = (question: Answer["question"]) =>
      answers.filter((one) => one.question === question).map((one) => one.about);
    expect(about("size")).toEqual(minimal.machines.map(({ name }) => name));
    expect(about("vCPUs")).toEqual(
      ["northeurope", "swedencentral"].flatMap((region) => [
        `standardDSv5Family in ${region}`,
        `Total Regional vCPUs in ${region}`,
      ]),
    );
    expect(about("provider")).toEqual([
      "Microsoft.Compute",
      "Microsoft.DevTestLab",
      "Microsoft.Network",
      "Microsoft.Resources",
    ]);
    expect(about("resource group")).toEqual(["mini-primary", "mini-secondary"]);
    expect(about("permission")).toContain("Microsoft.Compute/virtualMachines/runCommands/write");
    expect(answers.find(({ question }) => question === "size")?.because).toBe(
      "Standard_D2s_v5 is offered in zone 1 of northeurope.",
    );
  });

  it("asks for nothing more where the lab exists, whatever is restricted by now", async () => {
    const { resources } = await rehearseStack("minimal");
    const fill = (cloud: Cloud) => putAll(createCloud({ state: cloud.state }), resources);
    const limits = {
      sizes: [{ size: small, region: "northeurope" }],
      cores: [{ region: "northeurope", quota: "standardDSv5Family", limit: 8 }],
    };
    const answers = await answersOf(minimal, { fill, limits });
    expect(bad(answers)).toEqual([]);
    const because = (about: string) => answers.find((one) => one.about === about)?.because;
    expect(because("A-SQL01")).toBe("It is deployed with Standard_D2s_v5.");
    expect(because("standardDSv5Family in northeurope")).toBe(
      "8 are needed; 8 of 8 are in use, 8 of them by this lab.",
    );
    expect(because("mini-primary")).toBe("It belongs to this lab.");
  });
});

describe("a subscription that may not have", () => {
  it("a size in one zone: another order of zones, a similar size, another region", async () => {
    const limits = { sizes: [{ size: small, region: "northeurope", zones: ["1"] }] };
    const answers = await answersOf(minimal, { limits });
    const because = "Standard_D2s_v5 is restricted for this subscription in zone 1 of northeurope.";
    expect(says(answers)).toEqual(
      ["A-DC01", "A-SQL01", "A-CHAT01"].map((name) => [name, "size", "no", because]),
    );
    expect(answers.find(({ about }) => about === "A-SQL01")?.instead).toEqual([
      "Set dataCenters.primary.zones to [2, 3, 1].",
      "Set dataCenters.primary.region to norwayeast (17 ms from swedencentral) or westeurope (26 ms from swedencentral): all sizes of this data center are offered there, with quota.",
      "Set machines.sqlServer.size to Standard_D2ds_v5 or Standard_D2as_v5: offered, with quota.",
    ]);
    expect(answersText("minimal", "id", answers, 120)).toContain(
      `Azure would refuse stack minimal (subscription id).\n\nRefused\n  size: A-DC01, A-SQL01, A-CHAT01\n    ${because}\n`,
    );
  });

  it("a size in one zone, with an order of zones that is one's own, or in all of them", async () => {
    const own = { ...minimal, zones: { ...minimal.zones, primary: [1, 3, 2] } };
    const machines = own.machines.map((one) => (one.zone === "2" ? { ...one, zone: "3" } : one));
    const restricted = (limited: readonly string[]) => ({
      limits: { sizes: [{ size: small, region: "northeurope", zones: limited }] },
    });
    const firstOf = async (limited: readonly string[]) =>
      bad(await answersOf({ ...own, machines }, restricted(limited)))[0]?.instead[0];
    expect(await firstOf(["3"])).toBe("Set dataCenters.primary.zones to [1, 2, 3].");
    expect(await firstOf(["1", "2"])).toBe(
      "Set dataCenters.primary.region to norwayeast (17 ms from swedencentral) or westeurope (26 ms from swedencentral): all sizes of this data center are offered there, with quota.",
    );
  });

  it("a size in a region, nor its kin there: what is left", async () => {
    const region = "northeurope";
    const sizes = ["s", "ds", "as", "ads"].flatMap((letters) =>
      [4, 5].map((version) => ({ size: `Standard_D2${letters}_v${version}`, region })),
    );
    const elsewhere = [{ size: small, region: "norwayeast" }];
    const [answer] = bad(await answersOf(minimal, { limits: { sizes: [...sizes, ...elsewhere] } }));
    expect(answer).toMatchObject({
      about: "A-DC01",
      because:
        "Standard_D2s_v5 is restricted for this subscription (NotAvailableForSubscription) in zone 1 of northeurope.",
    });
    expect(answer?.instead).toEqual([
      "Set dataCenters.primary.region to westeurope (26 ms from swedencentral) or polandcentral (29 ms from swedencentral): all sizes of this data center are offered there, with quota.",
    ]);
  });

  it("a size that Azure does not know", async () => {
    const machines = minimal.machines.map((one) => ({ ...one, size: "Standard_D3s_v5" }));
    const [answer] = bad(await answersOf({ ...minimal, machines }));
    expect(answer?.because).toBe("Standard_D3s_v5 is not offered in zone 1 of northeurope.");
  });

  it("enough vCPUs of a family: a request, machines of another family, another region", async () => {
    const limits = { cores: [{ region: "northeurope", quota: "standardDSv5Family", limit: 40 }] };
    const answers = await answersOf(figure1, { limits });
    expect(says(answers)).toEqual([
      ["standardDSv5Family in northeurope", "vCPUs", "no", "54 are needed, and 0 of 40 are in use."],
    ]);
    expect(bad(answers)[0]?.instead).toEqual([
      `Request 54 vCPUs: ${portal}`,
      "Set machines.sqlServer.size to Standard_D4ds_v5: another quota, which has room.",
      "Set dataCenters.primary.region to norwayeast (17 ms from swedencentral) or westeurope (26 ms from swedencentral): all sizes of this data center are offered there, with quota.",
    ]);
  });

  it("so few vCPUs of a family that several kinds of machines must have another one, or none is left", async () => {
    const cores = [{ region: "northeurope", quota: "standardDSv5Family", limit: 10 }];
    const [answer] = bad(await answersOf(figure1, { limits: { cores } }));
    expect(answer?.instead[1]).toBe(
      "Set machines.persistentChat.size to Standard_D4ds_v5, and machines.sqlServer.size to Standard_D4ds_v5, and machines.frontEnd.size to Standard_D4ds_v5: another quota, which has room.",
    );
    const all = ["DS", "DDS", "DAS", "DADS"].flatMap((family) =>
      [4, 5].map((version) => ({
        region: "northeurope",
        quota: `standard${family}v${version}Family`,
        limit: 10,
      })),
    );
    const [none] = bad(await answersOf(figure1, { limits: { cores: all } }));
    expect(none?.instead.filter((one) => one.includes("machines."))).toEqual([]);
  });

  it("enough vCPUs in a region, of whatever family", async () => {
    const limits = { cores: [{ region: "swedencentral", quota: "Total Regional", limit: 7 }] };
    const answers = await answersOf(minimal, { limits });
    expect(says(answers)).toEqual([
      ["Total Regional vCPUs in swedencentral", "vCPUs", "no", "8 are needed, and 0 of 7 are in use."],
    ]);
    expect(bad(answers)[0]?.instead[0]).toBe(`Request 8 vCPUs: ${portal}`);
    expect(bad(answers)[0]?.instead.filter((one) => one.includes("machines."))).toEqual([]);
  });

  it("a provider that it is not registered for", async () => {
    const answers = await answersOf(minimal, { limits: { providers: ["Microsoft.DevTestLab"] } });
    expect(bad(answers)).toEqual([
      {
        about: "Microsoft.DevTestLab",
        question: "provider",
        answer: "no",
        because: "The subscription is not registered for it (NotRegistered).",
        instead: [
          "Register it, which takes a minute or two: az provider register --namespace Microsoft.DevTestLab --wait",
        ],
      },
    ]);
  });

  const image = "MicrosoftSQLServer:sql2019-ws2019:sqldev-gen2";

  it("an image that is not there: others of its kind", async () => {
    const answers = await answersOf(figure1, { limits: { missingImages: [image] } });
    expect(says(answers)).toEqual(
      ["northeurope", "swedencentral"].map((region) => [
        `${image}:latest in ${region}`,
        "image",
        "no",
        "The image does not exist in this region.",
      ]),
    );
    const keys = "machines.sqlServer.image, machines.witness.image, machines.backEnd.image";
    expect(bad(answers)[0]?.instead).toEqual([
      `Set ${keys} to sql-server-2019-standard or sql-server-2019-enterprise, which the region has.`,
    ]);
  });

  it("an image whose terms are not accepted", async () => {
    const [answer] = bad(await answersOf(minimal, { limits: { openTerms: [image] } }));
    expect(answer).toMatchObject({
      about: `${image}:latest in northeurope`,
      question: "terms",
      because: "Its terms are not accepted on this subscription.",
    });
    expect(answer?.instead.slice(0, 2)).toEqual([
      `Accept them: az vm image terms accept --urn ${image}:latest`,
      "Set machines.sqlServer.image to sql-server-2019-standard or sql-server-2019-enterprise, which the region has.",
    ]);
  });

  it("a resource group whose name is taken, by nobody's lab or another one, or in another region", async () => {
    const group = (location: string, lab?: string) => (cloud: Cloud) =>
      void cloud.put(tokens.group, {
        ...{ resourceGroupName: "mini-primary", location },
        ...(lab === undefined ? {} : { tags: { lab } }),
      });
    const because = async (fill: (cloud: Cloud) => void) => says(await answersOf(minimal, { fill }))[0]?.[3];
    expect(await because(group("northeurope"))).toBe("A resource group of this name exists already.");
    expect(await because(group("northeurope", "other"))).toBe(
      "A resource group of this name exists already, and belongs to the lab other.",
    );
    expect(await because(group("westeurope", "mini"))).toBe(
      "It belongs to this lab but is in westeurope: a resource group cannot move to northeurope.",
    );
  });

  it("an action, for an account that is no Contributor", async () => {
    const action = "Microsoft.Compute/virtualMachines/write";
    const [answer] = bad(await answersOf(minimal, { limits: { deniedActions: [action] } }));
    expect(answer).toEqual({
      about: action,
      question: "permission",
      answer: "no",
      because: "Your roles on the subscription do not allow it.",
      instead: [
        "Ask an owner of the subscription for the Contributor role: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles#contributor",
      ],
    });
    expect(
      bad(await answersOf(minimal, { limits: { deniedActions: ["Microsoft.Compute/*"] } })).map(
        ({ about }) => about.split("/")[1],
      ),
    ).toEqual(["disks", "virtualMachines", "virtualMachines"]);
  });
});

describe("a question that Azure does not answer", () => {
  it.each([
    ["Microsoft.Compute/skus", "size", minimalMachines()],
    ["locations/northeurope/usages", "vCPUs", 2],
    ["providers/Microsoft.Network/locations", "quota", 8],
    ["resourcegroups/mini-primary", "resource group", 1],
    ["artifacttypes", "image", 4],
    ["Microsoft.Authorization", "permission", 19],
  ] as const)("about %s is unknown, and never a yes: %s", async (asked, question, count) => {
    const answers = await answersOf(minimal, { reads: [{ fault: "read-unanswered", asked }] });
    const silent = answers.filter((one) => one.question === question && one.answer === "unknown");
    expect(silent.length).toBe(count);
    expect(silent[0]?.because).toMatch(/^Azure did not answer: /);
    expect(isRefused(answers)).toBe(false);
    expect(answersText("minimal", "id", answers, 120)).toContain(
      "Nothing that Azure answered blocks the deployment of stack minimal (subscription id).\n\nUnknown: Azure did not answer\n",
    );
  });

  it("is unknown, and no no, where it matters what the lab has already and Azure does not say", async () => {
    const limits = {
      sizes: [{ size: small, region: "northeurope", zones: ["2"] }],
      cores: [{ region: "swedencentral", quota: "standardDSv5Family", limit: 1 }],
    };
    const reads = [{ fault: "read-unanswered", asked: "virtualMachines" }] as const;
    const answers = await answersOf(minimal, { limits, reads });
    expect(isRefused(answers)).toBe(false);
    expect(says(answers).map(([about, , answer]) => [about, answer])).toEqual([
      ["A-SQL02", "unknown"],
      ["standardDSv5Family in swedencentral", "unknown"],
    ]);
    expect(bad(answers)[0]?.because).toMatch(
      /^Standard_D2s_v5 is restricted for this subscription in zone 2 of northeurope\. That matters only for what this lab does not have yet\. Azure did not answer: /,
    );
  });

  it("is unknown for an image of a gallery, which the simulated Azure does not have", async () => {
    const id = `/subscriptions/${simulatedSubscription}/resourceGroups/g/providers/Microsoft.Compute/galleries/mine/images/windows`;
    const images = [{ image: { galleryImageId: id }, region: "northeurope" }];
    const [answer] = bad(await answersOf({ ...minimal, images }));
    expect(answer).toMatchObject({ about: `${id} in northeurope`, question: "image", answer: "unknown" });
  });

  it("is asked again after as long as Azure says, and answered then", async () => {
    const started = performance.now();
    const reads = [
      { fault: "read-throttled", asked: "Microsoft.Compute/skus", times: 2, retryAfter: 1 },
    ] as const;
    expect(bad(await answersOf(minimal, { reads }))).toEqual([]);
    expect(performance.now() - started).toBeGreaterThan(1000);
  });

  it("is unknown where Azure throttles for good", async () => {
    const reads = [{ fault: "read-throttled", asked: "Microsoft.Compute/skus", retryAfter: 0 }] as const;
    const [answer] = bad(await answersOf(minimal, { reads }));
    expect(answer).toMatchObject({ about: "A-DC01", question: "size", answer: "unknown" });
    expect(answer?.because).toMatch(/^Azure answered 429 TooManyRequests: /);
  });
});

/** Machines of the stack `minimal`; needed before tests run. */
function minimalMachines(): number {
  return planLab(readStack("minimal", undefined).raw).plan.machines.length;
}
