import { Ajv2020 } from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { readStack, shippedStacks } from "../../cli/stackFile";
import { regions } from "../../topology/azure/regions";
import { isAddressSpace } from "../../topology/config/addressSpace";
import { parseConfig } from "../../topology/config/parse";
import { lab } from "../support/cli";
import { media, smallest } from "../support/config";

describe("lab schema", async () => {
  const { code, stdout } = await lab("schema");
  const schema = JSON.parse(stdout);
  const config = schema.properties.config;

  it("is a JSON Schema of a whole stack file", () => {
    expect(code).toBe(0);
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(config.required).toEqual(["persistent-chat-lab:dataCenters"]);
    expect(config.properties["persistent-chat-lab:pool"].anyOf[0].properties.servers).toMatchObject({
      type: "integer",
      minimum: 2,
      maximum: 8,
      default: 4,
    });
  });

  it("allows the password in its encrypted form only", () => {
    expect(config.properties["persistent-chat-lab:adminPassword"]).toMatchObject({
      type: "object",
      required: ["secure"],
      additionalProperties: false,
    });
  });

  it("lets other projects keep their keys", () => {
    expect(config.patternProperties).toEqual({ "^(?!persistent-chat-lab:)[^:]+:": true });
    expect(config.additionalProperties).toBe(false);
  });

  it("has no keyword of its own, so that strict readers take it", () => {
    expect(() => new Ajv2020({ strict: true }).compile(schema)).not.toThrow();
  });

  it("offers regions, images and time zones to editors", () => {
    const group = (name: string) => config.properties[`persistent-chat-lab:${name}`].anyOf[0].properties;
    expect(group("dataCenters").primary.properties.region.anyOf[0].enum).toEqual(regions);
    expect(group("machines").sqlServer.properties.image.anyOf[0].enum).toContain("sql-server-2019-developer");
    expect(group("autoShutdown").timeZone.anyOf[0].enum).toContain("W. Europe Standard Time");
  });

  describe("takes what check takes", () => {
    const accepts = new Ajv2020({ strict: true }).compile(schema);
    const accepted = (raw: object) =>
      accepts({
        config: Object.fromEntries(
          Object.entries(raw).map(([key, value]) => [`persistent-chat-lab:${key}`, value]),
        ),
      });

    it.each(shippedStacks)("of the stack %s", (stack) => {
      expect(accepted(readStack(stack, undefined).raw)).toBe(true);
    });

    const image = (name: string) => ({ machines: { frontEnd: { image: name } } });
    const space = (addressSpace: string) => ({
      dataCenters: { ...smallest.dataCenters, primary: { region: "northeurope", addressSpace } },
    });
    const zones = (...list: readonly number[]) => ({
      dataCenters: { ...smallest.dataCenters, primary: { region: "northeurope", zones: list } },
    });
    const gallery =
      "/subscriptions/0/resourceGroups/my.group/providers/Microsoft.Compute/galleries/mine/images/front-end";

    it.each([
      [{}],
      [{ protectData: false }],
      [{ protectData: "maybe" }],
      [{ bastion: "both" }],
      [{ bastion: "bot" }],
      [{ autoShutdown: { time: 700 } }],
      [{ autoShutdown: { time: 1260 } }],
      [{ autoShutdown: { time: "2360" } }],
      [{ autoShutdown: { time: 2400 } }],
      [{ autoShutdown: { timeZone: "New Standard Time" } }],
      [{ autoShutdown: { timeZone: "a\nb" } }],
      [{ tags: { cost: 5, on: true, owner: "me" } }],
      [{ tags: { owner: "x".repeat(257) } }],
      [{ tags: { "a<b": "x" } }],
      [{ tags: { owner: { name: "me" } } }],
      [image("windows-server-2019")],
      [image("windows-server-2022")],
      [image(gallery)],
      [image(gallery.toUpperCase())],
      [image(`${gallery}/versions/1.0.0`)],
      [image(gallery.replace("mine", "../mine"))],
      [zones(3, 1, 2)],
      [zones(1, 1, 2)],
      [zones(1, 2)],
      [{ pool: { servers: 8, split: [5, 3] } }],
      [{ pool: { servers: 1 } }],
      [{ pool: { split: [5] } }],
      [{ pool: { split: [8, 0] } }],
      [{ pool: { colour: 1 } }],
      [{ adminUser: "operator" }],
      [{ adminUser: "Krbtgt" }],
      [{ domain: "lab.123" }],
      [{ domain: "lab.test" }],
      [{ media }],
      [{ media: { ...media, url: `${media.url}?sig=a` } }],
      [{ media: { ...media, identity: media.identity.toLowerCase() } }],
      ...["10.1.0.0/16", "10.1.0.5/16", "8.8.0.0/16", "fd00::/48", "10.1.2.0/23", "10.1.3.0/23"].map(
        (text) => [space(text)] as [object],
      ),
    ])("of %j", (changes) => {
      const raw = { ...smallest, ...changes };
      expect(accepted(raw)).toBe(parseConfig(raw).problems.length === 0);
    });

    it("in the other forms that Pulumi writes: text of truth values, JSON text, and what is encrypted", () => {
      const forms = [
        { protectData: "false" },
        { frontEnds: '{"servers":0}' },
        { domain: { secure: "AAAB" } },
        { adminPassword: { secure: "AAAB" } },
      ];
      for (const form of forms) expect(accepted({ ...smallest, ...form })).toBe(true);
      expect(accepted({ dataCenters: JSON.stringify(smallest.dataCenters) })).toBe(false);
    });

    it("of every address space", () => {
      const pattern = new RegExp(
        config.properties["persistent-chat-lab:dataCenters"].anyOf[0].properties.primary.properties
          .addressSpace.pattern,
      );
      for (const first of [9, 10, 11, 127, 172, 192])
        for (const second of [0, 1, 15, 16, 17, 24, 31, 32, 64, 128, 168, 169, 255, 256])
          for (const third of [0, 1, 2, 4, 127, 128, 254])
            for (let prefix = 7; prefix <= 25; prefix += 1) {
              const text = `${first}.${second}.${third}.0/${prefix}`;
              expect([text, pattern.test(text)]).toEqual([text, isAddressSpace(text)]);
            }
    });
  });
});
