import { z } from "zod";
import { list, number, text, truth } from "./words";

const step = z.strictObject({
  id: text("Unique in its runbook: what is done, and a number."),
  title: text("What it does."),
  machine: text("On which machine it is typed; empty for what is typed wherever a CLI is."),
  as: text("The account that it runs as."),
  language: z.enum(["T-SQL", "PowerShell", "Azure CLI", "Pulumi CLI"]).describe("What it is written in."),
  command: text("The command."),
  expect: text("What a good answer looks like."),
  waitMinutes: number("How long to wait for it."),
  otherwise: text("What to do when it does not come."),
  repeatable: truth("Whether it does no harm a second time."),
  undo: text("What takes it back; empty where nothing does."),
  needs: z.enum(["", "Skype for Business"]).describe("What must be installed for it."),
  open: text("What the sources leave open about it."),
});

/** A runbook. */
export const runbook = z.strictObject({
  name: text("What is typed to see it."),
  title: text("What it is for."),
  database: text("The database that it is about; empty where it is about none."),
  when: text("When it applies."),
  loses: z
    .number()
    .nullable()
    .describe("Minutes of acknowledged messages that are lost at most; `null` where nobody counts them."),
  decides: truth("Whether somebody must answer for what is lost before it is begun."),
  minutes: number("Of the machines; people's own time comes on top."),
  before: list(step, "What is asked first."),
  acts: list(step, "What is done, in order."),
  after: list(step, "What is asked at the end."),
});
