import { commentText } from "../../cli/review/comment";
import { compare } from "../../cli/review/compare";
import { programOptions } from "../../cli/stack/programOptions";
import { readStack, shippedStacks } from "../../cli/stack/stackFile";
import { runProgram } from "../../simulator/engine/program";
import { planLab } from "../../topology/planLab";
import { withPart } from "./written";

const stack = "figure-1";

async function sideWith(databases: object) {
  const { raw } = readStack(stack, undefined);
  const changed = { ...raw, databases: { ...(raw.databases as object), ...databases } };
  const { plan, problems } = planLab(changed);
  const { resources } = await runProgram(programOptions({ stack, raw: changed, plan, problems }));
  return { resources };
}

/** The comment on two changes of Figure 1, as it is posted. */
async function exampleComment(): Promise<string> {
  const report = compare(
    stack,
    await sideWith({}),
    await sideWith({
      witnesses: "secondary",
      logShipping: { intervalMinutes: 30, restoreAlertMinutes: 90 },
    }),
  );
  const others = shippedStacks
    .filter((name) => name !== stack)
    .map((name) => compare(name, { resources: [] }, { resources: [] }));
  return commentText(
    { base: "1f3870be274f", head: "c1a5298f939e", stacks: [report, ...others] },
    "markdown",
    60_000,
  );
}

/** docs/pull-requests.md with its example brought up to date. */
export async function pullRequestReference(): Promise<string> {
  const quoted = (await exampleComment())
    .trimEnd()
    .split("\n")
    .map((line) => `> ${line}`.trimEnd());
  return withPart("pull-requests.md", "comment", quoted.join("\n"));
}
