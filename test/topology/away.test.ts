import { describe, expect, it } from "vitest";
import type { Plan } from "../../topology/model";
import { planLab } from "../../topology/planLab";
import { diagram } from "../../topology/views/diagram";
import { labOutputs } from "../../topology/views/outputs";
import { worksheet } from "../../topology/views/worksheet";
import { planOf, smallest } from "../support/config";

const rich = { pool: { servers: 8 }, frontEnds: { servers: 3 } };
const home = planOf(rich);
const away = planOf({ ...rich, site: "secondary" });

const parameters = (plan: Plan, id: string) => plan.steps.find((step) => step.id === id)?.parameters;

describe("a lab that is served from its secondary data center", () => {
  it("keeps every step, and lets those wait that make databases, ship logs, or ask the primary data center", () => {
    expect(away.steps.map(({ id }) => id)).toEqual(home.steps.map(({ id }) => id));
    expect(away.steps.filter(({ waits }) => waits).map(({ id }) => id)).toEqual([
      "A-SQL01/mgc-database",
      "A-SQL02/mgc-mirroring",
      "A-SQL01/mgc-mirroring",
      "A-SQL01/mgc-log-shipping-primary",
      "B-SQL01/mgc-log-shipping-secondary",
      "A-SQL02/mgc-log-shipping-mirror",
      "A-SQL01/health",
      "A-SQL02/health",
      "A-WIT01/health",
      "A-BE01/health",
      "A-DC01/verify",
    ]);
    expect(home.steps.filter(({ waits }) => waits)).toEqual([]);
  });

  it("tells nothing else to any step but those, and to those that ask the secondary data center", () => {
    const changed = away.steps.filter(
      (step, index) => JSON.stringify(step.parameters) !== JSON.stringify(home.steps[index]?.parameters),
    );
    expect(changed.filter(({ waits }) => !waits).map(({ id }) => id)).toEqual([
      "B-SQL01/health",
      "B-SQL02/health",
      "B-DC01/verify",
    ]);
    expect({ ...away, steps: [], site: "primary" }).toEqual({ ...home, steps: [] });
  });

  it("expects the session of the secondary data center, its witness, and no word from the lost controller", () => {
    expect(parameters(away, "B-SQL01/health")).toMatchObject({
      Databases: "mgc:PRINCIPAL",
      Witness: "CONNECTED",
    });
    expect(parameters(away, "B-SQL02/health")).toMatchObject({
      Databases: "mgc:MIRROR",
      Witness: "CONNECTED",
    });
    expect(parameters(away, "A-SQL01/health")).toMatchObject({ Databases: "none", Witness: "none" });
    expect(parameters(away, "B-DC01/verify")?.OtherController).toBe("none");
    expect(parameters(home, "B-DC01/verify")?.OtherController).toBe("A-DC01");
  });

  it("expects a server that is alone where the lab has no second one there", () => {
    const alone = { site: "secondary", databases: { secondaryMirror: false, witnesses: "primary" } };
    expect(parameters(planOf(alone), "B-SQL01/health")).toMatchObject({
      Databases: "mgc:ONLINE",
      Witness: "none",
    });
  });

  it("asks for no share that may be lost with the primary data center", () => {
    const shares = (site: string) =>
      parameters(planOf({ site, databases: { backupShare: "primary" } }), "B-SQL01/health")?.Shares;
    expect(shares("primary")).toBe("\\\\a-fs01.lab.test\\LsBackup");
    expect(shares("secondary")).toBe("none");
  });

  it("warns of both shares that may be lost with it", () => {
    const { problems } = planLab({
      ...smallest,
      site: "secondary",
      pool: { fileStore: "primary" },
      databases: { backupShare: "primary" },
    });
    expect(
      problems.filter(({ rule }) => rule === "theServingSecondaryHasTheShares").map(({ path }) => path),
    ).toEqual(["databases.backupShare", "pool.fileStore"]);
  });

  it("says in its outputs who serves, and that minutes do not count what its loss is", () => {
    const { site, activeServers, idleServers, worstCaseDataLossMinutes } = labOutputs(away);
    expect(site).toBe("secondary");
    expect(activeServers).toEqual(["B-CHAT05", "B-CHAT06", "B-CHAT07", "B-CHAT08"]);
    expect(idleServers).toEqual(["A-CHAT01", "A-CHAT02", "A-CHAT03", "A-CHAT04"]);
    expect(worstCaseDataLossMinutes).toBe("everything");
  });

  it("says in the worksheet that the topology is another thing than where the service is", () => {
    expect(worksheet(away)).toContain(
      "| Active servers | b-chat05.lab.test, b-chat06.lab.test, b-chat07.lab.test, b-chat08.lab.test |",
    );
    expect(worksheet(home)).not.toContain("Where the service is");
  });

  it("is drawn with its principal there, and without the shipping of logs", () => {
    const { subtitle, sides, arrows } = diagram(away);
    expect(subtitle).toContain("served from the secondary data center; ");
    const cells = sides.flatMap(({ boxes }) => boxes.flatMap((box) => box.cells));
    const working = cells.filter(({ state }) => state === "working").map(({ machine }) => machine);
    expect(working.filter((name) => !name.includes("-FE"))).toEqual([
      "B-CHAT05",
      "B-CHAT06",
      "B-CHAT07",
      "B-CHAT08",
      "B-SQL01",
    ]);
    expect(arrows.map(({ from, to, label }) => `${from} ${label} ${to}`)).toEqual([
      "secondary-front-ends users after a failover secondary-chat",
      "primary-chat one pool secondary-chat",
      "secondary-chat rooms and messages secondary-mgc",
    ]);
  });
});
