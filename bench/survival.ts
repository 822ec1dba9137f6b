import { readStack } from "../cli/stack/stackFile";
import { proveProcedures } from "../test/support/runbookProof";
import { planLab } from "../topology/planLab";
import { explore } from "../topology/resilience/explore";
import { modelOf } from "../topology/resilience/model";
import { siteOfPlan } from "../topology/resilience/ofPlan";
import { subjectOf } from "../topology/resilience/state";
import { proceduresOf } from "../topology/runbooks/procedures";

/*
 * Prints how many states mgc of a stack can come into after so many failures; with `hardware` of machines, data centers and the link alone,
 * with `runbooks` how often they were replayed from there, and what is not so of them. Run and measured by bench.ts.
 */

const [stack = "", failures = "", only] = process.argv.slice(2);

/** Failures of jobs, sessions, backups and the directory. */
const soft = /^(job:|suspended|foreign-backup|cut:one-way|stops:directory)/;

const site = siteOfPlan(planLab(readStack(stack, undefined).raw).plan);
const subject = subjectOf(site, site.databases[0] as (typeof site.databases)[number]);

function states(): string {
  const model = modelOf(subject);
  const moves = model.moves.filter(
    ({ id, kind }) => only === undefined || kind !== "failure" || !soft.test(id),
  );
  return String(explore({ ...model, moves }, Number(failures)).states.length);
}

function replays(): string {
  const { replayed, broken } = proveProcedures(subject, proceduresOf(subject), Number(failures));
  const times = Object.values(replayed).reduce((sum, one) => sum + one, 0);
  return `${times} replays, ${broken.length === 0 ? "none broken" : broken.join(", ")}`;
}

process.stdout.write(only === "runbooks" ? replays() : states());
