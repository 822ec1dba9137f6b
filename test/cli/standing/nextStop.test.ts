import { describe, expect, it } from "vitest";
import { nextStop, nextTime } from "../../../cli/standing/nextStop";

const told = (time: string, zone: string, now: string) =>
  nextTime(time, zone, new Date(now))?.toISOString().replace(":00.000Z", "Z");

describe("when a clock next shows a time", () => {
  it.each([
    ["later today", "1900", "UTC", "2026-11-28T01:00Z", "2026-11-28T19:00Z"],
    ["tomorrow where it has passed", "1900", "UTC", "2026-11-28T19:00Z", "2026-11-29T19:00Z"],
    ["in its own zone", "1900", "W. Europe Standard Time", "2026-11-28T01:00Z", "2026-11-28T18:00Z"],
    ["in its summer", "1900", "W. Europe Standard Time", "2026-07-28T01:00Z", "2026-07-28T17:00Z"],
    [
      "in a zone where it is tomorrow already",
      "0100",
      "Tokyo Standard Time",
      "2026-11-28T15:30Z",
      "2026-11-28T16:00Z",
    ],
    [
      "in a zone where it is yesterday still",
      "2300",
      "Hawaiian Standard Time",
      "2026-11-28T08:30Z",
      "2026-11-28T09:00Z",
    ],
    ["with half an hour", "1900", "India Standard Time", "2026-11-28T01:00Z", "2026-11-28T13:30Z"],
    // The clocks go back at 01:00 UTC on 25 October.
    [
      "after the clocks went back",
      "1900",
      "W. Europe Standard Time",
      "2026-10-24T22:00Z",
      "2026-10-25T18:00Z",
    ],
  ])("it is %s", (_, time, zone, now, expected) => {
    expect(told(time, zone, now)).toBe(expected);
  });

  it("nobody knows in a zone that maps to none, nor of what is no time", () => {
    expect(told("1900", "Mid-Atlantic Standard Time", "2026-11-28T01:00Z")).toBeUndefined();
    expect(told("", "UTC", "2026-11-28T01:00Z")).toBeUndefined();
  });
});

describe("the next stop", () => {
  const now = new Date("2026-11-28T01:00Z");
  const at = (machine: string, time: string, isOn = true) => ({ machine, isOn, time, timeZone: "UTC" });

  it("is the first of the schedules that are on, of machines that run", () => {
    const schedules = [
      at("A", "1905"),
      at("B", "1900"),
      at("C", "1900"),
      at("D", "1800", false),
      at("E", "1700"),
    ];
    expect(nextStop(schedules, ["A", "B", "C", "D"], now)).toEqual({
      at: new Date("2026-11-28T19:00Z"),
      told: "19:00, UTC",
      machines: ["B", "C"],
    });
  });

  it("is none where nothing runs", () => {
    expect(nextStop([at("A", "1905")], [], now)).toBeUndefined();
  });
});
