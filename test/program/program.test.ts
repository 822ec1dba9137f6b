import { describe, expect, it } from "vitest";
import { readStack } from "../../cli/stack/stackFile";
import { flatConfig } from "../../topology/config/raw";
import { sentinel } from "../support/components";
import { runAsPulumiDoes } from "../support/engine/fakeEngine";
import { rehearseStack } from "../support/rehearse";

const severity = { warning: 2, error: 3 };

describe("the program as the Pulumi CLI runs it", () => {
  it("registers what a rehearsal registers, and prints nothing past the engine", async () => {
    // What the other stacks register, the tests of the real engine hold.
    const { raw } = readStack("minimal", undefined);
    const config = { ...flatConfig(raw), adminPassword: sentinel };
    const run = await runAsPulumiDoes({ stack: "dev", config, secretKeys: ["adminPassword"] });
    expect({ code: run.code, printed: run.printed }).toEqual({ code: 0, printed: "" });
    expect(run.logs.every((log) => log.severity === severity.warning)).toBe(true);

    const rehearsal = await rehearseStack("minimal");
    expect(rehearsal.messages).toEqual(run.logs.map(({ message }) => message));
    const byUrn = (resources: typeof run.resources) =>
      new Map(resources.map((resource) => [resource.urn, resource]));
    expect(byUrn(run.resources)).toEqual(byUrn(rehearsal.resources));
  });

  it("ends with one message that lists every mistake, no stack trace, and the code of an explained failure", async () => {
    const { code, logs, resources, printed } = await runAsPulumiDoes({
      stack: "dev",
      config: {
        dataCenters: '{"primary":{"region":"northeurop"},"secondary":{"region":"swedencentral"}}',
        pool: '{"servers":9}',
        bastian: "both",
        protectData: "maybe",
      },
    });
    expect({ code, printed, resources: resources.length }).toEqual({ code: 32, printed: "", resources: 1 });
    expect(logs).toEqual([
      {
        severity: severity.error,
        message: `stack dev: 5 problems
  adminPassword
    It is not set.
    Run: pulumi config set --secret adminPassword
  pool.servers = 9
    It is not a valid value.
    Allowed: a whole number from 2 to 8.
  protectData = "maybe"
    It is not a valid value.
    Allowed: true or false.
  bastian
    There is no such key.
    Remove it or correct it. Did you mean bastion?
  dataCenters.primary.region = "northeurop"
    No Azure region of that name is known here.
    Did you mean northeurope? If the region is new, also set dataCenters.primary.faultIsolation.`,
      },
    ]);
  });

  it("refuses a password in plain text without showing it", async () => {
    const config = {
      dataCenters: '{"primary":{"region":"northeurope"},"secondary":{"region":"swedencentral"}}',
      adminPassword: sentinel,
    };
    const { code, logs, printed } = await runAsPulumiDoes({ stack: "dev", config });
    expect(code).toBe(32);
    expect(logs.map(({ message }) => message)).toEqual([
      "stack dev: 1 problem\n  adminPassword\n    It is stored in plain text.\n    Run: pulumi config set --secret adminPassword",
    ]);
    expect(printed).not.toContain(sentinel);
  });
});
