/** What the command line knows of a verb. */
interface VerbFacts {
  /** One line for `--help`. */
  readonly does: string;
  /** Options that mean something to it, besides `--help`. */
  readonly options: readonly string[];
  /** What it can write with `--format`; the first is what it writes without. */
  readonly formats?: readonly string[];
  /** What a word behind it names, where it takes one. */
  readonly word?: string;
}

const ofStack = ["stack", "config-file"] as const;

/** Every verb, in the order of `--help`: what may be typed, what each does, what it understands. */
const verbs = {
  check: {
    does: "every problem of a stack file, what is allowed and what to do",
    options: [...ofStack, "json", "azure", "twin", "faults"],
  },
  show: {
    does: "the plan: machines, addresses, roles, shares, flows, steps",
    options: [...ofStack, "json"],
  },
  diagram: {
    does: "the plan as a picture: Mermaid, or SVG with --format svg",
    options: [...ofStack, "format", "out"],
    formats: ["mermaid", "svg"],
  },
  preview: {
    does: "every resource that the program registers, offline",
    options: [...ofStack, "json", "base", "format", "limit", "full", "fail-on"],
    formats: ["text", "markdown", "json"],
  },
  rehearse: {
    does: "all of it on a simulated Azure: timeline and critical path",
    options: [...ofStack, "json", "format", "out", "seed", "parallel", "cores", "faults"],
    formats: ["text", "svg"],
  },
  survival: {
    does: "what fails, what then, who acts, minutes lost; weak points",
    options: [...ofStack, "json", "format", "out", "failures", "explain"],
    formats: ["text", "markdown", "svg"],
  },
  runbook: {
    does: "[NAME]: what to do when it fails, one command a step",
    options: [...ofStack, "json", "format", "out", "lost", "lost-data-center", "link"],
    formats: ["markdown", "html"],
    word: "runbook",
  },
  worksheet: { does: "what to type into Topology Builder, as Markdown", options: ofStack },
  price: {
    does: "what it costs at list prices, running and stopped",
    options: [...ofStack, "json", "refresh", "prices-of", "hours-a-day", "days"],
  },
  recover: {
    does: "what an interrupted or failed pulumi up left, and what mends it",
    options: [...ofStack, "json", "state", "out", "twin"],
  },
  status: {
    does: "what stands on Azure: machines, guest steps, health, what lacks",
    options: [...ofStack, "json", "twin"],
  },
  start: {
    does: "every machine of a lab that stands, in an order that keeps quorum",
    options: [...ofStack, "json", "twin"],
  },
  stop: {
    does: "the same in reverse: they cost nothing then but disks, addresses",
    options: [...ofStack, "json", "twin", "all"],
  },
  serve: {
    does: "the simulated Azure at an address, for the Azure CLI and SDKs",
    options: ["folder", "port", "faults", "clock", "env"],
  },
  schema: { does: "JSON Schema of a stack file, for editors", options: [] },
  /** Its words belong to the command that it runs. */
  twin: { does: "-- pulumi ... or -- az ...: either CLI on the simulated Azure", options: [] },
} as const satisfies Readonly<Record<string, VerbFacts>>;

export type AnyVerb = keyof typeof verbs;

/** A verb whose words the command line reads itself. */
export type Verb = Exclude<AnyVerb, "twin">;

type Formats<V> = V extends { readonly formats: readonly (infer F)[] } ? F : never;
export type Format = Formats<(typeof verbs)[AnyVerb]>;

export const verbNames = Object.keys(verbs) as readonly AnyVerb[];

/** What is known of a verb, without the types of each. */
export const factsOf = (verb: AnyVerb): VerbFacts => verbs[verb];
