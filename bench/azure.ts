import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { CloudFolder } from "../simulator/kept/cloudFolder";
import { Client } from "../test/support/azure/client";
import { killedAfter } from "../test/support/azure/killed";
import { ServedLabs } from "../test/support/azure/servedLabs";
import { oddRequest, strangeIn } from "../test/support/oddRequests";
import { tell, tellNone } from "./rows";
import { tellSpeed } from "./yardstick";

/*
 * The simulated Azure at its address under load, asked as clients ask it: in another process, over TLS.
 */

const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
const groups = "api-version=2024-03-01";

const percentile95 = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * 0.95)] ?? Number.NaN;

/** All that is promised of it. */
export async function served(quick: boolean): Promise<void> {
  const seconds = quick ? 10 : 60;
  const load = await azureUnderLoad(seconds);
  const there = `with ${load.resources} resources`;
  tellSpeed(`GET at its address ${there}, 95 of 100`, load.getMilliseconds, "at most", 5, " ms");
  tellSpeed(`GETs a second ${there}`, load.getsPerSecond, "at least", 1000, "");
  tellSpeed(`PUT at its address ${there}, 95 of 100`, load.putMilliseconds, "at most", 20, " ms");
  const claim = `64 clients who create, read and delete for ${seconds} s`;
  tellNone(claim, load.wrong, `${load.answered} answers, none wrong`, "none wrong");
  const odd = "10,000 odd paths, methods and bodies, and 20 of 10 MB";
  tellNone(odd, load.strange, "an answer of Azure's each", "none else");
  tell("the same: memory of who serves", load.mebibytesMore, "at most", 64, " MiB more");
  const times = quick ? 20 : 100;
  const lost = await killedAgain(times);
  const killed = `${times} times kill -9 of who serves while clients write`;
  tellNone(killed, lost, "nothing lost, nothing by half", "nothing lost");
}

interface AzureLoad {
  readonly resources: number;
  readonly getMilliseconds: number;
  readonly getsPerSecond: number;
  readonly putMilliseconds: number;
  /** What 64 clients at once found wrong: lost, torn or unexpected answers. */
  readonly wrong: readonly string[];
  readonly answered: number;
  /** Of 10,000 drawn paths, methods and bodies, and some of 10 MB: what was no answer of Azure Resource Manager's. */
  readonly strange: readonly string[];
  /** By how much the memory of who serves grew meanwhile. */
  readonly mebibytesMore: number;
}

/** Ten labs of Figure 1 in one folder; then so many seconds of 64 clients who create, read and delete. */
async function azureUnderLoad(seconds: number): Promise<AzureLoad> {
  const labs = new ServedLabs();
  try {
    await labs.fill(
      "figure-1",
      Array.from({ length: 10 }, (_, index) => `fig${index}`),
    );
    await labs.serve();
    const resources = Object.keys(new CloudFolder(join(labs.folder, "cloud")).state.resources).length;
    const one = await Client.of(labs, 1);
    const machine = (lab: number) =>
      `${subscription}/resourceGroups/fig${lab}-primary/providers/Microsoft.Compute/virtualMachines/A-SQL01?api-version=2024-11-01`;
    for (let warm = 0; warm < 300; warm++) await one.ask("GET", machine(warm % 10));
    const gets: number[] = [];
    for (let count = 0; count < 500; count++)
      gets.push((await one.ask("GET", machine(count % 10))).milliseconds);
    const puts: number[] = [];
    for (let count = 0; count < 100; count++)
      puts.push(
        (
          await one.ask("PUT", `${subscription}/resourceGroups/put${count}?${groups}`, {
            location: "swedencentral",
          })
        ).milliseconds,
      );
    one.end();
    const many = await Client.of(labs, 8);
    const started = performance.now();
    await Promise.all(Array.from({ length: 3000 }, (_, count) => many.ask("GET", machine(count % 10))));
    const getsPerSecond = 3000 / ((performance.now() - started) / 1000);
    many.end();
    const { wrong, answered } = await clients(labs, 64, seconds);
    const odd = await oddRequests(labs);
    return {
      resources,
      getMilliseconds: percentile95(gets),
      getsPerSecond,
      putMilliseconds: percentile95(puts),
      wrong,
      answered,
      ...odd,
    };
  } finally {
    labs.stop();
  }
}

/** Clients at once, each with groups of its own, whose tags it reads as it wrote them; all of them list everybody's. */
async function clients(labs: ServedLabs, count: number, seconds: number) {
  const wrong: string[] = [];
  let answered = 0;
  const until = performance.now() + seconds * 1000;
  const client = await Client.of(labs, count);
  const expect = (what: string, found: unknown, expected: unknown) => {
    answered++;
    if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`${what}: ${JSON.stringify(found)}`);
  };
  const work = async (name: string) => {
    const path = `${subscription}/resourceGroups/${name}?${groups}`;
    for (let round = 0; performance.now() < until; round++) {
      const tags = { one: String(round), other: String(round) };
      expect("created", (await client.ask("PUT", path, { location: "swedencentral", tags })).status, 201);
      const read = await client.ask("GET", path);
      expect("read", (JSON.parse(read.body) as { readonly tags?: object }).tags, tags);
      if (round % 10 === 0) {
        const all = JSON.parse(
          (await client.ask("GET", `${subscription}/resourcegroups?${groups}`)).body,
        ) as {
          readonly value: readonly { readonly tags?: Readonly<Record<string, string>> }[];
        };
        expect(
          "torn",
          all.value.filter((group) => group.tags?.one !== group.tags?.other),
          [],
        );
      }
      const gone = await client.ask("DELETE", path);
      expect("deleted", gone.status, 202);
      expect("gone", (await client.ask("GET", path)).status, 404);
    }
  };
  await Promise.all(Array.from({ length: count }, (_, index) => work(`load${index}`)));
  client.end();
  const left = Object.values(new CloudFolder(join(labs.folder, "cloud")).state.resources).filter(({ id }) =>
    /load\d/.test(id),
  );
  if (left.length > 0) wrong.push(`left: ${left.map(({ id }) => id).join(", ")}`);
  return { wrong: [...new Set(wrong)], answered };
}

/** Asks what nobody should; says what was answered otherwise than Azure would, and how much memory that took. */
async function oddRequests(labs: ServedLabs): Promise<Pick<AzureLoad, "strange" | "mebibytesMore">> {
  const client = await Client.of(labs, 8);
  const memory = () => Number(execFileSync("ps", ["-o", "rss=", "-p", String(labs.address.pid)])) / 1024;
  const strange: string[] = [];
  const ask = async (method: string, path: string, body?: string) => {
    const answered = await client.ask(method, path, body);
    strange.push(...(strangeIn(answered.status, method, answered.body) ?? []));
  };
  const asked = fc.sample(oddRequest, { numRuns: 10_000, seed: 1 });
  const large = JSON.stringify("x".repeat(10_000_000));
  for (const one of asked.slice(0, 1000)) await ask(one.method, one.path);
  const before = memory();
  for (const [index, one] of asked.entries()) {
    await ask(one.method, one.path, one.method.startsWith("P") ? one.body : undefined);
    if (index % 500 === 0) await ask("PUT", `${subscription}/resourceGroups/large?${groups}`, large);
  }
  client.end();
  return { strange, mebibytesMore: memory() - before };
}

/** Kills who serves again and again while clients write; says what was lost, or done by half. */
async function killedAgain(times: number): Promise<readonly string[]> {
  const labs = new ServedLabs();
  try {
    const wrong: string[] = [];
    for (let time = 0; time < times; time++)
      wrong.push(...(await killedAfter(labs, 50 + Math.random() * 300)));
    return wrong;
  } finally {
    labs.stop();
  }
}
