import { parseArgs } from "node:util";
import { allCores } from "../../simulator/arm/rules/quotaRules";
import { closest } from "../../topology/config/closest";
import { firstSteps, UsageError } from "./usage";
import { type Format, factsOf, type Verb, verbNames } from "./verbFacts";

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
  /** File for what would go to stdout. */
  readonly out: string | undefined;
  readonly failOn: string | undefined;
  /** File with what is to go wrong in the simulated Azure. */
  readonly faults: string | undefined;
  readonly refresh: boolean;
  /** File with what `pulumi stack export` wrote. */
  readonly state: string | undefined;
  /** Whether it is about the twin, not about Azure. */
  readonly twin: boolean;
  /** Whether to ask Azure, too. */
  readonly azure: boolean;
  /** Whether to stop what the stack file lets run on, too. */
  readonly all: boolean;
  /** Everything is priced as if it stood in this region. */
  readonly pricesOf: string | undefined;
  /** For so many hours of each day all machines run. */
  readonly hoursADay: number | undefined;
  readonly days: number | undefined;
  /** The word behind the verb, of a verb that takes one. */
  readonly word: string | undefined;
  /** Machines that were lost. */
  readonly lost: readonly string[] | undefined;
  readonly lostDataCenter: "primary" | "secondary" | undefined;
  /** Whether the link between the data centers is down. */
  readonly linkDown: boolean;
  /** How many things fail at once. */
  readonly failures: number | undefined;
  /** Names what fails in the row of which the way is told. */
  readonly explain: string | undefined;
  /** The folder of a twin. */
  readonly folder: string | undefined;
  readonly port: number | undefined;
  /** Whether a minute of Azure's is one, or a millisecond. */
  readonly clock: "fast" | "real" | undefined;
  /** Whether to print what a shell must export. */
  readonly env: boolean;
}

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
  out: { type: "string" },
  "fail-on": { type: "string" },
  faults: { type: "string" },
  refresh: { type: "boolean" },
  "prices-of": { type: "string" },
  "hours-a-day": { type: "string" },
  days: { type: "string" },
  lost: { type: "string" },
  "lost-data-center": { type: "string" },
  link: { type: "string" },
  failures: { type: "string" },
  explain: { type: "string" },
  folder: { type: "string" },
  port: { type: "string" },
  clock: { type: "string" },
  env: { type: "boolean" },
  state: { type: "string" },
  twin: { type: "boolean" },
  azure: { type: "boolean" },
  all: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** What the user typed; "help" when that was asked for. Throws a UsageError for anything it does not understand. */
export function readArguments(argv: readonly string[]): Arguments | "help" {
  const { values, positionals } = parse(argv);
  if (values.help || positionals[0] === "help") return "help";
  const [verb, ...extra] = positionals;
  if (verb === undefined) throw new UsageError(`Say what to do: ${verbNames.join(", ")}.\n${firstSteps}`);
  if (!isVerb(verb)) {
    const near = closest(verb, verbNames);
    throw new UsageError(
      `There is no verb "${verb}".${near === undefined ? "" : ` Did you mean ${near}?`} Verbs: ${verbNames.join(", ")}.\n${firstSteps}`,
    );
  }
  const words = factsOf(verb).word === undefined ? 0 : 1;
  if (extra.length > words) throw new UsageError(tooMuch(verb, extra.slice(words)));
  for (const name of Object.keys(values))
    if (!factsOf(verb).options.includes(name)) throw new UsageError(`--${name} means nothing to ${verb}.`);
  for (const name of ["format", "limit", "full", "fail-on"] as const)
    if (values[name] !== undefined && verb === "preview" && values.base === undefined)
      throw new UsageError(`--${name} means nothing without --base.`);
  if (values.base !== undefined && values["config-file"] !== undefined)
    throw new UsageError("--base compares stacks of this checkout; a file somewhere else has no base.");
  if (verb === "rehearse" && values.out !== undefined && values.format !== "svg")
    throw new UsageError("--out of rehearse needs --format svg.");
  if (verb === "survival" && values.out !== undefined && !["svg", "markdown"].includes(values.format ?? ""))
    throw new UsageError("--out of survival needs --format svg or --format markdown.");
  for (const name of ["port", "faults", "clock"] as const)
    if (values.env && values[name] !== undefined)
      throw new UsageError(`--${name} is for who serves; --env asks who serves already.`);
  if (values["hours-a-day"] !== undefined && values.days === undefined)
    throw new UsageError("--hours-a-day needs --days.");
  for (const name of ["twin", "faults"] as const)
    if (verb === "check" && values[name] !== undefined && !values.azure)
      throw new UsageError(`--${name} of check needs --azure.`);
  if (verb === "check" && values.faults !== undefined && !values.twin)
    throw new UsageError("--faults of check needs --twin: nothing is wrong with Azure on purpose.");
  if (values.json && values.format !== undefined && verb !== "preview")
    throw new UsageError("--json and --format are two ways to write the same: choose one.");
  return {
    verb,
    stack: values.stack,
    configFile: values["config-file"],
    json: values.json ?? false,
    seed: wholeNumber("seed", values.seed, 0),
    parallel: wholeNumber("parallel", values.parallel, 1),
    cores: coreLimits(values.cores),
    base: values.base,
    format: formatOf(verb, values.format),
    limit: wholeNumber("limit", values.limit, 1000),
    full: values.full,
    out: values.out,
    failOn: values["fail-on"],
    faults: values.faults,
    refresh: values.refresh ?? false,
    state: values.state,
    twin: values.twin ?? false,
    azure: values.azure ?? false,
    all: values.all ?? false,
    pricesOf: values["prices-of"],
    hoursADay: wholeNumber("hours-a-day", values["hours-a-day"], 0, 24),
    days: wholeNumber("days", values.days, 1),
    word: extra[0],
    lost: values.lost?.split(",").map((name) => name.trim()),
    lostDataCenter: oneOf("lost-data-center", values["lost-data-center"], ["primary", "secondary"]),
    linkDown: oneOf("link", values.link, ["down"]) !== undefined,
    failures: wholeNumber("failures", values.failures, 1, 2),
    explain: values.explain,
    folder: values.folder,
    port: wholeNumber("port", values.port, 1, 65_535),
    clock: oneOf("clock", values.clock, ["fast", "real"]),
    env: values.env ?? false,
  };
}

/** What was typed behind a verb that takes no words; npm keeps options to itself that stand before its own --. */
function tooMuch(verb: Verb, extra: readonly string[]): string {
  const [first = ""] = extra;
  if (first.startsWith("-"))
    return `Options stand behind the verb, without a -- between: npm run lab -- ${verb} ${extra.join(" ")}.`;
  const eaten =
    process.env.npm_config_stack !== undefined ? "npm took --stack for itself: put -- behind lab. " : "";
  return `"${extra.join(" ")}" is too much. ${eaten}A stack is named so: npm run lab -- ${verb} --stack ${first}.`;
}

function parse(argv: readonly string[]) {
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true, tokens: true });
    const named = parsed.tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
    const twice = named.find((name, place) => name !== "cores" && named.indexOf(name) !== place);
    if (twice !== undefined) throw new UsageError(`--${twice} stands there twice: say it once.`);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [message = ""] = (error as Error).message.split(/\. |\n/);
    const unknown = /^Unknown option '--?([^']+)'/.exec(message)?.[1];
    const near = unknown === undefined ? undefined : closest(unknown, Object.keys(options));
    throw new UsageError(
      `${message.replace(/\.$/, "")}.${near === undefined ? "" : ` Did you mean --${near}?`}`,
    );
  }
}

function isVerb(word: string): word is Verb {
  return word !== "twin" && (verbNames as readonly string[]).includes(word);
}

function oneOf<T extends string>(name: string, text: string | undefined, known: readonly T[]): T | undefined {
  const found = known.find((one) => one === text);
  if (text !== undefined && found === undefined)
    throw new UsageError(`--${name} takes ${known.join(" or ")}, not "${text}".`);
  return found;
}

function formatOf(verb: Verb, text: string | undefined): Format | undefined {
  const known = (factsOf(verb).formats ?? []) as readonly Format[];
  const found = known.find((format) => format === text);
  if (text !== undefined && found === undefined)
    throw new UsageError(`--format takes ${known.join(", ")}, not "${text}".`);
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

function wholeNumber(
  name: string,
  text: string | undefined,
  least: number,
  most = Number.POSITIVE_INFINITY,
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  const upTo = most === Number.POSITIVE_INFINITY ? "" : ` to ${most}`;
  if (text.trim() === "" || !Number.isInteger(number) || number < least || number > most)
    throw new UsageError(`--${name} takes a whole number from ${least}${upTo}, not "${text}".`);
  return number;
}
