import { Ajv2020 } from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { project } from "../../../cli/stack/stackContent";
import { readStack, shippedStacks } from "../../../cli/stack/stackFile";
import { regions } from "../../../topology/azure/regions";
import { isAddressSpace } from "../../../topology/config/addressSpace";
import { parseConfig } from "../../../topology/config/parse";
import { lab, stackFile } from "../../support/cli";
import { media, smallest } from "../../support/config";

/** A part of the schema. */
// biome-ignore lint/suspicious/noExplicitAny: JSON as it comes.
type Node = any;

describe("lab schema", async () => {
  const { code, stdout } = await lab("schema");
  const schema = JSON.parse(stdout);
  const config = schema.properties.config;
  const properties = Object.fromEntries(
    Object.entries(config.properties).map(([key, node]) => [key.slice(`${project}:`.length), node]),
  );
  /** What the schema says of a key in plain text. */
  const plain = (path: string) =>
    path.split(".").reduce((node, key) => node.properties[key].anyOf[0], { properties } as Node);

  it("is a JSON Schema of a whole stack file", () => {
    expect(code).toBe(0);
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(config.required).toEqual(["persistent-chat-lab:dataCenters"]);
    expect(plain("pool.servers")).toMatchObject({
      type: "integer",
      minimum: 2,
      maximum: 8,
      default: 4,
    });
  });

  it("allows the password in its encrypted form only", () => {
    expect(properties.adminPassword).toEqual({
      description: expect.stringMatching(/^Password /),
      $ref: "#/$defs/encrypted",
    });
    expect(schema.$defs.encrypted).toMatchObject({ required: ["secure"], additionalProperties: false });
  });

  it("lets other projects keep their keys", () => {
    expect(config.patternProperties).toEqual({ "^(?!persistent-chat-lab:)[^:]+:": true });
    expect(config.additionalProperties).toBe(false);
  });

  it("has no keyword of its own, so that strict readers take it", () => {
    expect(() => new Ajv2020({ strict: true }).compile(schema)).not.toThrow();
  });

  it("offers regions, images and time zones to editors", () => {
    expect(plain("dataCenters.primary.region").anyOf[0].enum).toEqual(regions);
    expect(plain("machines.sqlServer.image").anyOf[0].enum).toContain("sql-server-2019-developer");
    expect(plain("autoShutdown.timeZone").anyOf[0].enum).toContain("W. Europe Standard Time");
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

    const secure = { secure: "AAAB" };
    it.each([
      [{ pool: { servers: secure } }],
      [{ pool: { active: [secure] } }],
      [{ pool: { split: [3, secure] } }],
      [{ tags: { owner: secure } }],
      [{ dataCenters: secure }],
      [{ dataCenters: { primary: { region: secure }, secondary: secure } }],
      [{ machines: { frontEnd: { image: secure } } }],
      [{ pool: { servers: { secure: 4 } } }],
      [{ pool: { servers: { ...secure, more: 1 } } }],
    ])("with what is encrypted in %j", async (changes) => {
      const raw: object = { ...smallest, ...changes };
      const config = Object.fromEntries(
        Object.entries(raw).map(([key, value]) => [`${project}:${key}`, value]),
      );
      const { code } = await lab("check", "--config-file", stackFile(JSON.stringify({ config })));
      expect(accepted(raw)).toBe(code === 0);
    });

    it("of every address space", () => {
      const pattern = new RegExp(plain("dataCenters.primary.addressSpace").pattern);
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
