import { z } from "zod";
import { list, text } from "./words";

/** What is asked of an Azure before a deployment. */
export const questions = [
  "permission",
  "provider",
  "region",
  "resource group",
  "size",
  "vCPUs",
  "quota",
  "image",
  "terms",
] as const;

export const answer = z.strictObject({
  about: text(
    "A machine, a quota, a provider, a type in a region, an image, a resource group, or an action.",
  ),
  question: z.enum(questions).describe("What was asked of it."),
  answer: z
    .enum(["yes", "no", "unknown"])
    .describe("`no` where a deployment would be refused, `unknown` where Azure did not answer."),
  because: text("What Azure said, or why it said nothing."),
  instead: list(z.string(), "What would work; empty unless the answer is `no`."),
});
