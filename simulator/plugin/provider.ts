import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ArmError } from "../armError";
import { createCloud } from "../cloud";
import { type Inputs, same } from "../inputs";
import { computedOutputs } from "../outputs";
import { resourceTypes } from "../resourceTypes";
import type { CloudFolder } from "./cloudFolder";
import { changesBetween, isWithin, withSurrogates } from "./properties";

type Call<T> = grpc.ServerUnaryCall<T, unknown>;
type Answer = grpc.sendUnaryData<unknown>;

const toStruct = (inputs: Inputs) => Struct.fromJavaScript(inputs as never);
const fromStruct = (struct: Struct | undefined) => (struct?.toJavaScript() ?? {}) as Inputs;

/** Type token in the middle of a URN. */
function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

/** Properties that a change of replaces the resource, as azure-native has it: its names, and little else. */
function replacing(token: string): readonly string[] {
  const type = resourceTypes[token];
  return ["resourceGroupName", ...(type?.names ?? []), ...(type?.forcesReplacement ?? [])];
}

/**
 * The provider `azure-native` on the simulated Azure, speaking the protocol of the Pulumi engine itself, so that previews, detailed
 * differences and secrets are those of a real provider.
 */
export function providerService(folder: CloudFolder): grpc.UntypedServiceImplementation {
  const cloud = createCloud({ state: folder.state });

  /** Runs one request; a refusal of ARM's becomes the error that azure-native would show. */
  const answering =
    <T>(handle: (request: T) => unknown) =>
    (call: Call<T>, answer: Answer) => {
      try {
        answer(null, handle(call.request));
      } catch (error) {
        const message =
          error instanceof ArmError
            ? `Status=${error.status} Code="${error.code}" Message="${error.message}"`
            : String(error instanceof Error ? error.message : error);
        answer({ code: grpc.status.UNKNOWN, details: message }, null);
      }
    };

  const put = (token: string, inputs: Inputs) => {
    const kept = withSurrogates(inputs);
    const { id } = cloud.put(token, kept);
    folder.keep(id);
    return { id, outputs: { ...inputs, ...computedOutputs(token, id, kept) } };
  };

  return {
    handshake: answering(() => {
      const response = new pb.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setAcceptResources(true);
      return response;
    }),
    getPluginInfo: answering(() => {
      const response = new PluginInfo();
      response.setVersion("3.28.0");
      return response;
    }),
    getSchema: answering(() => {
      const response = new pb.GetSchemaResponse();
      response.setSchema("{}");
      return response;
    }),
    checkConfig: answering((request: pb.CheckRequest) => {
      const response = new pb.CheckResponse();
      response.setInputs(request.getNews());
      return response;
    }),
    diffConfig: answering(() => new pb.DiffResponse()),
    configure: answering(() => {
      const response = new pb.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setAcceptresources(true);
      return response;
    }),
    cancel: answering(() => new Empty()),
    attach: answering(() => new Empty()),

    check: answering((request: pb.CheckRequest) => {
      const response = new pb.CheckResponse();
      response.setInputs(request.getNews());
      const token = typeOf(request.getUrn());
      if (resourceTypes[token] === undefined) {
        const failure = new pb.CheckFailure();
        failure.setReason(
          `The simulated Azure does not know ${token}: add a row to simulator/resourceTypes.ts.`,
        );
        response.addFailures(failure);
      }
      return response;
    }),

    diff: answering((request: pb.DiffRequest) => {
      const response = new pb.DiffResponse();
      const ignored = request.getIgnorechangesList();
      const changes = changesBetween(
        fromStruct(request.getOldInputs()),
        fromStruct(request.getNews()),
      ).filter(({ path }) => !ignored.some((one) => isWithin(path, one)));
      const names = replacing(typeOf(request.getUrn()));
      for (const { path, kind } of changes) {
        const replaces = names.some((name) => isWithin(path, name));
        const difference = new pb.PropertyDiff();
        difference.setKind(pb.PropertyDiff.Kind[replaces ? (`${kind}_REPLACE` as const) : kind]);
        difference.setInputdiff(true);
        response.getDetaileddiffMap().set(path, difference);
        response.addDiffs(path.split(/[.[]/)[0] ?? path);
        if (replaces) response.addReplaces(path);
      }
      response.setHasdetaileddiff(true);
      response.setChanges(
        changes.length > 0 ? pb.DiffResponse.DiffChanges.DIFF_SOME : pb.DiffResponse.DiffChanges.DIFF_NONE,
      );
      return response;
    }),

    create: answering((request: pb.CreateRequest) => {
      const response = new pb.CreateResponse();
      const [token, inputs] = [typeOf(request.getUrn()), fromStruct(request.getProperties())];
      if (request.getPreview()) {
        response.setProperties(toStruct(inputs));
        return response;
      }
      const existing = cloud.get(cloud.idOf(token, inputs));
      if (existing !== undefined) throw new Error(`cannot create already existing resource '${existing.id}'`);
      const { id, outputs } = put(token, inputs);
      response.setId(id);
      response.setProperties(toStruct(outputs));
      return response;
    }),

    update: answering((request: pb.UpdateRequest) => {
      const response = new pb.UpdateResponse();
      const [token, inputs] = [typeOf(request.getUrn()), fromStruct(request.getNews())];
      const olds = fromStruct(request.getOlds());
      response.setProperties(
        toStruct(request.getPreview() ? { ...olds, ...inputs } : put(token, inputs).outputs),
      );
      return response;
    }),

    read: answering((request: pb.ReadRequest) => {
      const response = new pb.ReadResponse();
      const stored = cloud.get(request.getId());
      if (stored === undefined) return response;
      const [inputs, state] = [fromStruct(request.getInputs()), fromStruct(request.getProperties())];
      // Azure gives no secret back: what has not changed stays as it was, secrets included.
      const before = withSurrogates(inputs);
      const drifted = Object.fromEntries(
        Object.entries(stored.inputs).filter(([key, value]) => !same(value, before[key])),
      );
      response.setId(stored.id);
      response.setInputs(toStruct({ ...inputs, ...drifted }));
      response.setProperties(
        toStruct({ ...state, ...drifted, ...computedOutputs(stored.token, stored.id, stored.inputs) }),
      );
      return response;
    }),

    delete: answering((request: pb.DeleteRequest) => {
      cloud.delete(request.getId());
      folder.forget();
      return new Empty();
    }),

    ...unimplemented("parameterize", "invoke", "call", "list", "construct", "getMapping", "getMappings"),
  };
}

function unimplemented(...names: readonly string[]): grpc.UntypedServiceImplementation {
  const refuse = (name: string) => (_: Call<unknown>, answer: Answer) =>
    answer({ code: grpc.status.UNIMPLEMENTED, details: `The simulated Azure has no ${name}` }, null);
  return Object.fromEntries(names.map((name) => [name, refuse(name)]));
}
