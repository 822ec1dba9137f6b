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

/** After how few failures somebody does each act, and whether the session must have had a witness. */
const acts: Readonly<Record<ActName, { readonly failures: number; readonly witness?: true }>> = {
  "bring-back": { failures: 1 },
  "start-job": { failures: 1 },
  "resume-mirroring": { failures: 1 },
  "fail-over-to-mirror": { failures: 1 },
  "remove-witness": { failures: 1, witness: true },
  "set-witness": { failures: 1, witness: true },
  "break-mirroring": { failures: 2, witness: true },
  "force-service": { failures: 1 },
  "recover-mirror": { failures: 2, witness: true },
  "rebuild-mirror": { failures: 1 },
  fence: { failures: 1 },
  "fail-over-to-secondary": { failures: 1 },
  "planned-move": { failures: 1 },
  "set-aside": { failures: 1 },
  "fail-back": { failures: 1 },
  "reseed-secondary": { failures: 1 },
  "free-log": { failures: 1 },
  "back-up-log-elsewhere": { failures: 1 },
  "use-old-copy": { failures: 1 },
};

/** What must happen in some state that a database can come into, or the model is none of anything. */
export const sometimes: readonly Sometimes[] = [
  ...Object.entries(acts).map(
    ([name, when]): Sometimes => ({
      id: `somebody does this: ${name}`,
      ...when,
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
