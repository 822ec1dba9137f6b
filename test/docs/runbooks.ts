import { readStack } from "../../cli/stack/stackFile";
import { planLab } from "../../topology/planLab";
import { runbooksOf } from "../../topology/runbooks/runbooks";
import { costText, runbookMarkdown } from "../../topology/views/runbookText";

const head = `# What to do when it fails

Written by \`npm run golden\` for \`figure-1\`; \`npm run lab -- runbook --stack S\` lists the runbooks of any stack, \`runbook NAME\` prints one with that
lab's own names, and \`--format html --out FILE\` all of them as a page to print. \`runbook --lost A-SQL01,A-SQL02\`, \`--lost-data-center primary\` and
\`--link down\` answer "this is what we lost: what now?".

A runbook is a box for each command: where it is typed and as whom, what a good answer looks like, how long to wait for it, what to do when it
does not come, and what takes it back. What no source states is marked \`[not stated]\`. Cmdlets of Skype for Business are needed only where it is
installed. Nobody has followed one on real machines yet.

Their acts and their order are not only written down. In the model of [what a lab survives](survival.md) each is replayed from every state in
which it applies: its acts are possible there, it ends as it says, and from every state in which something is left runbooks lead back to the
lab as it was, after two failures too (\`npm run bench\`).
`;

/** docs/runbooks.md. */
export function runbookReference(): string {
  const all = runbooksOf(planLab(readStack("figure-1", undefined).raw).plan);
  // Those of the other database differ in its name only.
  const shown = all.filter(({ database }) => database !== "mgccomp");
  return [
    head,
    "| runbook | when | what it costs |",
    "| --- | --- | --- |",
    ...shown.map((one) => `| \`${one.name}\` | ${one.when} | it ${costText(one)} |`),
    "",
    "Those of `mgccomp` are called the same with `-mgccomp` behind.",
    "",
    ...shown.map(runbookMarkdown),
  ].join("\n");
}
