import { describe, expect, it } from "vitest";
import { tokens } from "../../simulator/arm/resourceTypes";
import { minutesOf, restartOf } from "../../simulator/time/durations";
import { registered } from "../support/registered";

const resource = (type: string, inputs = {}, urn = "urn:a") => registered({ type, inputs, urn });

const sqlImage = { storageProfile: { imageReference: { publisher: "MicrosoftSQLServer" } } };

describe("the minutes that a resource takes", () => {
  it("are the usual ones of its type", () => {
    expect(minutesOf(resource(tokens.machine))).toBe(4);
    expect(minutesOf(resource(tokens.machine, sqlImage))).toBe(5);
    expect(minutesOf(resource(tokens.bastion))).toBe(10);
    expect(minutesOf(resource("azure-native:other:Type"))).toBe(0);
  });

  it("include the work inside the machine", () => {
    const guest = () => ({ work: { low: 6, typical: 9, high: 25 } });
    expect(minutesOf(resource(tokens.runCommand), guest)).toBe(9.7);
    expect(minutesOf(resource(tokens.runCommand), () => undefined)).toBe(0.7);
  });

  it("end before a restart with which the work ends", () => {
    const guest = () => ({ work: { low: 1, typical: 2, high: 3 }, restart: { low: 1, typical: 2, high: 4 } });
    expect(minutesOf(resource(tokens.runCommand), guest)).toBe(2.7);
    expect(restartOf(resource(tokens.runCommand), guest)).toBe(2);
    expect(restartOf(resource(tokens.runCommand), () => ({ work: { low: 1, typical: 1, high: 1 } }))).toBe(
      undefined,
    );
  });

  it("are with a seed a draw between low and high, the same for the same seed", () => {
    const draws = Array.from({ length: 500 }, (_, seed) =>
      minutesOf(resource(tokens.machine), undefined, seed),
    );
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...draws)).toBeLessThanOrEqual(8);
    expect(new Set(draws).size).toBeGreaterThan(450);
    const mean = draws.reduce((sum, minutes) => sum + minutes, 0) / draws.length;
    // Of a triangular distribution: (2 + 4 + 8) / 3.
    expect(mean).toBeGreaterThan(4.5);
    expect(mean).toBeLessThan(4.85);
    expect(minutesOf(resource(tokens.machine), undefined, 7)).toBe(draws[7]);
  });

  it("differ between resources for one seed", () => {
    const minutes = (urn: string) => minutesOf(resource(tokens.machine, {}, urn), undefined, 1);
    expect(minutes("urn:a")).not.toBe(minutes("urn:b"));
  });
});
