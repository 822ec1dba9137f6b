import type { Act } from "../resilience/act";
import { actsOf } from "../resilience/acts";
import { isShipped, reachesShare, servedAt } from "../resilience/reactions";
import { isUp, type State, type Subject, sideOf } from "../resilience/state";
import { always, back, needed, type Procedure, wait } from "./procedure";

/** What is done about log shipping, and about a log that filled its disk. */
export function shippingProcedures(subject: Subject): readonly Procedure[] {
  const { name: database, sessions, backupHost } = subject.database;
  const secondary = sessions.secondary.server;
  const { controllers } = subject.site;
  const isServedHere = (state: State) => {
    const place = servedAt(subject, state);
    return place !== undefined && sideOf(place) === "primary";
  };
  const isShipping = (state: State) =>
    isShipped(state) &&
    !state.gap &&
    isUp(subject, state, secondary) &&
    reachesShare(subject, state, "primary") &&
    reachesShare(subject, state, "secondary") &&
    !Object.values(state.stopped).includes(true);
  const nothingOut = ({ out, link }: State) => !out[0] && !out[1] && link === "up";
  const acts = actsOf(subject);
  return [
    {
      name: "ship-logs-again",
      title: `ship the logs of ${database} to ${secondary} again`,
      when: "logs are not shipped: the secondary, the share or a job is down, or the chain has a gap",
      trigger: ["foreign-backup"],
      applies: (state) => isServedHere(state) && nothingOut(state) && !isShipping(state),
      instructions: [
        ...back([...controllers, backupHost, secondary]),
        ...needed("start-job:backup", "start-job:copy", "start-job:restore", "reseed-secondary"),
        wait,
      ],
      done: (state) => isServedHere(state) && isShipping(state),
    },
    ...(["free-log", "back-up-log-elsewhere"] as const).map((name): Procedure => {
      const act = acts.find(({ id }) => id === name) as Act;
      return {
        name,
        title: act.title,
        when: {
          "free-log": `the log of ${database} has filled its disk (error 9002), and the backup share is there`,
          "back-up-log-elsewhere": `the log of ${database} has filled its disk (error 9002), and the backup share is away`,
        }[name],
        trigger:
          name === "free-log"
            ? ["job:backup", "interval", "full"]
            : [`stops:${backupHost}`, "interval", "full"],
        applies: (state) => act.from(state) !== undefined,
        instructions: [...needed("start-job:backup"), always(name), ...needed("start-job:backup")],
        done: ({ full }) => !full,
      };
    }),
  ];
}
