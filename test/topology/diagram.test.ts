import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planLab } from "../../topology/planLab";
import { type Box, diagram } from "../../topology/views/diagram";
import { dot, mermaid } from "../../topology/views/diagramText";
import { validConfig } from "../support/arbitraryConfig";
import { planOf } from "../support/config";

const boxesOf = (changes?: Readonly<Record<string, unknown>>) =>
  new Map(diagram(planOf(changes)).sides.flatMap(({ boxes }) => boxes.map((box) => [box.id, box] as const)));
const cells = (box: Box | undefined) => box?.cells.map(({ machine, is, state }) => [machine, is, state]);

describe("the picture of a plan", () => {
  it("has every machine once, in its own data center, and arrows between what it has", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        const { plan } = planLab(config);
        const { sides, arrows } = diagram(plan);
        for (const { id, boxes } of sides)
          expect(boxes.flatMap((box) => box.cells.map(({ machine }) => machine)).sort()).toEqual(
            plan.machines
              .filter(({ dataCenter }) => dataCenter === id)
              .map(({ name }) => name)
              .sort(),
          );
        const ids = sides.flatMap(({ boxes }) => boxes.map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
        for (const { from, to } of arrows) for (const end of [from, to]) expect(ids).toContain(end);
      }),
      { numRuns: 50 },
    );
  });

  it("says what each machine of a database does, and how it fails over", () => {
    const boxes = boxesOf({ databases: { witnesses: "both" } });
    expect(cells(boxes.get("primary-mgc"))).toEqual([
      ["A-SQL01", "principal", "working"],
      ["A-SQL02", "mirror", "ready"],
      ["A-WIT01", "witness", "helper"],
    ]);
    expect(boxes.get("primary-mgc")?.notes).toEqual(["mirrored: automatic failover"]);
    expect(cells(boxes.get("secondary-mgc"))?.map(([, is]) => is)).toEqual([
      "log-shipping secondary",
      "its mirror after a failover",
      "witness",
    ]);
    expect(boxesOf({ databases: { witnesses: "none" } }).get("primary-mgc")?.notes).toEqual([
      "mirrored: failover by hand, no witness",
    ]);
    expect(boxesOf({ databases: { secondaryMirror: false } }).get("secondary-mgc")?.notes).toEqual([
      "no mirror: alone after a failover",
    ]);
  });

  it("draws instances that two databases share once, and others with the witness that serves both", () => {
    const shared = boxesOf({ databases: { compliance: "shared" } });
    expect(shared.get("primary-mgc")?.title).toBe("mgc, mgccomp");
    expect(shared.has("primary-mgccomp")).toBe(false);
    const apart = boxesOf({ databases: { compliance: "dedicated", witnesses: "both" } });
    expect(apart.get("primary-mgccomp")?.notes).toEqual(["mirrored: automatic failover (A-WIT01)"]);
  });

  it("tells the link with its round trip where that is known", () => {
    const subtitle = (secondary: string, link: string) =>
      diagram(
        planOf({
          dataCenters: { primary: { region: "northeurope" }, secondary: { region: secondary } },
          link,
        }),
      ).subtitle;
    expect(subtitle("swedencentral", "high-bandwidth-low-latency")).toBe(
      "link with high bandwidth, low latency, 38 ms a round trip",
    );
    expect(subtitle("austriaeast", "low-bandwidth-high-latency")).toBe(
      "link with low bandwidth, high latency",
    );
  });

  it("has the shares of each data center, its Bastion host, and active servers apart from idle ones", () => {
    const boxes = boxesOf({ pool: { servers: 2 }, frontEnds: { servers: 1 } });
    expect(cells(boxes.get("primary-chat"))).toEqual([["A-CHAT01", "active", "working"]]);
    expect(cells(boxes.get("secondary-chat"))).toEqual([["B-CHAT02", "idle", "ready"]]);
    expect(boxes.get("primary-site")?.notes).toEqual([
      "A-FS01/FrontEndStore: files of the Front End pool",
      "Bastion pchatlab-primary-bastion",
    ]);
  });

  it("puts at most four machines side by side", () => {
    const wide = dot(diagram(planOf({ frontEnds: { servers: 12 } })));
    expect(wide.match(/<tr>(?:(?!<\/tr>).)*A-FE01(?:(?!<\/tr>).)*<\/tr>/)?.[0].match(/<td/g)).toHaveLength(4);
  });

  it("escapes what its languages would read", () => {
    const odd = {
      title: 'a "b" <c> & d',
      subtitle: "",
      sides: [
        {
          id: "primary",
          title: "<x>",
          boxes: [{ id: "primary-chat", row: "chat", title: '"', cells: [], notes: ["&"] }],
        },
      ],
      arrows: [],
    } as const;
    expect(dot(odd)).toContain('<b>a "b" &lt;c&gt; &amp; d</b>');
    expect(mermaid(odd)).toContain('title: "a \\"b\\" <c> & d; "');
    expect(mermaid(odd)).toContain('primary_chat["#quot;<br>&"]');
  });
});
