import { describe, expect, it } from "vitest";
import type { Plan, Step } from "../../topology/model";
import { galleryImage, media, planOf } from "../support/config";

const stepOf = (plan: Plan, id: string): Step => {
  const found = plan.steps.find((step) => step.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
};

/** Everything that a step waits for, directly or not. */
const waitsFor = (plan: Plan, id: string, seen = new Set<string>()): ReadonlySet<string> => {
  for (const one of stepOf(plan, id).after) if (!seen.has(one)) waitsFor(plan, one, seen.add(one));
  return seen;
};

const everything = planOf({ databases: { compliance: "dedicated" }, pool: { servers: 8 } });

describe("the guest steps", () => {
  it("bring a forest up before anything joins it", () => {
    const joins = everything.steps.filter(({ name }) => name === "join");
    expect(joins.length).toBe(everything.machines.length - 2);
    for (const { id } of joins) expect(waitsFor(everything, id)).toContain("A-DC01/forest-ready");
  });

  it("ask for a machine by its name only once it is back from its join, and known by name", () => {
    const members = everything.machines.filter(({ kind }) => kind !== "domainController");
    const early = everything.steps.flatMap((step) => {
      const named = members.filter(
        ({ name }) =>
          name !== step.machine &&
          new RegExp(`\\b${name}\\b`, "i").test(Object.values(step.parameters).join(" ")),
      );
      const before = waitsFor(everything, step.id);
      return named
        .filter(({ name }) => !before.has(`${name}/member`))
        .map(({ name }) => `${step.id}: ${name}`);
    });
    expect(early).toEqual([]);
  });

  it("let a machine go on after its join only once it is back", () => {
    const direct = everything.steps.filter(
      ({ name, after }) => name !== "member" && after.some((id) => id.endsWith("/join")),
    );
    expect(direct.map(({ id }) => id)).toEqual([]);
    expect(everything.steps.filter(({ name }) => name === "member").length).toBe(
      everything.machines.length - 2,
    );
  });

  it("mirror again what a partner or a witness that was made again knows nothing of", () => {
    const told = everything.steps.filter(({ replacedWith = [] }) => replacedWith.length > 0);
    expect(told.map(({ id, replacedWith }) => [id, ...(replacedWith ?? [])]).toSorted()).toEqual([
      ["A-SQL01/mgc-mirroring", "A-SQL02", "A-WIT01"],
      ["A-SQL02/mgc-mirroring", "A-SQL01", "A-WIT01"],
      ["A-SQL03/mgccomp-mirroring", "A-SQL04", "A-WIT01"],
      ["A-SQL04/mgccomp-mirroring", "A-SQL03", "A-WIT01"],
    ]);
  });

  it("let no member wait for the second domain controller", () => {
    const waiting = everything.steps.filter(
      ({ id, machine }) =>
        machine !== "B-DC01" && !id.endsWith("/verify") && waitsFor(everything, id).has("B-DC01/replica"),
    );
    expect(waiting).toEqual([]);
  });

  it("do on a machine nothing before its join but what must be done before its restart", () => {
    const early = ["data-disks", "firewall", "dns-client", "prerequisites", "join"];
    for (const { id, machine, name } of everything.steps)
      if (!machine.endsWith("-DC01") && !early.includes(name))
        expect(waitsFor(everything, id), id).toContain(`${machine}/join`);
  });

  it("finish what runs before a restart before the restart", () => {
    expect(stepOf(everything, "A-CHAT01/join").after).toEqual([
      "A-CHAT01/firewall",
      "A-CHAT01/dns-client",
      "A-CHAT01/prerequisites",
      "A-DC01/forest-ready",
    ]);
  });

  it("make a share when all accounts that it names exist", () => {
    expect(stepOf(everything, "B-FS01/log-shipping-backup").after).toEqual(
      ["B-FS01", "A-SQL01", "A-SQL02", "A-SQL03", "A-SQL04", "B-SQL01", "B-SQL02", "B-SQL03", "B-SQL04"].map(
        (name) => `${name}/member`,
      ),
    );
  });

  it("make an endpoint when the accounts of all its peers exist, whose logins it creates", () => {
    expect(stepOf(everything, "A-WIT01/mirroring-endpoint")).toMatchObject({
      parameters: {
        Role: "WITNESS",
        Port: "7022",
        Accounts: "LAB\\A-SQL01$,LAB\\A-SQL02$,LAB\\A-SQL03$,LAB\\A-SQL04$",
        Administrators: "none",
      },
      after: ["A-WIT01/sql-instance", "A-SQL01/member", "A-SQL02/member", "A-SQL03/member", "A-SQL04/member"],
    });
  });

  it("mirror after all three endpoints, ship logs after mirroring, and make the mirror second primary last", () => {
    for (const [database, primary, mirror, secondary] of [
      ["mgc", "A-SQL01", "A-SQL02", "B-SQL01"],
      ["mgccomp", "A-SQL03", "A-SQL04", "B-SQL03"],
    ]) {
      const chain = [
        `${primary}/${database}-database`,
        `${mirror}/${database}-mirroring`,
        `${primary}/${database}-mirroring`,
        `${primary}/${database}-log-shipping-primary`,
        `${secondary}/${database}-log-shipping-secondary`,
        `${mirror}/${database}-log-shipping-mirror`,
      ];
      chain.forEach((id, index) => {
        if (index > 0) expect(stepOf(everything, id).after).toContain(chain[index - 1]);
      });
      for (const party of [primary, mirror, "A-WIT01"])
        expect(waitsFor(everything, `${mirror}/${database}-mirroring`)).toContain(
          `${party}/mirroring-endpoint`,
        );
    }
  });

  it("let whoever takes a new backup from an instance administer it: its partner, and the secondary", () => {
    const administrators = (machine: string) =>
      stepOf(everything, `${machine}/mirroring-endpoint`).parameters.Administrators;
    expect(administrators("A-SQL01")).toBe("LAB\\A-SQL02$,LAB\\B-SQL01$");
    expect(administrators("A-SQL02")).toBe("LAB\\A-SQL01$,LAB\\B-SQL01$");
    expect(administrators("B-SQL01")).toBe("none");
    expect(stepOf(everything, "A-SQL02/mirroring-endpoint").after).toContain("B-SQL01/member");
  });

  it("write a heartbeat on both partners of each database", () => {
    const writing = everything.steps.filter(({ script }) => script === "Set-Heartbeat.ps1");
    expect(writing.map(({ id }) => id).sort()).toEqual([
      "A-SQL01/mgc-heartbeat",
      "A-SQL02/mgc-heartbeat",
      "A-SQL03/mgccomp-heartbeat",
      "A-SQL04/mgccomp-heartbeat",
    ]);
  });

  it("mirror without a witness where there is none", () => {
    const plan = planOf({ databases: { witnesses: "none" } });
    expect(stepOf(plan, "A-SQL02/mgc-mirroring").parameters).toEqual({
      Database: "mgc",
      Folder: "\\\\b-fs01.lab.test\\LsBackup\\mgc",
      Address: "TCP://a-sql02.lab.test:5022",
      Partner: "TCP://a-sql01.lab.test:5022",
      Witness: "none",
      ServedFrom: "primary",
    });
  });

  it("give the mirror of the secondary an endpoint and no session", () => {
    const names = everything.steps.filter(({ machine }) => machine === "B-SQL02").map(({ name }) => name);
    expect(names).toEqual([
      "data-disks",
      "firewall",
      "dns-client",
      "join",
      "member",
      "sql-instance",
      "mirroring-endpoint",
      "health",
    ]);
  });

  it("tell on every SQL Server machine what holds, once all that concerns it is done", () => {
    const health = (machine: string) => stepOf(everything, `${machine}/health`).parameters;
    expect(health("A-SQL01")).toEqual({
      DomainName: "lab.test",
      NetbiosName: "LAB",
      Databases: "mgc:PRINCIPAL",
      Witness: "CONNECTED",
      Endpoint: "STARTED",
      Shares: "\\\\b-fs01.lab.test\\LsBackup,\\\\b-sql01.lab.test\\LsCopy,\\\\b-sql03.lab.test\\LsCopy",
    });
    expect(health("A-SQL04").Databases).toBe("mgccomp:MIRROR");
    expect(health("B-SQL01")).toMatchObject({
      Databases: "mgc:RESTORING",
      Witness: "none",
      Endpoint: "STARTED",
    });
    expect(health("B-SQL02")).toMatchObject({ Databases: "none", Endpoint: "STARTED" });
    expect(health("A-BE01")).toMatchObject({ Databases: "none", Endpoint: "none", Shares: "none" });
    for (const machine of ["A-SQL01", "A-SQL02"])
      expect(waitsFor(everything, `${machine}/health`)).toContain("A-SQL02/mgc-log-shipping-mirror");
    expect(stepOf(everything, "B-SQL01/health").after).toContain("B-SQL01/mgc-log-shipping-secondary");
    expect(waitsFor(everything, "B-SQL01/health")).not.toContain("A-SQL02/mgc-log-shipping-mirror");
    expect(waitsFor(everything, "A-WIT01/health")).not.toContain("A-SQL01/mgc-database");
  });

  it("tell of both databases on an instance that holds both", () => {
    const plan = planOf({ databases: { compliance: "shared" } });
    expect(stepOf(plan, "B-SQL01/health").parameters.Databases).toBe("mgc:RESTORING,mgccomp:RESTORING");
  });

  it("verify each data center after everything else in it", () => {
    const { parameters } = stepOf(everything, "B-DC01/verify");
    expect(parameters.SiteName).toBe("pchatlab-secondary");
    expect(parameters.Machines).toMatch(/^B-SQL01,B-SQL02,.*,B-CHAT08$/);
    for (const id of ["A-DC01/verify", "B-DC01/verify"]) {
      const place = id.slice(0, 2);
      const here = everything.steps.filter((step) => step.machine.startsWith(place) && step.id !== id);
      for (const step of here) expect(waitsFor(everything, id)).toContain(step.id);
      expect(waitsFor(everything, id)).toContain("B-DC01/replica-ready");
    }
  });

  it("keep .NET Framework 4.8 off machines that get no cumulative update, and install on images of one's own what is given", () => {
    const framework = (plan: Plan) => stepOf(plan, "A-FE01/prerequisites").parameters.Framework48;
    expect(framework(planOf({ frontEnds: { servers: 1 } }))).toBe("blocked");
    expect(framework(planOf({ media, frontEnds: { servers: 1 } }))).toBe("allowed");
    const { update, urlRewrite, ...bare } = media;
    const own = planOf({
      media: bare,
      frontEnds: { servers: 1 },
      machines: { frontEnd: { image: galleryImage }, persistentChat: { image: galleryImage } },
    });
    expect(framework(own)).toBe("blocked");
    expect(own.steps.filter(({ machine }) => machine === "A-FE01").map(({ name }) => name)).toEqual([
      "firewall",
      "dns-client",
      "prerequisites",
      "join",
      "member",
      "media",
      "core-components",
      "local-store",
      "directory-preparation",
    ]);
  });

  it("install what Skype for Business needs only where media are configured, after the join", () => {
    expect(everything.steps.some(({ name }) => name === "media")).toBe(false);
    const plan = planOf({ media, frontEnds: { servers: 1 }, pool: { servers: 2 } });
    const names = (machine: string) =>
      plan.steps.filter((step) => step.machine === machine).map(({ name, after }) => [name, ...after]);
    expect(names("A-FE01").slice(4)).toEqual([
      ["member", "A-FE01/join"],
      ["media", "A-FE01/member"],
      ["url-rewrite", "A-FE01/media"],
      ["core-components", "A-FE01/url-rewrite"],
      ["core-update", "A-FE01/core-components"],
      ["local-store", "A-FE01/core-update"],
      ["directory-preparation", "A-FE01/core-update"],
    ]);
    expect(names("B-CHAT02").slice(5)).toEqual([
      ["media", "B-CHAT02/member"],
      ["core-components", "B-CHAT02/media"],
      ["core-update", "B-CHAT02/core-components"],
      ["local-store", "B-CHAT02/core-update"],
    ]);
    expect(stepOf(plan, "A-FE01/media").parameters).toEqual({
      Url: media.url,
      Sha256: media.sha256,
      Identity: media.identity,
      Folder: "C:\\SfbMedia",
    });
    expect(stepOf(plan, "A-FE01/core-update").parameters).toEqual({
      Url: media.update.url,
      Sha256: media.update.sha256,
      Identity: media.identity,
      Folder: "C:\\SfbMedia",
    });
    expect(plan.machines.filter(({ identity }) => identity !== undefined).map(({ name }) => name)).toEqual([
      "A-FE01",
      "A-CHAT01",
      "B-FE01",
      "B-CHAT02",
    ]);
  });

  it("are told when they reach into the other data center", () => {
    const crossing = (id: string) => stepOf(everything, id).crossesDataCenters;
    expect([crossing("A-SQL01/join"), crossing("B-SQL01/join")]).toEqual([false, true]);
    expect(crossing("B-SQL01/mgc-log-shipping-secondary")).toBe(true);
  });

  it("stay within 25 a machine and are in an order that respects what they wait for", () => {
    const count = new Map<string, number>();
    const done = new Set<string>();
    for (const { id, machine, after } of everything.steps) {
      count.set(machine, (count.get(machine) ?? 0) + 1);
      for (const one of after) expect(done, `${id} after ${one}`).toContain(one);
      done.add(id);
    }
    expect(Math.max(...count.values())).toBe(12);
  });

  it("take secrets by name and never as a parameter", () => {
    const withSecrets = everything.steps.filter(({ secrets }) => Object.keys(secrets).length > 0);
    expect([...new Set(withSecrets.map(({ script }) => script))].sort()).toEqual([
      "Install-CertificateAuthority.ps1",
      "Install-Forest.ps1",
      "Install-ReplicaDomainController.ps1",
      "Join-Domain.ps1",
    ]);
    for (const { secrets } of withSecrets) expect(secrets).toEqual({ AdminPasswordBase64: "adminPassword" });
  });

  it("have parameters that need no quotes on a command line", () => {
    for (const { id, parameters } of everything.steps)
      for (const [name, value] of Object.entries(parameters))
        expect(value, `${id} ${name}`).toMatch(/^[A-Za-z0-9.,:;+/\\$_-]+$/);
  });
});
