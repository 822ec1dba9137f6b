import type { ActName } from "./act";
import { type Edge, isAct, newPrincipal } from "./edge";
import { isOnline, principalOf } from "./reactions";
import { isUp, type Subject } from "./state";

interface Sometimes {
  readonly id: string;
  /** With how few failures. */
  readonly failures: number;
  /** Whether it takes a witness. */
  readonly witness?: true;
  readonly edge: (subject: Subject, edge: Edge) => boolean;
}

/** Acts for which it takes two failures. */
const needsTwo: readonly ActName[] = ["break-mirroring", "recover-mirror"];
const needsWitness: readonly ActName[] = [
  "set-witness",
  "remove-witness",
  "break-mirroring",
  "recover-mirror",
];
/** Where a witness is set service cannot be forced. */
const everyAct: readonly ActName[] = [
  "bring-back",
  "start-job",
  "resume-mirroring",
  "fail-over-to-mirror",
  "remove-witness",
  "set-witness",
  "break-mirroring",
  "recover-mirror",
  "rebuild-mirror",
  "fence",
  "fail-over-to-secondary",
  "planned-move",
  "set-aside",
  "fail-back",
  "reseed-secondary",
  "free-log",
  "back-up-log-elsewhere",
  "use-old-copy",
];

/** What must happen in some state that a database can come into, or the model is none of anything. */
export const sometimes: readonly Sometimes[] = [
  ...everyAct.map(
    (name): Sometimes => ({
      id: `somebody does this: ${name}`,
      failures: needsTwo.includes(name) ? 2 : 1,
      ...(needsWitness.includes(name) ? { witness: true } : {}),
      edge: (_, { move }) => isAct(move) && move.name === name,
    }),
  ),
  {
    id: "a mirror takes over by itself",
    failures: 1,
    witness: true,
    edge: (_, edge) => !isAct(edge.move) && newPrincipal(edge) !== undefined,
  },
  {
    id: "a principal that is up does not serve, for want of quorum",
    failures: 2,
    witness: true,
    edge: (subject, { after }) => {
      const place = principalOf(after);
      return (
        place !== undefined && isUp(subject, after, subject.hosts[place]) && !isOnline(subject, after, place)
      );
    },
  },
  {
    id: "minutes of acknowledged messages are lost",
    failures: 1,
    edge: (_, { before, move }) => isAct(move) && [1, 2].includes(move.loses?.(before) ?? 0),
  },
  {
    id: "the chain of logs gets a gap",
    failures: 1,
    edge: (_, { before, after }) => !before.gap && after.gap,
  },
  { id: "a log fills its disk", failures: 1, edge: (_, { after }) => after.full },
  {
    id: "the other data center serves",
    failures: 0,
    edge: (subject, { after }) =>
      ([2, 3] as const).some(
        (place) => after.copies[place].kind === "principal" && isOnline(subject, after, place),
      ),
  },
  { id: "a data center is out", failures: 1, edge: (_, { after }) => after.out[0] || after.out[1] },
];
