import * as grpc from "@grpc/grpc-js";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ArmError, refusalText } from "../arm/armError";
import { type Cloud, createCloud } from "../arm/cloud";
import { bodyOf, computedOutputs, hasFailed } from "../arm/computed";
import { type Inputs, same, without } from "../arm/inputs";
import { type Limits, noLimits } from "../arm/limits";
import type { StoredResource } from "../arm/resource";
import { resourceTypes } from "../arm/resourceTypes";
import { Writes } from "../arm/writes";
import { typeOf } from "../engine/urns";
import type { CloudFolder } from "../kept/cloudFolder";
import { withSurrogates } from "../kept/surrogates";
import { InitFailed } from "./initFailed";
import { check, checkConfig, configure, diff, handshake, pluginInfo, schema } from "./plainAnswers";
import { fromStruct, toStruct } from "./structs";

type Call<T> = grpc.ServerUnaryCall<T, unknown>;
type Answer = grpc.sendUnaryData<unknown>;

export interface ProviderOptions {
  readonly folder: CloudFolder;
  readonly writes?: Writes;
  readonly limits?: Limits;
}

/**
 * The provider `azure-native` on the simulated Azure, speaking the protocol of the Pulumi engine itself, so that previews, detailed
 * differences and secrets are those of a real provider.
 */
export function providerService({
  folder,
  writes = new Writes(),
  limits = noLimits,
}: ProviderOptions): grpc.UntypedServiceImplementation {
  const cloud = createCloud({ state: folder.state, limits });

  const put = (token: string, inputs: Inputs) =>
    writes.run(token, cloud.idOf(token, inputs), (failure) => {
      const kept = withSurrogates(inputs);
      const { id, failed } = folder.change(() => cloud.put(token, kept, failure && "failed"));
      const computed = computedOutputs(token, id, kept, failure !== undefined);
      const outputs = { ...inputs, ...filledIn(id, kept), ...computed };
      if (failed && failure !== undefined)
        throw new InitFailed(
          id,
          { inputs: toStruct(inputs), properties: toStruct(outputs) },
          refusalText(failure),
        );
      return { id, outputs };
    });

  /** What Azure tells of a resource besides what was sent. */
  const filledIn = (id: string, sent: Inputs): Inputs => {
    const stored = cloud.get(id);
    const body = stored === undefined ? {} : withoutUnset(stored.token, bodyOf(stored, cloud), sent);
    return Object.fromEntries(Object.entries(body).filter(([key]) => !(key in sent)));
  };

  return {
    handshake: answering(handshake),
    getPluginInfo: answering(pluginInfo),
    getSchema: answering(schema),
    checkConfig: answering(checkConfig),
    diffConfig: answering(() => new pb.DiffResponse()),
    configure: answering(configure),
    cancel: answering(() => {
      writes.cancel();
      return new Empty();
    }),
    attach: answering(() => new Empty()),
    check: answering(check),
    diff: answering(diff),

    create: answering(async (request: pb.CreateRequest) => {
      const response = new pb.CreateResponse();
      const [token, inputs] = [typeOf(request.getUrn()), fromStruct(request.getProperties())];
      if (request.getPreview()) {
        response.setProperties(toStruct(inputs));
        return response;
      }
      folder.refresh();
      const existing = cloud.get(cloud.idOf(token, inputs));
      if (existing !== undefined) throw new Error(`cannot create already existing resource '${existing.id}'`);
      const { id, outputs } = await put(token, inputs);
      response.setId(id);
      response.setProperties(toStruct(outputs));
      return response;
    }),

    update: answering(async (request: pb.UpdateRequest) => {
      const response = new pb.UpdateResponse();
      const [token, inputs] = [typeOf(request.getUrn()), fromStruct(request.getNews())];
      const olds = fromStruct(request.getOlds());
      response.setProperties(
        toStruct(request.getPreview() ? { ...olds, ...inputs } : (await put(token, inputs)).outputs),
      );
      return response;
    }),

    read: answering((request: pb.ReadRequest) => {
      folder.refresh();
      const stored = cloud.get(request.getId());
      return stored === undefined ? new pb.ReadResponse() : readOf(stored, cloud, request);
    }),

    delete: answering(async (request: pb.DeleteRequest) => {
      await writes.run(typeOf(request.getUrn()), request.getId(), () =>
        folder.change(() => cloud.delete(request.getId())),
      );
      return new Empty();
    }),

    ...unimplemented("parameterize", "invoke", "call", "list", "construct", "getMapping", "getMappings"),
  };
}

/** Runs one request; a refusal of ARM's becomes the error that azure-native would show. */
function answering<T>(handle: (request: T) => unknown) {
  return async (call: Call<T>, answer: Answer) => {
    try {
      answer(null, await handle(call.request));
    } catch (error) {
      if (error instanceof InitFailed) {
        answer(error.asGrpc(), null);
        return;
      }
      const message =
        error instanceof ArmError
          ? refusalText(error)
          : String(error instanceof Error ? error.message : error);
      answer({ code: grpc.status.UNKNOWN, details: message }, null);
    }
  };
}

/** What is in Azure, told to an engine that remembers something. */
function readOf(stored: StoredResource, cloud: Cloud, request: pb.ReadRequest): pb.ReadResponse {
  const response = new pb.ReadResponse();
  const [inputs, state] = [fromStruct(request.getInputs()), fromStruct(request.getProperties())];
  const whole = bodyOf(stored, cloud);
  const known = Object.keys(state).length > 0;
  const body = known ? withoutUnset(stored.token, whole, inputs) : whole;
  const drifted = driftOf(stored.token, body, state);
  const still = Object.fromEntries(Object.entries(inputs).filter(([key]) => key in body));
  response.setId(stored.id);
  response.setInputs(toStruct({ ...still, ...drifted }));
  response.setProperties(
    toStruct({
      ...state,
      ...drifted,
      ...computedOutputs(stored.token, stored.id, stored.inputs, hasFailed(stored)),
    }),
  );
  return response;
}

/**
 * A body without the resources below that nobody wrote into it: they are resources of their own, and azure-native tells of them only where
 * they were sent, or in an import. An update that leaves them out keeps them. Source: "Sub-resources" in CONTRIBUTING.md of
 * https://github.com/pulumi/pulumi-azure-native
 */
function withoutUnset(token: string, body: Inputs, sent: Inputs): Inputs {
  const unset = Object.keys(resourceTypes[token]?.inBody ?? {}).filter((key) => !(key in sent));
  return without(body, unset);
}

/**
 * What Azure tells otherwise than the engine remembers; everything, where it remembers nothing, as in an import. Azure gives no secret
 * back, so what has not changed stays as it was, secrets included.
 */
function driftOf(token: string, body: Inputs, state: Inputs): Inputs {
  const writeOnly = resourceTypes[token]?.writeOnly ?? [];
  const [there, known] = [without(body, writeOnly), without(withSurrogates(state), writeOnly)];
  return Object.fromEntries(Object.entries(there).filter(([key, value]) => !same(value, known[key])));
}

function unimplemented(...names: readonly string[]): grpc.UntypedServiceImplementation {
  const refuse = (name: string) => (_: Call<unknown>, answer: Answer) =>
    answer({ code: grpc.status.UNIMPLEMENTED, details: `The simulated Azure has no ${name}` }, null);
  return Object.fromEntries(names.map((name) => [name, refuse(name)]));
}
