import { factsOf, verbNames } from "./verbFacts";

/** The command line is wrong: said in one line, and the exit code is 2. */
export class UsageError extends Error {}

/** For somebody who does not know yet what to type. */
export const firstSteps = `To begin with:
  npm run lab -- rehearse                            Figure 1 on a simulated Azure
  npm run lab -- diagram                             what it consists of
  npm run lab -- twin -- pulumi up --stack minimal   Pulumi itself, likewise`;

export const usage = `persistent-chat-lab: a stretched Persistent Chat lab, rehearsed without Azure

Usage: npm run lab -- <verb> [options]

Verbs
${verbNames.map((verb) => `  ${verb.padEnd(9)}  ${factsOf(verb).does}`).join("\n")}

Options
  --stack <name>         a stack of this checkout (default: figure-1)
  --config-file <path>   a stack file somewhere else
  --json                 data for programs (check, show, preview, rehearse,
                         survival, runbook, price, recover, status, start,
                         stop)
  --base <commit>        preview: what the working tree does to the labs that a
                         commit makes, of every stack or one
  --format <format>      diagram: mermaid (default) or svg; rehearse: text
                         (default) or svg; survival: text (default),
                         markdown or svg; runbook: markdown (default) or html;
                         with --base: text (default),
                         markdown or json
  --out <file>           diagram, rehearse, survival, runbook: a file for it;
                         recover: for what Pulumi is to import
  --limit <number>       with --base: most characters (default: 60000)
  --full <file>          with --base: all of it, as Markdown
  --fail-on <list>       with --base: exit 1 on problems, replace, delete,
                         data-loss, policy, survival, availability
  --failures <number>    survival: 2 goes through every pair of failures
  --explain <row>        survival: the way to a row, named by what fails, such
                         as primary, link, or A-SQL01+A-SQL02
  --lost <machines>      runbook: what now, after these were lost, separated by
                         commas
  --lost-data-center <d> runbook: the same of primary or secondary
  --link down            runbook: the same of the link between them
  --refresh              price: read Azure's public list prices of the stack's
                         machines and disks first, and keep them
  --prices-of <region>   price: as if everything stood in this region
  --days <number>        price: what so many days cost
  --hours-a-day <number> price: with all machines running for so many hours of
                         each day, and stopped for the rest
  --seed <number>        rehearse: draw durations instead of the usual ones
  --parallel <number>    rehearse: operations at a time, as pulumi up has it
                         (default: no limit)
  --cores <number>       rehearse: vCPUs that a subscription may use in each
                         region; --cores <family>=<number> for one family,
                         such as standardDSv5Family (repeat it for more)
  --state <file>         recover: what pulumi stack export wrote
  --azure                check: ask Azure whether the subscription can have it
  --twin                 check --azure, recover, status, start, stop: the
                         twin, not Azure
  --all                  stop: domain controllers too, which run on otherwise,
                         unless autoShutdown.controllers is true
  --faults <file>        twin, serve, check --azure --twin: what is to go wrong
                         (before --; docs/faults.md); rehearse: what Azure is
                         to refuse
  --folder <path>        serve: the twin in another folder
  --port <number>        serve: where (default: as the last time, or any)
  --clock <clock>        serve: fast (default) makes a minute of Azure's a
                         millisecond, real does not
  --env                  serve: print what a shell needs to ask who serves
  --help                 this text

Exit codes: 0 all is well; 1 problems in the stack file, a resource that the
simulated Azure refused, or a gate that failed; 2 a wrong command line; 3 a
fault of this program.
Data goes to stdout, talk to stderr. NO_COLOR is respected.`;
