import { findIana } from "windows-iana";
import type { Schedule } from "./standing";

/** Machines that Azure stops next by itself. */
export interface NextStop {
  readonly at: Date;
  /** As the schedule says it, such as `19:00, W. Europe Standard Time`. */
  readonly told: string;
  readonly machines: readonly string[];
}

/** The next daily stop of any of some machines; nothing where none of them has one that is on, in a time zone that can be told. */
export function nextStop(
  schedules: readonly Schedule[],
  running: readonly string[],
  now: Date,
): NextStop | undefined {
  const stops = schedules
    .filter(({ machine, isOn }) => isOn && running.includes(machine))
    .flatMap(({ machine, time, timeZone }) => {
      const at = nextTime(time, timeZone, now);
      const told = `${time.slice(0, 2)}:${time.slice(2)}, ${timeZone}`;
      return at === undefined ? [] : [{ machine, at, told }];
    });
  const [first] = stops.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  if (first === undefined) return undefined;
  const { at, told } = first;
  return {
    at,
    told,
    machines: stops.filter((one) => one.at.getTime() === at.getTime()).map(({ machine }) => machine),
  };
}

const day = 86_400_000;

/** When a clock in a time zone of Windows next shows a time of four digits. */
export function nextTime(time: string, timeZone: string, now: Date): Date | undefined {
  const [zone] = findIana(timeZone);
  if (zone === undefined || !/^\d{4}$/.test(time)) return undefined;
  const ofDay = (Number(time.slice(0, 2)) * 60 + Number(time.slice(2))) * 60_000;
  // What the clock there shows, as if it were in UTC.
  const midnight = Math.floor((now.getTime() + offset(now.getTime(), zone)) / day) * day;
  return [0, day]
    .map((later) => {
      const shown = midnight + later + ofDay;
      // The clocks may change between now and then.
      return new Date(shown - offset(shown - offset(shown, zone), zone));
    })
    .find((at) => at > now);
}

/** Milliseconds by which a time zone's clock is ahead of UTC. */
function offset(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(time);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
