import { readStack, shippedStacks } from "../../cli/stack/stackFile";
import { survivalSvg } from "../../cli/verbs/survivalSvg";
import { planLab } from "../../topology/planLab";
import { siteOfPlan } from "../../topology/resilience/ofPlan";
import { statements } from "../../topology/resilience/proof";
import { survivalOf } from "../../topology/resilience/survival";
import { survivalMarkdown } from "../../topology/views/survivalTable";

const surviving = (stack: (typeof shippedStacks)[number]) =>
  survivalOf(siteOfPlan(planLab(readStack(stack, undefined).raw).plan));

const head = `# What a lab survives

Written by \`npm run golden\`: \`npm run lab -- survival --stack S\` prints the same of any stack. Each thing that can fail has a row: whether chat
goes on, who sees to it, where, for how many minutes rooms cannot be used and how many minutes of messages are lost at most, and what
is missing afterwards until it is mended. \`--failures 2\` goes through every pair, \`--explain A-SQL01+A-SQL02\` tells the way to a row, step by step,
\`--format svg\` draws the grid below, \`--json\` is for programs.

![The survival table of Figure 1 as a grid](figure-1.survival.svg)

## What it rests on

A model of what SQL Server and the pool do by themselves (automatic failover, quorum, log shipping, a suspended session, a full log) and
of what people can do (fail over, force service, fence, fail back, rebuild), each with its source in \`topology/resilience/\`. Before a table is
printed, every state that the lab's databases can come into by a failure, and by whatever is done about it, is visited, and each of these
must hold, or there is no table (after two failures with \`--failures 2\`; \`npm run bench\` goes through three of any kind, and four losses of machines,
data centers and link):

${statements.map((statement) => `- ${statement}`).join("\n")}

What happens is: a machine stops, comes back, or is lost with its disks; a data center is out, comes back, or is lost; the link is cut, both ways or
one; no domain controller answers; a session is suspended; a job of log shipping stops; somebody takes a log backup elsewhere; the log fills its
disk; backups get older than they are kept; everything stops for the night, and starts in any order. The pool's servers and the Front Ends keep
no state between failures: what they can do follows from what is up and where \`mgc\` is served.

It is a model: neither SQL Server nor Skype for Business ran. What no source states is marked: \`inferred\` in \`--json\`, and below \`--explain\`.
`;

/** docs/survival.md. */
export const survivalReference = (): string =>
  [head, ...shippedStacks.map((stack) => `## ${stack}\n\n${survivalMarkdown(surviving(stack))}\n`)].join(
    "\n",
  );

/** The grid of Figure 1. */
export const survivalPicture = (): string => survivalSvg(surviving("figure-1"), "What figure-1 survives");
