import { parseArgs } from "node:util";
import { allCores } from "../simulator/rules/quotaRules";
import { closest } from "../topology/closest";
import { UsageError } from "./usage";

export const verbs = ["check", "show", "preview", "rehearse", "worksheet", "price", "schema"] as const;
export type Verb = (typeof verbs)[number];

export interface Arguments {
  readonly verb: Verb;
  readonly stack: string | undefined;
  readonly configFile: string | undefined;
  readonly json: boolean;
  readonly seed: number | undefined;
  readonly parallel: number | undefined;
  /** Limits of vCPUs by the name of their quota; absent where none was given. */
  readonly cores: Readonly<Record<string, number>> | undefined;
  /** The commit to compare with. */
  readonly base: string | undefined;
  readonly format: Format | undefined;
  /** Most characters of a comparison. */
  readonly limit: number | undefined;
  /** File for the comparison without a limit. */
  readonly full: string | undefined;
  readonly failOn: string | undefined;
  readonly refresh: boolean;
  /** Region whose prices are taken for all regions. */
  readonly pricesOf: string | undefined;
}

const formats = ["text", "markdown", "json"] as const;
export type Format = (typeof formats)[number];

const options = {
  stack: { type: "string" },
  "config-file": { type: "string" },
  json: { type: "boolean" },
  seed: { type: "string" },
  parallel: { type: "string" },
  cores: { type: "string", multiple: true },
  base: { type: "string" },
  format: { type: "string" },
  limit: { type: "string" },
  full: { type: "string" },
  "fail-on": { type: "string" },
  refresh: { type: "boolean" },
  "prices-of": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Options that only some verbs understand. */
const onlyFor: Readonly<Record<string, readonly Verb[]>> = {
  json: ["check", "show", "preview", "rehearse", "price"],
  seed: ["rehearse"],
  parallel: ["rehearse"],
  cores: ["rehearse"],
  base: ["preview"],
  format: ["preview"],
  limit: ["preview"],
  full: ["preview"],
  "fail-on": ["preview"],
  refresh: ["price"],
  "prices-of": ["price"],
  stack: ["check", "show", "preview", "rehearse", "worksheet", "price"],
  "config-file": ["check", "show", "preview", "rehearse", "worksheet", "price"],
};

/** What the user typed; "help" when that was asked for. Throws a UsageError for anything it does not understand. */
export function readArguments(argv: readonly string[]): Arguments | "help" {
  const { values, positionals } = parse(argv);
  if (values.help || positionals[0] === "help") return "help";
  const [verb, ...extra] = positionals;
  if (verb === undefined) throw new UsageError(`Say what to do: ${verbs.join(", ")}.`);
  if (!isVerb(verb)) {
    const near = closest(verb, verbs);
    throw new UsageError(`There is no verb "${verb}".${near === undefined ? "" : ` Did you mean ${near}?`}`);
  }
  if (extra.length > 0)
    throw new UsageError(`"${extra.join(" ")}" is too much. A stack is named with --stack ${extra[0]}.`);
  for (const name of Object.keys(values))
    if (!(onlyFor[name]?.includes(verb) ?? true)) throw new UsageError(`--${name} means nothing to ${verb}.`);
  for (const name of ["format", "limit", "full", "fail-on"] as const)
    if (values[name] !== undefined && values.base === undefined)
      throw new UsageError(`--${name} means nothing without --base.`);
  if (values.base !== undefined && values["config-file"] !== undefined)
    throw new UsageError("--base compares stacks of this checkout; a file somewhere else has no base.");
  return {
    verb,
    stack: values.stack,
    configFile: values["config-file"],
    json: values.json ?? false,
    seed: wholeNumber("seed", values.seed, 0),
    parallel: wholeNumber("parallel", values.parallel, 1),
    cores: coreLimits(values.cores),
    base: values.base,
    format: formatOf(values.format),
    limit: wholeNumber("limit", values.limit, 1000),
    full: values.full,
    failOn: values["fail-on"],
    refresh: values.refresh ?? false,
    pricesOf: values["prices-of"],
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error),
    );
  }
}

function isVerb(word: string): word is Verb {
  return (verbs as readonly string[]).includes(word);
}

function formatOf(text: string | undefined): Format | undefined {
  const found = formats.find((format) => format === text);
  if (text !== undefined && found === undefined)
    throw new UsageError(`--format takes ${formats.join(", ")}, not "${text}".`);
  return found;
}

/** `10` limits a region as a whole, `standardDSv5Family=10` one family. */
function coreLimits(texts: readonly string[] | undefined): Readonly<Record<string, number>> | undefined {
  if (texts === undefined) return undefined;
  return Object.fromEntries(
    texts.map((text) => {
      const [, family, number = ""] = /^(?:([^=]+)=)?([0-9]+)$/.exec(text) ?? [];
      if (number === "")
        throw new UsageError(`--cores takes a whole number, or <family>=<number>, not "${text}".`);
      return [family ?? allCores, Number(number)];
    }),
  );
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === "" || !Number.isInteger(number) || number < least)
    throw new UsageError(`--${name} takes a whole number from ${least}, not "${text}".`);
  return number;
}
