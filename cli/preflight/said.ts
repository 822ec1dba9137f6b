import type { z } from "zod";
import type { answer } from "../terminal/preflightShape";
import type { Answered } from "./answered";

export type Answer = z.output<typeof answer>;

/** An answer without what it is about. */
export type Said = Omit<Answer, "about" | "question">;

export const yes = (because: string): Said => ({ answer: "yes", because, instead: [] });
export const no = (because: string, ...instead: readonly string[]): Said => ({
  answer: "no",
  because,
  instead: [...instead],
});
export const unknown = (because: string): Said => ({ answer: "unknown", because, instead: [] });

/** A no that would be a yes for what the lab has already: unknown where Azure did not say what that is. */
export const unlessSilent = (own: Answered<unknown>, said: Said): Said =>
  said.answer === "no" && "silent" in own
    ? unknown(`${said.because} That matters only for what this lab does not have yet. ${own.silent}`)
    : said;

/** What follows from an answer of Azure's; unknown where there is none. */
export const by = <T>(found: Answered<T> | undefined, say: (value: T) => Said): Said =>
  found === undefined
    ? unknown("Azure was not asked.")
    : "value" in found
      ? say(found.value)
      : unknown(found.silent);
