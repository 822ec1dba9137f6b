import { version } from "@pulumi/azure-native/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { changesBetween, isWithin, replacing } from "../engine/effects";
import { typeOf } from "../engine/urns";
import { checked } from "./checkedInputs";
import { fromStruct, toStruct } from "./structs";

/*
 * What the provider answers without a look at the cloud.
 */

export function handshake(): pb.ProviderHandshakeResponse {
  const response = new pb.ProviderHandshakeResponse();
  response.setAcceptSecrets(true);
  response.setAcceptResources(true);
  return response;
}

export function pluginInfo(): PluginInfo {
  const response = new PluginInfo();
  response.setVersion(version);
  return response;
}

export function schema(): pb.GetSchemaResponse {
  const response = new pb.GetSchemaResponse();
  response.setSchema("{}");
  return response;
}

export function checkConfig(request: pb.CheckRequest): pb.CheckResponse {
  const response = new pb.CheckResponse();
  response.setInputs(request.getNews());
  return response;
}

export function configure(): pb.ConfigureResponse {
  const response = new pb.ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setSupportspreview(true);
  response.setAcceptresources(true);
  return response;
}

export function check(request: pb.CheckRequest): pb.CheckResponse {
  const response = new pb.CheckResponse();
  const { inputs, failures } = checked(
    request.getUrn(),
    typeOf(request.getUrn()),
    fromStruct(request.getOlds()),
    fromStruct(request.getNews()),
    request.getRandomseed_asU8(),
  );
  response.setInputs(toStruct(inputs));
  response.setFailuresList(
    failures.map(({ property, reason }) => {
      const failure = new pb.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}

export function diff(request: pb.DiffRequest): pb.DiffResponse {
  const response = new pb.DiffResponse();
  const ignored = request.getIgnorechangesList();
  const changes = changesBetween(fromStruct(request.getOldInputs()), fromStruct(request.getNews())).filter(
    ({ path }) => !ignored.some((one) => isWithin(path, one)),
  );
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
  // As azure-native does wherever it demands a replacement itself: two resources of one id cannot be.
  response.setDeletebeforereplace(response.getReplacesList().length > 0);
  response.setHasdetaileddiff(true);
  response.setChanges(
    changes.length > 0 ? pb.DiffResponse.DiffChanges.DIFF_SOME : pb.DiffResponse.DiffChanges.DIFF_NONE,
  );
  return response;
}
