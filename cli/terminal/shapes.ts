import { z } from "zod";
import { answer } from "./preflightShape";
import { report } from "./reportShape";
import { runbook } from "./runbookShape";
import { survivalRow, weakPoint } from "./survivalShape";
import { list, number, text, truth, urn } from "./words";

/*
 * What `--json` prints, verb by verb: docs/json.md is written from here, and a test holds what the verbs print against it. A field may be
 * added; one that is here keeps its name and meaning.
 */

const span = z.strictObject({
  urn,
  start: number("Virtual minutes since the deployment began."),
  end: number("Virtual minutes since the deployment began."),
  back: number(
    "When its machine is back, of a guest step that ends with a restart; absent otherwise.",
  ).optional(),
});
const periods = (description: string) =>
  z
    .strictObject({ hour: number("In USD."), day: number("In USD."), month: number("In USD, of 730 hours.") })
    .describe(description);
const refusal = z.strictObject({
  urn,
  status: number("HTTP status of Azure's answer; absent where the engine refused.").optional(),
  code: text("Error code of Azure Resource Manager; `DuplicateUrn` is the engine's."),
  message: text("What was wrong."),
});

const problem = z.strictObject({
  rule: text("Name of the rule that found it."),
  severity: z.enum(["error", "warning"]).describe("An error stops the lab."),
  path: text("Path in the stack's configuration."),
  also: list(z.string(), "Paths of the other values that it is about.").optional(),
  value: z
    .unknown()
    .describe("What stands there, cut to a line; absent where nothing does, or where it is secret.")
    .optional(),
  message: text("What is wrong."),
  fix: text("What is allowed, and what to do."),
});

const resource = z.strictObject({
  urn,
  type: text("Type token, such as `azure-native:compute:VirtualMachine`."),
  name: text("Name in the program."),
  parent: text("URN of the parent; empty for the stack."),
  inputs: z
    .record(z.string(), z.unknown())
    .describe("What the provider would receive, secrets as `[secret]`."),
  dependsOn: list(z.string(), "URNs of what must exist first."),
  protect: truth("Whether Pulumi refuses to delete it."),
  deleteBeforeReplace: truth("Whether a replacement deletes it first."),
  replaceOnChanges: list(z.string(), "Property paths that force a replacement."),
  deletedWith: text("URN of the resource with which it goes; empty for none."),
  secrets: list(z.string(), "Property paths of the secrets."),
});

const thing = z.strictObject({
  type: text("As Azure calls it, such as `Microsoft.Compute/virtualMachines`."),
  name: text("With the names of what it stands in, such as `A-SQL01/join`."),
  id: text("Its id in Azure."),
});

/** What each verb prints with `--json`. */
export const shapes = {
  check: z.strictObject({
    stack: text("Name of the stack."),
    problems: list(problem, "Errors and warnings, in the order of the file's keys and of the rules."),
  }),
  preview: z.array(resource).describe("Every resource, in the order of registration."),
  rehearse: z.strictObject({
    resources: number("How many resources the program registers."),
    makespanMinutes: number("Virtual minutes until all is done."),
    sequentialMinutes: number("The same one operation after another."),
    criticalPath: list(span, "The chain that decided how long it takes, first to last."),
    timeline: list(span, "Every operation, by its start."),
    refusals: list(refusal, "What the simulated Azure refused; absent where it refused nothing.").optional(),
  }),
  survival: z.strictObject({
    stack: text("Name of the stack."),
    states: number("States of its databases over which the table was proved."),
    rows: list(
      survivalRow,
      "Each thing that can fail, then the pairs that are worse than each of the two alone.",
    ),
    weakPoints: list(weakPoint, "Where the lab is thin, the worst first."),
  }),
  runbook: list(
    runbook,
    "Every runbook, the one that was named, or those that apply after a loss, in order.",
  ),
  price: z.strictObject({
    stack: text("Name of the stack."),
    currency: z.literal("USD"),
    asOf: text("Date of the oldest price that was used."),
    running: periods("While all machines run."),
    stopped: periods("While all machines are stopped that stop: domain controllers run on by default."),
    stay: z
      .strictObject({
        days: number("Days with the lab."),
        hoursADay: number("Hours of each day for which all machines run."),
        usd: number("USD for all of them, of what has a price."),
      })
      .describe("With --days only.")
      .optional(),
    unknown: number("Things without a price, which are in no sum."),
    items: list(
      z.strictObject({
        region: text("Azure region."),
        what: text("Size, disk tier, or what else costs money."),
        count: number("How many of it."),
        perHour: number("USD an hour for all of them; absent where there is no price.").optional(),
        onlyRunning: truth("Whether it costs nothing while machines are stopped."),
      }),
      "One row for each kind of thing in each region.",
    ),
  }),
  recover: z.strictObject({
    stack: text("Name of the stack."),
    locked: z.boolean().describe("Whether the stack is locked, as far as a backend of files shows it."),
    interrupted: list(z.string(), "URNs of the operations during which Pulumi stopped."),
    deleteOld: list(
      z.string(),
      "Ids of what Pulumi was about to replace and takes for deleted, though Azure still has it.",
    ),
    deleteSteps: list(
      z.strictObject({ urn, id: text("Its id in Azure.") }),
      "Guest steps that Azure has and Pulumi has not.",
    ),
    importFile: z
      .strictObject({
        nameTable: z.record(z.string(), z.string()).describe("Name of a parent in this file, and its URN."),
        resources: list(
          z.strictObject({
            type: text("Type token."),
            name: text("Name in the program."),
            id: text("Its id in Azure."),
            parent: text("Name of its parent in this file."),
          }),
          "What Azure has and Pulumi has not, but guest steps.",
        ),
      })
      .describe("As `pulumi import --file` takes it."),
    failedMachines: list(
      z.strictObject({
        urn,
        id: text("Its id in Azure."),
        code: text("Azure's code, such as `AllocationFailed`; absent after a refresh.").optional(),
      }),
      "Machines that Azure has and that failed; for most there was no host.",
    ),
    replace: list(z.string(), "URNs of guest steps that must run again."),
    commands: list(z.string(), "What mends it, in order; empty where there is nothing to mend."),
  }),
  status: z.strictObject({
    stack: text("Name of the stack."),
    lab: text("Name of the lab."),
    site: z.enum(["primary", "secondary"]).describe("The data center that serves, as the stack file says."),
    isWhole: truth(
      "Whether nothing lacks, nothing is too much, every guest step has succeeded and nothing is wrong; stopped or not.",
    ),
    machines: list(
      z.strictObject({
        name: text("Computer name."),
        dataCenter: z.enum(["primary", "secondary"]).describe("Where it stands."),
        power: text(
          "As Azure calls it: `running`, `starting`, `stopped`, `deallocating`, `deallocated`; absent where there is no such machine.",
        ).optional(),
      }),
      "Every machine of the plan.",
    ),
    steps: list(
      z.strictObject({
        machine: text("Computer name."),
        step: text("Name of the guest step."),
        outcome: z.enum(["succeeded", "failed", "running", "not run"]).describe("How its script ended."),
        state: text(
          "The same as Azure calls it, such as `TimedOut`; absent where it did not run.",
        ).optional(),
        ended: text("When, in UTC; absent where Azure does not say.").optional(),
        said: text("The last line of what a script that failed printed.").optional(),
      }),
      "Every guest step of the plan, in its order.",
    ),
    health: list(
      z.strictObject({
        machine: text("Computer name."),
        step: text("The guest step that told it: `health` or `verify`."),
        told: text("When, in UTC; absent where Azure does not say.").optional(),
        wrong: list(z.string(), "What is not as planned."),
        found: z.record(z.string(), z.unknown()).describe("All that it found."),
      }),
      "What the machines last told of themselves; empty on the simulated Azure, which runs no scripts.",
    ),
    missing: list(thing, "What the plan has and Azure has not; its lists may be a minute behind."),
    extra: list(thing, "What Azure has in the lab's resource groups and the plan has not."),
    nextStop: z
      .strictObject({
        at: text("When, in UTC."),
        told: text("The same as its schedule says it."),
        machines: list(z.string(), "Machines that run and stop then."),
      })
      .nullable()
      .describe("The next daily stop of what runs; null where there is none."),
  }),
  "start, stop": z.strictObject({
    stack: text("Name of the stack."),
    action: z.enum(["start", "stop"]).describe("What was done."),
    isDone: truth("Whether every machine is now as it should be."),
    machines: list(
      z.strictObject({
        machine: text("Computer name."),
        tier: text("Those with which it starts and stops, such as `witnesses`."),
        result: z
          .enum(["done", "already", "left alone", "failed", "not there", "held back"])
          .describe(
            "`already` was so before, `left alone` is for runbook fail-back to start or for `--all` to stop, `held back` waits for others that failed.",
          ),
        seconds: number("How long it took."),
        code: text("Azure's code for what went wrong.").optional(),
        message: text("What Azure says of it.").optional(),
        remedy: text("What to do about it.").optional(),
      }),
      "In the order in which they ended.",
    ),
  }),
  "check --azure": z.strictObject({
    stack: text("Name of the stack."),
    subscription: text("Id of the subscription that was asked."),
    answers: list(answer, "Every machine and resource of the plan, question by question."),
  }),
  "preview --base": z.strictObject({
    base: text("The commit that it was compared with."),
    head: text("The commit of the working tree."),
    stacks: list(report, "The worst first."),
  }),
} as const;
