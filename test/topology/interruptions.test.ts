import { describe, expect, it } from "vitest";
import { interruptedBy } from "../../topology/steps/interruptions";
import { media, planOf } from "../support/config";
import { guestText, scriptNames } from "../support/guest/powershell";

const everything = planOf({ media, frontEnds: { servers: 3 }, databases: { compliance: "dedicated" } });

/** What makes a machine, a service or a job stop for a while. */
const stopping = /Restart-\w+|Stop-(Service|Computer)|shutdown\.exe|Set-LabShipping .*-Enabled 0/g;
/** Of no service of the lab: the domain controller asks itself again which network it is on. */
const harmless = /^\s*Restart-Service -Name 'nlasvc' -Force$/gm;

describe("what a guest step interrupts", () => {
  it("is told in words, each once", () => {
    expect(interruptedBy(["firewall", "join", "forest", "mgccomp-mirroring"])).toEqual([
      "restarts the machine where it has something to do",
      "pauses log shipping if the mirror has to be made",
    ]);
    expect(interruptedBy(["firewall"])).toEqual([]);
  });

  it("is told of every step whose script restarts or pauses something, and of no other", () => {
    expect([...new Set(everything.steps.map(({ script }) => script))].toSorted()).toEqual(scriptNames);
    const wrong = everything.steps.filter(({ name, script }) => {
      const stops = guestText(script).replace(harmless, "").match(stopping) !== null;
      return stops !== interruptedBy([name]).length > 0;
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});
