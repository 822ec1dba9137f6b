import { checkPassword } from "../../topology/config/password";
import { formatProblems, hasErrors, type Problem } from "../../topology/config/problem";
import type { Plan } from "../../topology/model";
import { planLab } from "../../topology/planLab";
import type { Arguments } from "../terminal/arguments";
import { err } from "../terminal/terminal";
import { readStack } from "./stackFile";

export interface LoadedStack {
  readonly stack: string;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly plan: Plan;
  readonly problems: readonly Problem[];
}

/** A stack with its plan and every problem of its file and its configuration. */
export function loadStack({ stack, configFile }: Pick<Arguments, "stack" | "configFile">): LoadedStack {
  const file = readStack(stack, configFile);
  // A stack without a password is complete offline: no stack of this checkout carries one, and each user sets a secret of their own.
  const password =
    file.password === "plain" || file.password === "empty"
      ? checkPassword("plain", file.plainPassword ?? "")
      : [];
  const readable = file.problems.every(({ rule }) => rule !== "readableFile");
  const { plan, problems } = planLab(file.raw);
  return {
    stack: file.stack,
    raw: file.raw,
    plan,
    problems: readable ? [...file.problems, ...password, ...problems] : file.problems,
  };
}

/** Verbs that answer a question of their own, above which a warning would only stand in the way. */
const quiet: readonly string[] = ["recover", "status", "start", "stop", "worksheet", "price", "diagram"];

/** The stack, for verbs that need a good one: warnings are told on the way, but for quiet verbs; errors end the command. */
export function loadGoodStack(args: Arguments): LoadedStack | undefined {
  const loaded = loadStack(args);
  const isTold = hasErrors(loaded.problems) || !quiet.includes(args.verb);
  if (isTold && loaded.problems.length > 0)
    err.say(`${formatProblems(`stack ${loaded.stack}`, loaded.problems)}\n\n`);
  return hasErrors(loaded.problems) ? undefined : loaded;
}
