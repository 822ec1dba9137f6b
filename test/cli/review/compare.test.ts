import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Comparison, commentText } from "../../../cli/review/comment";
import { compare } from "../../../cli/review/compare";
import type { StackSide } from "../../../cli/review/report";
import { guestMinutes } from "../../../cli/stack/guestMinutes";
import { readStack } from "../../../cli/stack/stackFile";
import { shapes } from "../../../cli/terminal/shapes";
import type { RegisteredResource } from "../../../simulator/engine/registered";
import { planLab } from "../../../topology/planLab";
import { validConfig } from "../../support/arbitraryConfig";
import { withChange } from "../../support/changes";
import { sentinel } from "../../support/components";
import { rehearseLab } from "../../support/rehearse";

// Figure 1 without its Front End pools, which nothing here is about.
const raw = withChange(readStack("figure-1", undefined).raw, { values: { "frontEnds.servers": 0 } });
const sides = new Map<string, Promise<StackSide>>();
/** Figure 1 with some changes, made once. */
const side = (values: Readonly<Record<string, unknown>>): Promise<StackSide> => {
  const key = JSON.stringify(values);
  const made = sides.get(key) ?? rehearseLab(withChange(raw, { values }));
  sides.set(key, made);
  return made;
};

/** `npm run test:leaks` asks for more. */
const randomPairs = Number(process.env.LAB_RANDOM_PAIRS ?? 2);

const unchanged = side({});
/** A region that the table has no prices of. */
const withoutPrices = { "dataCenters.secondary.region": "norwayeast" };
const unpriced = side(withoutPrices);
const encoded = Buffer.from(sentinel).toString("base64");

/** What there is of some machines. */
const parts = (machines: readonly string[], ...kinds: readonly string[]) =>
  machines.flatMap((machine) => [...kinds, "nic", "shutdown", "vm"].map((kind) => `${machine}-${kind}`));
const secondarySubnets = ["chat", "database", "directory", "file"];

/** A change of Figure 1, with the names of what it loses. */
const changes: readonly (readonly [
  title: string,
  values: object,
  verdict: string,
  lost: readonly string[],
])[] = [
  [
    "larger chat machines",
    { "machines.persistentChat.size": "Standard_D8s_v5" },
    "8 machines restarted, +3.14 USD/h",
    [],
  ],
  [
    "no witness in the primary data center",
    { "databases.witnesses": "secondary" },
    "1 machine deleted, loss of A-SQL01: goes on -> by hand, loss of zone 1 of the primary data center: goes on -> by hand, loss of A-SQL03: compliance goes on -> by hand, 1 more got worse, breaks the advisory policy survives-any-one-machine, -0.21 USD/h, 19 guest steps run",
    ["A-WIT01-nic", "A-WIT01-shutdown", "A-WIT01-vm"],
  ],
  [
    "another image of database machines",
    { "machines.sqlServer.image": "sql-server-2019-standard" },
    "refused while data is protected (8 resources), 8 machines replaced, 82 guest steps run",
    [
      "A-SQL01-vm",
      "A-SQL02-vm",
      "A-SQL03-vm",
      "A-SQL04-vm",
      "B-SQL01-vm",
      "B-SQL02-vm",
      "B-SQL03-vm",
      "B-SQL04-vm",
    ],
  ],
  [
    "another image of the witnesses, after which the partners name them anew",
    { "machines.witness.image": "sql-server-2019-standard" },
    "2 machines replaced, 18 guest steps run",
    ["A-WIT01-vm", "B-WIT01-vm"],
  ],
  [
    "protection off",
    { protectData: false },
    "machines protected from deletion: 11 -> 0, breaks the advisory policy data-is-protected",
    [],
  ],
  [
    "the backup share in the primary data center",
    { "databases.backupShare": "primary" },
    "loss of the primary data center: 15 -> 30 min lost, new weak point: A-FS01/LsBackup is lost with the primary data center, 1 machine created, +0.23 USD/h, 28 guest steps run",
    [],
  ],
  [
    "two chat servers fewer",
    { "pool.servers": 6 },
    "3 machines deleted, 2 machines replaced, 1 machine created, -0.81 USD/h, 32 guest steps run",
    [...parts(["A-CHAT04", "B-CHAT07", "B-CHAT08"]), "B-CHAT05-vm", "B-CHAT06-vm"],
  ],
  [
    "compliance on the instances of mgc",
    { "databases.compliance": "shared" },
    "refused while data is protected (16 resources), 8 data disks lost, 4 machines deleted, loss of A-SQL01 or 1 more: then mgccomp has no mirror until it is made anew, loss of B-SQL01: then mgccomp has no copy in the secondary data center, loss of B-SQL02: then mgccomp would have no mirror in the secondary data center, 1 more got worse, -1.68 USD/h, 27 guest steps run",
    parts(["A-SQL03", "A-SQL04", "B-SQL03", "B-SQL04"], "data", "log"),
  ],
  [
    "another region of the secondary data center",
    { "dataCenters.secondary.region": "westeurope" },
    "refused while data is protected (23 resources), 10 data disks lost, 11 machines replaced, +0.25 USD/h, 75 guest steps run",
    [
      ...parts(["B-SQL01", "B-SQL02", "B-SQL03", "B-SQL04"], "data", "log"),
      ...parts(["B-CHAT05", "B-CHAT06", "B-CHAT07", "B-CHAT08", "B-WIT01"]),
      ...parts(["B-DC01"], "directory"),
      ...parts(["B-FS01"], "shares"),
      ...secondarySubnets.flatMap((subnet) => [`secondary-${subnet}`, `secondary-${subnet}-rules`]),
      ...["secondary-group", "secondary-nat", "secondary-nat-ip", "secondary-network"],
      ...["peering-to-primary", "peering-to-secondary"],
    ],
  ],
  ["nothing", {}, "no change", []],
];

describe("the comparison of two sides of a stack", () => {
  it.each(changes)("tells of %s in one line, and what is lost", async (_, values, verdict, lost) => {
    const report = compare("figure-1", await unchanged, await side(values as Record<string, unknown>));
    expect(report.verdict).toBe(verdict);
    expect(report.lost.map(({ name }) => name).sort()).toEqual([...lost].sort());
  });

  it("tells of a data center that moves what is lost in a few lines, what refuses it, and what is missing meanwhile", async () => {
    const report = compare(
      "figure-1",
      await unchanged,
      await side({ "dataCenters.secondary.region": "westeurope" }),
      guestMinutes(planLab(raw).plan),
    );
    const text = commentText({ base: "b", head: "h", stacks: [report] }, "text", 100_000);
    const part = (title: string) => {
      const [, lines = ""] = text.split(`figure-1: ${title}\n\n`);
      return (lines.split("\n\n")[0] ?? "").split("\n");
    };
    const lost = part("lost");
    expect(lost).toEqual([
      "- data on 10 disks is lost: B-DC01-directory, B-SQL01-data, B-SQL01-log, B-SQL02-data, B-SQL02-log, B-SQL03-data, B-SQL03-log, B-SQL04-data, B-SQL04-log, B-FS01-shares",
      "- the secondary data center is replaced: location swedencentral -> westeurope, 11 machines: B-DC01-vm, B-SQL01-vm, B-SQL02-vm, B-SQL03-vm, B-SQL04-vm, B-FS01-vm, B-WIT01-vm, B-CHAT05-vm, B-CHAT06-vm, B-CHAT07-vm, B-CHAT08-vm",
      "- 23 of these are refused while data is protected. Pulumi refuses this as it is: what stands is protected. Deploy `protectData: false` with all else as it stands, and then the change.",
    ]);
    expect(part("also changed")).toEqual([
      "- round trip between the data centers: about 38 ms, northeurope and swedencentral -> about 17 ms, northeurope and westeurope",
    ]);
    expect(part("while it is deployed")).toEqual([
      "- from the first deletion until B-FS01/chat-file-store, about 22 minutes: chat goes on",
      "- mgc has no copy in the secondary data center",
      "- mgccomp has no copy in the secondary data center",
      "- files cannot be sent, and those that were are gone",
      "- 2 of 4 active Persistent Chat servers are up",
      "- 2 of 4 idle Persistent Chat servers are left",
      "- the domain controller B-DC01 is missing",
      "- the loss of the primary data center would be the loss of mgc",
    ]);
    expect(part("what goes along")).toContain("- 11 of NetworkInterface replaced");
  });

  it("says that it takes two pull requests where the change itself turns protection off", async () => {
    const report = compare(
      "figure-1",
      await unchanged,
      await side({ "dataCenters.secondary.region": "westeurope", protectData: false }),
    );
    expect(report.order).toBe(
      "Pulumi refuses this as it is, although it turns protection off: what stands is still protected. Make two pull requests of it: `protectData: false` first, and the rest when that is deployed.",
    );
    expect(compare("figure-1", await unchanged, await side({ protectData: false })).order).toBe("");
  });

  it("says of a failover that it happened, and takes what fails since then for no doing of the change", async () => {
    const report = compare("figure-1", await unchanged, await side({ site: "secondary" }));
    expect(report.survival).toEqual([]);
    expect(report.availability.map(({ short, worse }) => [short, worse])).toEqual([
      ["data center that serves: primary -> secondary", false],
    ]);
    expect(report.steps.map(({ machine, steps }) => `${machine} ${steps.join()}`)).toEqual([
      "B-SQL02 health",
      "B-SQL04 health",
      "B-SQL01 health",
      "B-SQL03 health",
      "B-DC01 verify",
    ]);
    expect(report.meanwhile).toEqual([]);
    expect(report.lost).toEqual([]);
  });

  it("names what runs in the primary data center while it may be down, and compares the rest for where the service is", async () => {
    const away = await side({ site: "secondary" });
    const shared = await side({ site: "secondary", "databases.witnesses": "primary" });
    const report = compare("figure-1", away, shared);
    expect(report.meanwhile).toEqual([
      "guest steps change in the primary data center, whose machines must be up for that (A-DC01/firewall): while they are down, keep it until the service is back",
    ]);
    expect(report.survival[0]?.short).toBe("loss of B-SQL01: goes on -> by hand");
    expect(
      compare("figure-1", away, await side({ site: "secondary", tags: { owner: "me" } })).meanwhile,
    ).toEqual([]);
  });

  it("shows values that force a replacement, but none that is secret or long", async () => {
    const report = compare(
      "figure-1",
      await unchanged,
      await side({ "machines.sqlServer.image": "sql-server-2019-standard" }),
    );
    expect(report.lost.find(({ name }) => name === "A-SQL01-vm")).toMatchObject({
      dataCenter: "primary",
      data: true,
      values: ["storageProfile.imageReference.sku sqldev-gen2 -> standard-gen2"],
    });
  });

  it.each<[title: string, values: object, told: readonly string[]]>([
    [
      "every database machine, whose disks stay",
      { "machines.sqlServer.image": "sql-server-2019-standard" },
      ["chat stops until then", "compliance is not written"],
    ],
    [
      "witnesses",
      { "machines.witness.image": "sql-server-2019-standard" },
      [
        "chat goes on",
        "mgc fails over by hand only",
        "mgc would have no witness in the secondary data center",
        "mgccomp fails over by hand only",
        "mgccomp would have no witness in the secondary data center",
      ],
    ],
    ["nothing", { "databases.witnesses": "secondary" }, []],
  ])("says what is missing while %s are made again", async (_, values, told) => {
    const { meanwhile } = compare("figure-1", await unchanged, await side(values as Record<string, unknown>));
    expect(meanwhile.map((line) => line.replace(/^from the first deletion until [^:]*: /, ""))).toEqual(told);
  });

  it("tells what it costs before and after, and how much of it has no price", async () => {
    const { cost } = compare("figure-1", await unpriced, await side({ ...withoutPrices, bastion: "none" }));
    // A Bastion host and its address: 0.195 an hour, running or not.
    expect(cost?.comparable).toBe(true);
    const [before, after] = [cost?.before, cost?.after];
    expect([before?.running, before?.stopped, before?.unknown].map((one) => one?.toFixed(2))).toEqual([
      "4.06",
      "0.68",
      "32.00",
    ]);
    expect([after?.running, after?.stopped, after?.unknown].map((one) => one?.toFixed(2))).toEqual([
      "3.87",
      "0.49",
      "32.00",
    ]);
    expect(compare("figure-1", await unpriced, await unpriced).cost).toBeUndefined();
  });

  it("tells what is new, what is gone, and why a side makes no lab", async () => {
    const good = await unchanged;
    expect(compare("a", undefined, good).verdict).toBe("is new: 21 machines, 74 vCPUs, 7.96 USD/h");
    expect(compare("a", undefined, await unpriced).verdict).toBe(
      "is new: 21 machines, 74 vCPUs, 4.06 USD/h and 32 things without a price",
    );
    expect(compare("a", good, undefined).verdict).toMatch(/^is removed/);
    expect(compare("a", good, { problems: "pool.servers = 9" })).toMatchObject({
      verdict: "makes no lab",
      problems: "pool.servers = 9",
    });
  });

  it("tells apart the problems of the base, on which no gate fails, or nobody could mend it", async () => {
    const report = compare("a", { problems: "pool.servers = 1" }, await unchanged);
    expect(report).toMatchObject({
      verdict: "made no lab before, and makes one now",
      problems: "",
      baseProblems: "pool.servers = 1",
    });
    const comparison = { base: "a".repeat(40), head: "b".repeat(40), stacks: [report] };
    expect(commentText(comparison, "text", 60_000)).toContain(
      "a: the base did not plan\n\n    pool.servers = 1\n",
    );
  });

  it("compares no cost where things got a price by standing in another region", async () => {
    const { cost } = compare("figure-1", await unpriced, await unchanged);
    expect(cost?.comparable).toBe(false);
    const larger = { ...withoutPrices, "machines.persistentChat.size": "Standard_D8s_v5" };
    expect(compare("figure-1", await unpriced, await side(larger)).verdict).toBe(
      "8 machines restarted, +1.59 USD/h and what has no price",
    );
  });

  it("tells a policy that the change breaks, and none that was broken before", async () => {
    const good = (await unchanged) as { readonly resources: readonly RegisteredResource[] };
    const bent = {
      resources: good.resources.map((one) =>
        one.name === "A-CHAT01-vm"
          ? { ...one, inputs: { ...one.inputs, tags: { lab: "lab", dataCenter: "primary" } } }
          : one,
      ),
    };
    const policies = [
      {
        id: "machines-say-what-they-are",
        severity: "mandatory",
        why: "Runbooks, drills and bills find machines by these tags.",
        resource: "A-CHAT01-vm",
        message: "It has no tag role.",
      },
    ];
    const broken = compare("figure-1", good, bent);
    expect(broken.policies).toEqual(policies);
    expect(broken.verdict).toContain("breaks the mandatory policy machines-say-what-they-are");
    expect(compare("figure-1", undefined, bent)).toMatchObject({
      policies,
      verdict:
        "is new: 21 machines, 74 vCPUs, 7.96 USD/h, breaks the mandatory policy machines-say-what-they-are",
    });
    expect(compare("figure-1", bent, bent).policies).toEqual([]);
    expect(compare("figure-1", bent, good).policies).toEqual([]);
    const comparison = { base: "a".repeat(40), head: "b".repeat(40), stacks: [broken] };
    expect(shapes["preview --base"].safeParse(JSON.parse(JSON.stringify(comparison))).error).toBeUndefined();
    expect(commentText(comparison, "markdown", 60_000)).toContain(
      "- mandatory, `machines-say-what-they-are`, `A-CHAT01-vm`: It has no tag role. Runbooks,",
    );
  });

  it("tells what a guest step interrupts, but not on a machine that is made again", async () => {
    const report = compare(
      "figure-1",
      await unchanged,
      await side({
        "machines.sqlServer.image": "sql-server-2019-standard",
        "databases.witnesses": "secondary",
      }),
    );
    const interrupted = report.steps.filter(({ interrupts }) => interrupts.length > 0);
    expect(interrupted).toEqual([]);
  });

  it("shows no secret, no subscription and no text of a script, whatever the change", async () => {
    const program = async (config: Readonly<Record<string, unknown>>) => ({
      resources: (await rehearseLab(config)).resources,
    });
    await fc.assert(
      fc.asyncProperty(validConfig, validConfig, async (one, other) => {
        const report = compare("any", await program(one), await program(other));
        const comparison: Comparison = { base: "a".repeat(40), head: "b".repeat(40), stacks: [report] };
        const all = commentText(comparison, "text", Number.POSITIVE_INFINITY) + JSON.stringify(comparison);
        expect(all).not.toMatch(new RegExp(`${sentinel}|${encoded}|/subscriptions/|ErrorActionPreference`));
        for (const limit of [4000, 60_000])
          expect(commentText(comparison, "markdown", limit).length).toBeLessThanOrEqual(limit);
      }),
      { numRuns: randomPairs },
    );
  });

  it("is the same twice, stays within its limit, and drops the least important first", async () => {
    const report = compare(
      "figure-1",
      await unchanged,
      await side({ "machines.sqlServer.image": "sql-server-2019-standard" }),
    );
    const comparison: Comparison = { base: "a".repeat(40), head: "b".repeat(40), stacks: [report] };
    const short = commentText(comparison, "markdown", 2000);
    expect(commentText(comparison, "markdown", 2000)).toBe(short);
    expect(short.length).toBeLessThanOrEqual(2000);
    expect(short).toContain("- `figure-1`: refused while data is protected");
    expect(short).toMatch(/\d more parts? (?:is|are) left out to stay within 2000 characters\./);
    const whole = commentText(comparison, "text", Number.POSITIVE_INFINITY);
    expect(whole).toContain("figure-1: everything");
    expect(whole).not.toContain("left out");
    expect(whole).not.toMatch(/\/subscriptions\/|Placeholder-4/);
  });
});
