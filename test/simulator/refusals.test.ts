import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ArmError, refusalText } from "../../simulator/arm/armError";
import { type Cloud, type CloudState, putRules } from "../../simulator/arm/cloud";
import { deletionRules } from "../../simulator/arm/rules/deletionRules";
import { CloudFolder } from "../../simulator/kept/cloudFolder";
import { bodies, deploy, ids, keys } from "../support/arm";
import { armBody } from "../support/armBody";
import { HttpAzure, versioned } from "../support/http";
import { keepIn, marked } from "../support/keptCloud";
import { PluginAzure } from "../support/plugin";
import { answerTo, type Refused, refused } from "../support/refusals";

/** What a request throws. */
function thrownBy(request: () => unknown): unknown {
  try {
    request();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("a request that Azure accepts", () => {
  it("creates one resource of every type, and changes nothing when it comes again", () => {
    const cloud = deploy();
    for (const key of keys) {
      expect(cloud.get(ids[key])?.inputs).toEqual(bodies[key][1]);
      expect(cloud.put(...bodies[key])).toEqual({
        id: ids[key],
        created: false,
        executed: false,
        failed: false,
      });
    }
  });
});

/** What a request ends with, and what the simulated Azure has afterwards. */
interface Ended {
  readonly said: string;
  readonly before: CloudState;
  readonly after: CloudState;
}

/** The three ways into the simulated Azure. */
const fronts: Readonly<Record<string, (one: Refused) => Promise<Ended>>> = {
  async "in process"({ cloud: made, request }) {
    const cloud = made();
    const before = structuredClone(cloud.state);
    const error = thrownBy(() =>
      "write" in request ? cloud.put(...request.write) : cloud.delete(request.remove),
    );
    return { said: refusalText(error as ArmError), before, after: cloud.state };
  },
  async "by the provider plugin"({ cloud: made, request }) {
    const azure = new PluginAzure();
    const cloud = made();
    keepIn(azure.folder, cloud);
    await azure.start(cloud.limits);
    onTestFinished(() => azure.end());
    const before = new CloudFolder(azure.folder).state;
    const said = await refusedBy(azure, cloud, request).catch(({ message }: Error) => message);
    return { said, before, after: new CloudFolder(azure.folder).state };
  },
  async "at its address"({ cloud: made, request }) {
    const cloud = made();
    const azure = await HttpAzure.of(cloud);
    onTestFinished(() => azure.stop());
    const before = azure.state;
    const { status, body } =
      "write" in request
        ? await azure.ask("PUT", versioned(cloud.idOf(...request.write)), armBody(...request.write))
        : await azure.ask("DELETE", versioned(request.remove));
    const { code = "", message = "" } = body?.error ?? {};
    return { said: refusalText({ status, code, message }), before, after: azure.state };
  },
};

/** Asks the plugin what the engine would: to create, to update, to delete. */
async function refusedBy(azure: PluginAzure, cloud: Cloud, request: Refused["request"]): Promise<string> {
  const urnOf = (token: string) => `urn:pulumi:dev::p::p:index:Lab$${token}::one`;
  if ("remove" in request) {
    const asked = new pb.DeleteRequest();
    asked.setUrn(urnOf(cloud.get(request.remove)?.token ?? ""));
    asked.setId(request.remove);
    await azure.ask(azure.client.delete, asked);
    return "";
  }
  const [token, inputs] = request.write;
  const existing = cloud.get(cloud.idOf(token, inputs));
  const properties = Struct.fromJavaScript(marked(inputs) as never);
  if (existing === undefined) {
    const asked = new pb.CreateRequest();
    asked.setUrn(urnOf(token));
    asked.setProperties(properties);
    await azure.ask(azure.client.create, asked);
  } else {
    const asked = new pb.UpdateRequest();
    asked.setUrn(urnOf(token));
    asked.setOlds(Struct.fromJavaScript(marked(existing.inputs) as never));
    asked.setNews(properties);
    await azure.ask(azure.client.update, asked);
  }
  return "";
}

// Which of several subnets is named depends on their order.
const anySubnet = (text: string) => text.replaceAll(/subnets\/\w+|Subnet '\w+'/g, "a subnet");

describe.each(Object.entries(fronts))("%s", (_, endOf) => {
  describe.each(Object.entries(refused))("%s: Azure refuses", (__, cases) => {
    it.each(cases)("$title", async (one) => {
      const [, expected] = answerTo(one);
      const { said, before, after } = await endOf(one);
      expect(anySubnet(said)).toBe(anySubnet(refusalText(expected)));
      expect(after).toEqual(before);
    });
  });
});

describe("the list of refusals", () => {
  it("has a case for every rule of the simulated Azure", () => {
    const asked = Object.values(refused).flatMap((cases) => cases.map((one) => answerTo(one)[0]));
    const rules = [...Object.keys(putRules), ...Object.keys(deletionRules)];
    expect([...new Set(asked)].toSorted()).toEqual(rules.toSorted());
  });
});
