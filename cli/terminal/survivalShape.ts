import { z } from "zod";
import { list, number, text, truth } from "./words";

/** A row of the survival table. */
export const survivalRow = z.strictObject({
  what: list(
    z.string(),
    "What fails: names of machines, `primary/zone 1` and so on, `primary`, `secondary`, `link`, or the id of a share.",
  ),
  chat: z.enum(["goes on", "by hand", "lost"]).describe("Whether rooms can be used again."),
  by: z.enum(["nobody", "SQL Server", "the pool", "people"]).describe("Who sees to it."),
  dataCenter: z.enum(["primary", "secondary", "nowhere"]).describe("Where `mgc` is served then."),
  outageMinutes: number("Until rooms can be used again, of the machines; people's own time comes on top."),
  lossMinutes: z
    .number()
    .nullable()
    .describe("Minutes of acknowledged messages that are lost at most; `null` where all of them are."),
  files: truth("Whether files can be sent."),
  compliance: z
    .enum(["goes on", "by hand", "lost"])
    .nullable()
    .describe("Whether what is said is recorded; `null` in a lab without compliance."),
  unprotected: list(z.string(), "What is missing afterwards, until it is mended."),
  runbook: text("What people begin with; empty where they need do nothing."),
  path: list(z.string(), "What happens and what is done, in order."),
  inferred: list(z.string(), "What of this no source states."),
});
/** Where a lab is thin. */
export const weakPoint = z.strictObject({
  severity: z.enum(["high", "medium", "low"]).describe("How much it weighs."),
  what: text("What is thin."),
  because: text("What that leads to."),
  key: text("Key and value of the configuration that remove it; empty where none does."),
});
