import { z } from "zod";
import { list, number, text, truth, urn } from "./words";

const effect = z.strictObject({
  urn,
  was: text("Its URN before, where an alias says that it had another one.").optional(),
  type: text("Type token."),
  name: text("Name in the program."),
  op: z.enum(["create", "update", "replace", "delete"]).describe("What the deployment does."),
  because: list(z.string(), "Property paths that changed or, for a replacement, force it."),
  refused: truth("Whether the engine refuses it, since it is protected."),
});

const costs = z.strictObject({
  running: number("USD an hour while all machines run."),
  stopped: number("USD an hour while all are stopped."),
  unknown: number("Things without a price."),
});

const changedFact = z.strictObject({
  what: text("What it is about."),
  before: text("How it was."),
  after: text("How it will be."),
  short: text("The change in few words."),
  worse: truth("Whether it got worse."),
});

/** What a change does to one stack. */
export const report = z.strictObject({
  stack: text("Name of the stack."),
  verdict: text("One line, the worst first."),
  lost: list(
    z.strictObject({
      name: text("Name in the program."),
      type: text("Type token."),
      op: z.enum(["replace", "delete"]).describe("What happens to it."),
      because: list(z.string(), "Property paths that force it."),
      values: list(z.string(), "The same with values before and after, where they can be shown."),
      dataCenter: text("Where it stands: `primary`, `secondary`, or empty."),
      data: truth("Whether data is on it."),
      refused: truth("Whether the engine refuses it while it is protected."),
    }),
    "What is replaced or deleted, data first.",
  ),
  order: text("What to deploy first where protection refuses it; empty otherwise."),
  survival: list(
    changedFact,
    "What fails differently now: rows of the survival table, and weak points that came or went, the worst first.",
  ),
  availability: list(
    changedFact,
    "The same, and what else the service depends on: the round trip, and protection.",
  ),
  meanwhile: list(
    z.string(),
    "What the service lacks while machines are made again, from when to when, and what would be the end of it.",
  ),
  steps: list(
    z.strictObject({
      machine: text("Name of the machine."),
      steps: list(z.string(), "Guest steps that run."),
      interrupts: list(z.string(), "What they interrupt."),
    }),
    "Guest steps that run because of the change.",
  ),
  quota: list(
    z.strictObject({
      quota: text("Region and family."),
      before: number("vCPUs."),
      after: number("vCPUs."),
    }),
    "vCPUs, where they change.",
  ),
  cost: z
    .strictObject({
      before: costs,
      after: costs,
      comparable: truth("Whether their difference is one of the lab, and not of what has a price."),
    })
    .describe("Absent where it does not change.")
    .optional(),
  policies: list(
    z.strictObject({
      id: text("Name of the policy."),
      severity: z.enum(["mandatory", "advisory"]).describe("A mandatory one stops a deployment."),
      why: text("Why there is this policy."),
      resource: text("Name of the resource; empty for the lab as a whole."),
      message: text("What is wrong."),
    }),
    "Policies that the change breaks.",
  ),
  effects: list(effect, "Every resource that changes."),
  problems: text("Why the new side makes no lab; empty otherwise."),
  baseProblems: text("Why the base made none; empty otherwise."),
});
