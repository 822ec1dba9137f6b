import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Operation, schedule } from "../../simulator/time/schedule";

const operation = (urn: string, minutes: number, ...after: string[]): Operation => ({ urn, minutes, after });

describe("the virtual time of operations", () => {
  const operations = [
    operation("network", 1),
    operation("disk", 0.5),
    operation("machine", 5, "network", "disk"),
    operation("bastion", 10, "network"),
    operation("step", 6, "machine"),
  ];

  it("starts each when what it needs is done", () => {
    expect(schedule(operations)).toEqual({
      makespanMinutes: 12,
      sequentialMinutes: 22.5,
      criticalPath: [
        { urn: "network", start: 0, end: 1 },
        { urn: "machine", start: 1, end: 6 },
        { urn: "step", start: 6, end: 12 },
      ],
      timeline: [
        { urn: "network", start: 0, end: 1 },
        { urn: "disk", start: 0, end: 0.5 },
        { urn: "machine", start: 1, end: 6 },
        { urn: "bastion", start: 1, end: 11 },
        { urn: "step", start: 6, end: 12 },
      ],
    });
  });

  it("lets the next operation on a machine that restarts begin its work when that is back, and others at once", () => {
    const inside = (one: Operation, machine: string): Operation => ({ ...one, inside: machine });
    const restarting = [
      { ...inside(operation("join", 2), "A"), restart: 3 },
      inside(operation("member", 1, "join"), "A"),
      inside(operation("other", 1, "join"), "B"),
    ];
    const spans = [
      { urn: "join", start: 0, end: 2, back: 5 },
      { urn: "member", start: 2, end: 6 },
      { urn: "other", start: 2, end: 3 },
    ];
    expect(schedule(restarting).timeline).toEqual(spans);
    expect(schedule(restarting, 2).timeline).toEqual(spans);
  });

  it("takes of two chains that end at once the one that was named first", () => {
    const tie = (...after: string[]) => [
      operation("left", 3),
      operation("right", 3),
      operation("last", 1, ...after),
    ];
    const chain = (...after: string[]) => schedule(tie(...after)).criticalPath.map(({ urn }) => urn);
    expect(chain("left", "right")).toEqual(["left", "last"]);
    expect(chain("right", "left")).toEqual(["right", "last"]);
    expect(
      schedule([operation("left", 3), operation("right", 3)]).criticalPath.map(({ urn }) => urn),
    ).toEqual(["left"]);
  });

  it("waits for a free slot where only so many run at once, in the order given", () => {
    const { makespanMinutes, timeline, criticalPath } = schedule(operations, 2);
    expect(timeline).toEqual([
      { urn: "network", start: 0, end: 1 },
      { urn: "disk", start: 0, end: 0.5 },
      { urn: "machine", start: 1, end: 6 },
      { urn: "bastion", start: 1, end: 11 },
      { urn: "step", start: 6, end: 12 },
    ]);
    expect(makespanMinutes).toBe(12);
    expect(criticalPath.map(({ urn }) => urn)).toEqual(["network", "machine", "step"]);
    expect(schedule(operations, 1).makespanMinutes).toBe(22.5);
  });

  it("is nothing for nothing, and ignores what is no operation", () => {
    expect(schedule([])).toEqual({
      makespanMinutes: 0,
      sequentialMinutes: 0,
      criticalPath: [],
      timeline: [],
    });
    expect(schedule([operation("a", 1, "component")]).makespanMinutes).toBe(1);
    expect(schedule([operation("a", 1, "component")], 1).makespanMinutes).toBe(1);
  });

  it("does not exist for operations that wait for each other", () => {
    expect(() => schedule([operation("a", 1, "b"), operation("b", 1, "a")], 1)).toThrow(
      "Cannot schedule: the remaining operations wait for each other",
    );
  });

  /** Operations of whole minutes, each after some of those before it. */
  const graphs = fc
    .array(
      fc.record({ minutes: fc.integer({ min: 0, max: 9 }), picks: fc.array(fc.nat(), { maxLength: 3 }) }),
      {
        maxLength: 25,
      },
    )
    .map((nodes) =>
      nodes.map(({ minutes, picks }, index) =>
        operation(String(index), minutes, ...(index === 0 ? [] : picks.map((pick) => String(pick % index)))),
      ),
    );

  it("respects every dependency and slot, and its critical path has no gap and gives the makespan", () => {
    fc.assert(
      fc.property(
        graphs,
        fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
        (graph, parallel) => {
          const { timeline, makespanMinutes, sequentialMinutes, criticalPath } = schedule(graph, parallel);
          const spans = new Map(timeline.map((span) => [span.urn, span]));
          const span = (urn: string) => spans.get(urn) ?? { start: Number.NaN, end: Number.NaN };
          for (const { urn, minutes, after } of graph) {
            expect(span(urn).end - span(urn).start).toBe(minutes);
            for (const one of after) expect(span(one).end).toBeLessThanOrEqual(span(urn).start);
            const running = timeline.filter(
              ({ start, end }) => start <= span(urn).start && span(urn).start < end,
            );
            if (minutes > 0) expect(running.length).toBeLessThanOrEqual(parallel ?? graph.length);
          }
          expect(makespanMinutes).toBe(Math.max(0, ...timeline.map(({ end }) => end)));
          expect(sequentialMinutes).toBe(graph.reduce((sum, { minutes }) => sum + minutes, 0));
          criticalPath.forEach(({ start }, index) => {
            expect(start).toBe(index === 0 ? 0 : criticalPath[index - 1]?.end);
          });
          expect(criticalPath.at(-1)?.end ?? 0).toBe(makespanMinutes);
        },
      ),
      { numRuns: 300 },
    );
  });
});
